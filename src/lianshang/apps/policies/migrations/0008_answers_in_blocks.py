"""Answers in blocks of firms instead of a row each; what was stored is computed again."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import lianshang.core.clock

# A block stays on its page, compressed by nobody: a byte of it is then read in no time.
STORAGE = """
    ALTER TABLE policies_answerblock SET (toast_tuple_target = 8160);
    ALTER TABLE policies_answerblock
        ALTER codes SET STORAGE MAIN, ALTER classes SET STORAGE MAIN,
        ALTER small SET STORAGE MAIN, ALTER large SET STORAGE MAIN;
"""
# What is asked of rows that are shown, and no others, stands in questions of its own.
VIEW = """
    CREATE VIEW policies_assessment AS
    SELECT (b.policy_id << 32) + f.enterprise_id AS id,
           f.enterprise_id, b.policy_id, b.id AS block_id,
           (ARRAY['not_met', 'met', 'not_known', 'needs_person'])[(c.code & 3) + 1] AS state,
           nullif(c.code >> 2 & 7, 7)::smallint AS steps,
           (c.code >> 5)::smallint AS nearness,
           CASE WHEN c.code & 3 = 0 AND c.code >> 2 & 7 <> 1 THEN NULL
                WHEN b.same IS NOT NULL THEN b.same * 0.01
                WHEN a.kept > 0 THEN (a.kept - 1) * 0.01
                WHEN a.kept < 0 THEN a.kept * 0.01 END AS amount,
           CASE WHEN b.classes IS NULL OR get_byte(b.classes, f.place) = 0 THEN ''
                ELSE (SELECT p.definition #>> ARRAY['classes',
                                                    (get_byte(b.classes, f.place) - 1)::text, 'code']
                        FROM policies_policy p WHERE p.id = b.policy_id)
            END AS class_code,
           (SELECT CASE WHEN t.is_stopped THEN t."on" ELSE greatest(t."on", f."on") END
              FROM policies_tally t WHERE t.policy_id = b.policy_id) AS "on",
           f.facts_version
      FROM policies_answerblock b
      JOIN policies_evaluatedfirm f ON f.block = b.block
     CROSS JOIN LATERAL (SELECT get_byte(b.codes, f.place) AS code) c
     CROSS JOIN LATERAL (
           SELECT coalesce(b.small[f.place + 1]::bigint, b.large[f.place + 1]) AS kept) a
     WHERE c.code <> 255
"""


class Migration(migrations.Migration):

    dependencies = [
        ("enterprises", "0004_fewer_indexes"),
        ("policies", "0007_told_ahead"),
    ]

    operations = [
        migrations.DeleteModel("Assessment"),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('met', '可享'), ('not_met', '不符合'), ('not_known', '待补信息'), ('needs_person', '待人工判断')], max_length=12, verbose_name='结果')),
                ('steps', models.PositiveSmallIntegerField(help_text='最少需要改变的条款数，六为六个以上；空为无法改变', null=True, verbose_name='步数')),
                ('amount', models.DecimalField(decimal_places=2, help_text='不符合而差不止一步的不保存金额', max_digits=20, null=True, verbose_name='金额（元）')),
                ('nearness', models.PositiveSmallIntegerField(choices=[(0, '不止一步'), (1, '差一项信息或材料'), (2, '差一个百分点以内'), (3, '差一个企业可改变的条件'), (4, '差一个企业无法改变的条件')], default=0, verbose_name='差什么')),
                ('class_code', models.CharField(blank=True, max_length=20, verbose_name='划型结果')),
                ('on', models.DateField(verbose_name='评估日')),
                ('facts_version', models.BigIntegerField()),
            ],
            options={
                'verbose_name': '评估结果',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='EvaluatedFirm',
            fields=[
                ('enterprise', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='evaluated', serialize=False, to='enterprises.enterprise')),
                ('block', models.IntegerField(db_index=True)),
                ('place', models.SmallIntegerField()),
                ('on', models.DateField(verbose_name='评估日')),
                ('facts_version', models.BigIntegerField()),
            ],
            options={
                'verbose_name': '已评估企业',
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('policy', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='tally', serialize=False, to='policies.policy')),
                ('on', models.DateField(verbose_name='评估日')),
                ('is_stopped', models.BooleanField(default=False, help_text='规则出错，保留上一次的结果', verbose_name='评估已停')),
                ('entitled', models.IntegerField(default=0)),
                ('one_step', models.IntegerField(default=0)),
                ('not_known', models.IntegerField(default=0)),
                ('needs_person', models.IntegerField(default=0)),
                ('not_entitled', models.IntegerField(default=0)),
                ('amount', models.DecimalField(decimal_places=2, default=0, max_digits=24, verbose_name='可享合计')),
            ],
            options={
                'verbose_name': '评估合计',
            },
        ),
        migrations.CreateModel(
            name='EvaluationFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.TextField(verbose_name='问题')),
                ('at', models.DateTimeField(default=lianshang.core.clock.now, verbose_name='发现时间')),
                ('mended_at', models.DateTimeField(null=True, verbose_name='恢复时间')),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faults', to='policies.policy')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faults', to='policies.evaluationrun')),
            ],
            options={
                'verbose_name': '评估故障',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AnswerBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block', models.IntegerField()),
                ('digest', models.BigIntegerField()),
                ('codes', models.BinaryField()),
                ('classes', models.BinaryField(null=True)),
                ('same', models.BigIntegerField(null=True)),
                ('small', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), null=True, size=None)),
                ('large', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None)),
                ('entitled', models.SmallIntegerField()),
                ('one_step', models.SmallIntegerField()),
                ('not_known', models.SmallIntegerField()),
                ('needs_person', models.SmallIntegerField()),
                ('not_entitled', models.SmallIntegerField()),
                ('amount', models.BigIntegerField()),
                ('best', models.BigIntegerField(null=True)),
                ('policy', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='policies.policy')),
            ],
            options={
                'verbose_name': '评估结果块',
                'indexes': [models.Index(fields=['block'], name='policies_an_block_74b128_idx')],
                'constraints': [models.UniqueConstraint(fields=('policy', 'block'), include=('digest',), name='one_block_of_answers')],
            },
        ),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
        migrations.RunSQL(VIEW, "DROP VIEW policies_assessment"),
    ]
