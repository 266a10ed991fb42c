"""The audit page reads the newest deeds first; pghistory itself has no index for that."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX audit_newest_deeds ON pghistory_context (created_at DESC, id DESC)",
            "DROP INDEX audit_newest_deeds",
        ),
    ]
