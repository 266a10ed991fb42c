"""Questions about attachments, and the declaration of what takes them from pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from lianshang.core.accounts.models import User
from lianshang.core.files.models import Attachment
from lianshang.core.references import reference, visible_references

MayAttach = Callable[[User, int], bool]
_takes: dict[str, MayAttach] = {}


def takes_attachments(label: str, may: MayAttach) -> None:
    """Let pages attach to the model `label` ("workflow.duty") for those of whom `may(user, pk)`.

    They must see the subject as well; what is not declared takes nothing from pages.
    """
    _takes[label] = may


def may_attach(user: User, label: str, pk: int) -> bool:
    """Whether the user may attach a file to a subject."""
    if label not in _takes or not _takes[label](user, pk):
        return False
    return bool(visible_references(user, [(label, pk)]))


def subject_at(label: str, pk: int) -> Any:
    """What a reference means."""
    return apps.get_model(label)._default_manager.get(pk=pk)


def attachments_of(subject: Any, purpose: str | None = None) -> QuerySet[Attachment]:
    """What is attached to a subject, newest first, withdrawn ones included; of one purpose if
    named.
    """
    label, pk = reference(subject)
    return attachments_at(label, pk, purpose)


def attachments_at(label: str, pk: int, purpose: str | None = None) -> QuerySet[Attachment]:
    """The same by reference."""
    found = Attachment.objects.filter(label=label, object_pk=pk).select_related("uploaded_by")
    return found if purpose is None else found.filter(purpose=purpose)


def attachment_for(user: User, pk: int) -> Attachment | None:
    """The attachment, if the user sees what it belongs to."""
    found = Attachment.objects.filter(pk=pk).first()
    if found is None or not visible_references(user, [found.reference]):
        return None
    return found


def may_withdraw(user: User, attachment: Attachment) -> bool:
    """Its uploader may, unless it is there for a purpose, as the proof of a seal is."""
    own = attachment.uploaded_by_id == user.pk
    return own and not attachment.is_withdrawn and not attachment.purpose
