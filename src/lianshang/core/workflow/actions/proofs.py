"""Acts that bring files with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.core.files.base import File
from django.utils.translation import gettext_lazy

from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.files.actions import attach
from lianshang.core.workflow.actions.duties import act_on
from lianshang.core.workflow.models import Duty, Entry
from lianshang.core.workflow.writing import Details

PROOF = "proof"  # the purpose of attachments that belong to a row of the log


@action("workflow.act_with_files", gettext_lazy("办理事项并附凭据"))
def act_with_files(
    *,
    actor: User,
    duty: Duty,
    act: str,
    reason: str,
    details: Details,
    files: Sequence[File[bytes]],
    request_key: str | None,
) -> Entry:
    """The act with its files kept as proof; a request that was carried out keeps nothing twice."""
    Duty.objects.select_for_update().get(pk=duty.pk)
    done = Entry.objects.filter(duty=duty, request_key=request_key).first()
    if request_key and done:
        return done
    kept = [attach(actor=actor, subject=duty, file=file, purpose=PROOF).pk for file in files]
    return act_on(
        actor=actor,
        duty=duty,
        act=act,
        reason=reason,
        details=replace(details, files=tuple(kept)),
        request_key=request_key,
    )
