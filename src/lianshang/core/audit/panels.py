"""What the page of a deed shows."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context

from lianshang.core.audit.queries import rows_changed
from lianshang.core.ui.panels import panel

PLACE = "audit.action"


@panel(PLACE, title=_("前后对照"), order=10)
def changes(request: HttpRequest, subject: Context) -> tuple[str, Mapping[str, Any]]:
    rows, total = rows_changed(subject)
    return "audit/panels/changes.html", {"rows": rows, "total": total}


@panel(PLACE, title=_("经过"), order=20, side=True)
def circumstances(request: HttpRequest, subject: Context) -> tuple[str, Mapping[str, Any]]:
    return "audit/panels/circumstances.html", {"told": subject.metadata}
