"""The attachments of a subject as a block: any part's panels.py may answer with it.

@panel("workflow.duty", title=_("附件"), order=60)
def attachments(request, subject):
    return attachments_panel(request, subject)
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from lianshang.core.files.forms import AttachForm
from lianshang.core.files.queries import attachments_at, may_attach, may_withdraw
from lianshang.core.references import reference


def attachments_panel(request: HttpRequest, subject: Any) -> tuple[str, dict[str, Any]]:
    """Template and context: what is attached, and a form for those who may attach."""
    return "files/panel.html", attachment_list(request, *reference(subject))


def attachment_list(
    request: HttpRequest, label: str, pk: int, form: AttachForm | None = None
) -> dict[str, Any]:
    """The context of files/list.html."""
    user: Any = request.user
    found = list(attachments_at(label, pk, purpose=""))
    return {
        "attachments": [(one, may_withdraw(user, one)) for one in found],
        "attach_label": label,
        "attach_pk": pk,
        "attach_form": (form or AttachForm()) if may_attach(user, label, pk) else None,
        "attach_next": request.POST.get("next") or request.get_full_path(),
    }
