"""The journal on the pages of things."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.core.journal.models import JournalNote
from lianshang.core.references import reference
from lianshang.core.ui.panels import panel

PLACES = ("enterprises.detail", "workflow.duty", "workflow.origin")
SHOWN = 5


def journal(request: HttpRequest, subject: Any) -> tuple[str, Mapping[str, Any]]:
    """The last notes about a thing, and where to add one."""
    label, pk = reference(subject)
    notes = JournalNote.objects.filter(label=label, object_pk=pk).select_related("written_by")
    found = list(notes[: SHOWN + 1])
    return "journal/panel.html", {
        "notes": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "label": label,
        "pk": pk,
    }


for place in PLACES:
    panel(place, title=_("手记"), order=90, permission="journal.use", side=True)(journal)
