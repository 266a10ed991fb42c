"""The templates an office edits, and the words of its numbers."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.files.sealed import save_sealed
from lianshang.core.papers.kinds import KINDS
from lianshang.core.papers.models import NumberWord, PaperTemplate
from lianshang.core.papers.template_checks import LARGEST, check_template


@action("papers.upload_template", _("上传文书模板"))
def upload_template(
    *, actor: User | None, kind: str, file: File[bytes], note: str, reason: str = ""
) -> PaperTemplate:
    """Check an edited template, try it with the sample, and use it from now on.

    Raises ValidationError in words for those who edit templates; then nothing changes.
    """
    file.seek(0)
    content = file.read(LARGEST + 1)
    try:
        check_template(KINDS[kind], content)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error
    before = _locked(kind).aggregate(last=Max("version"))["last"] or 0
    digest = hashlib.sha256(content).hexdigest()
    template = PaperTemplate(
        kind=kind, version=before + 1, sha256=digest, note=note[:200], uploaded_by=actor
    )
    save_sealed(template.content, digest[:16], content)
    _use(kind, template)
    return template


@action("papers.activate_template", _("启用文书模板"))
def activate_template(
    *, actor: User | None, template: PaperTemplate, reason: str = ""
) -> PaperTemplate:
    """Go back, or forward, to an uploaded version."""
    _use(template.kind, template)
    return template


@action("papers.use_built_in", _("恢复内置模板"))
def use_built_in(*, actor: User | None, kind: str, reason: str = "") -> None:
    """Go back to the template the program brings along."""
    _use(kind, None)


@action("papers.set_word", _("设置发文机关代字"))
def set_number_word(
    *, actor: User | None, unit: Unit, kind: str, word: str, reason: str = ""
) -> NumberWord:
    """What a unit's numbers of a kind begin with, from the next paper on."""
    word = word.strip()
    if not word or any(mark in word for mark in "〔〕[]（）() \t"):
        raise ValidationError({"word": _now("代字只写汉字或字母，如“示高管督”，不含年份和括号。")})
    found, _new = NumberWord.objects.update_or_create(unit=unit, kind=kind, defaults={"word": word})
    return found


def _locked(kind: str) -> QuerySet[PaperTemplate]:
    """The versions of a kind, locked against a second upload at the same time."""
    rows = PaperTemplate.objects.filter(kind=kind)
    list(rows.select_for_update())
    return rows


def _use(kind: str, template: PaperTemplate | None) -> None:
    for one in PaperTemplate.objects.select_for_update().filter(kind=kind, is_active=True):
        one.is_active = False
        one.save()
    if template is not None:
        template.is_active = True
        template.save()
