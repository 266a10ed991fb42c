"""What the access log notes of other parts' events."""

from django.utils.translation import gettext as _

from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.events import reaction
from lianshang.core.ui.events import ListExported


@reaction(ListExported)
def log_export(event: ListExported) -> None:
    """At once, not in a job: no file leaves before it is written down."""
    record_access(
        actor=event.user,
        kind=AccessKind.EXPORT,
        label=event.label,
        text=_("%(title)s，%(rows)s 行") % {"title": event.title, "rows": event.rows},
        purpose=event.query,
    )
