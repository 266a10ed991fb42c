"""The blocks of a paper's page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import User
from lianshang.core.files.panels import attachments_panel
from lianshang.core.files.queries import takes_attachments
from lianshang.core.papers.models import Paper
from lianshang.core.papers.queries import scans_of
from lianshang.core.ui.access import may
from lianshang.core.ui.panels import Built, panel

PLACE = "papers.detail"


def _may_attach(user: User, pk: int) -> bool:
    return user.may("papers.issue")


takes_attachments("papers.paper", _may_attach)


@panel(PLACE, title=_("盖章回传"), order=10, permission="papers.view")
def proof(request: HttpRequest, subject: Paper) -> Built:
    """Whether it came back sealed: who, when, and the digest of the scan."""
    scans = list(scans_of(subject))
    return "papers/panels/proof.html", {
        "scans": scans,
        "may_take": may(request.user, "papers.issue"),
    }


@panel(PLACE, title=_("附件"), order=30, permission="papers.view")
def attachments(request: HttpRequest, subject: Paper) -> Built:
    return attachments_panel(request, subject)


@panel(PLACE, title=_("印发"), order=20, permission="papers.view", side=True)
def issuing(request: HttpRequest, subject: Paper) -> Built:
    """Number, issuer, template, digest."""
    return "papers/panels/issuing.html", {"paper": subject}
