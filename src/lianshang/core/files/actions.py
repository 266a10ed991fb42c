"""Verbs of attachments."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.files.models import Attachment
from lianshang.core.files.sealed import save_sealed
from lianshang.core.files.sniffing import check_size, clean_name, kind_of
from lianshang.core.references import reference


@action("files.attach", _("上传附件"))
def attach(
    *,
    actor: User | None,
    subject: Any,
    file: File[bytes],
    note: str = "",
    purpose: str = "",
    reason: str = "",
) -> Attachment:
    """Keep a file with its subject; raises ValidationError for what is too large or no known kind.

    Who may do this is decided by the caller (`queries.may_attach` for pages).
    """
    check_size(file.size)
    file.seek(0)
    content = file.read()
    name = file.name or ""
    kind = kind_of(content, name)
    digest = hashlib.sha256(content).hexdigest()
    label, pk = reference(subject)
    attachment = Attachment(
        label=label,
        object_pk=pk,
        purpose=purpose,
        name=clean_name(name, kind),
        kind=kind,
        size=len(content),
        sha256=digest,
        note=note[:200],
        uploaded_by=actor,
    )
    save_sealed(attachment.content, digest[:16], content)
    attachment.save()
    return attachment


@action("files.withdraw", _("撤下附件"))
def withdraw(*, actor: User | None, attachment: Attachment, reason: str) -> Attachment:
    """Take an attachment out of use: it stays listed with the reason and cannot be opened."""
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if attachment.is_withdrawn or attachment.purpose:
        raise ValidationError(_now("此附件已撤下，或是办理凭证，不能撤下。"))
    attachment.is_withdrawn = True
    attachment.withdrawn_reason = reason[:200]
    attachment.save()
    return attachment
