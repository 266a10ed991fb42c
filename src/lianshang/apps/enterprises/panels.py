"""The register's own blocks on a firm's page and on the firm's portal."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.fact_rows import fact_rows
from lianshang.apps.enterprises.queries.history import accesses_of, changes_of
from lianshang.apps.enterprises.queries.ledger import Entry, count_fields, ledger
from lianshang.apps.enterprises.queries.register import (
    may_reveal_contact,
    officers_of,
    own_enterprises,
)
from lianshang.apps.enterprises.queries.wording import (
    industry_text,
)
from lianshang.core import clock
from lianshang.core.consent.choices import Use
from lianshang.core.consent.models import Consent
from lianshang.core.privacy import shown
from lianshang.core.ui.panels import Built, panel


def _entries(request: HttpRequest, enterprise: Enterprise) -> list[Entry]:
    """The ledger of a firm, read once per request."""
    kept: dict[int, list[Entry]] = request.__dict__.setdefault("_ledgers", {})
    if enterprise.pk not in kept:
        kept[enterprise.pk] = ledger(enterprise, purpose=Use.SERVICE, on=clock.today())
    return kept[enterprise.pk]


@panel("enterprises.detail", title=_("登记信息"), order=10, permission="enterprises.view")
def register(request: HttpRequest, subject: Enterprise) -> Built:
    """What the register says."""
    return "enterprises/panels/register.html", {
        "industry": industry_text(subject.industry_code),
        "former_names": list(subject.former_names.all()),
        "contact_name": shown(subject, "contact_name", reveal=False),
        "contact_phone": shown(subject, "contact_phone", reveal=False),
        "may_reveal": bool(subject.contact_name or subject.contact_phone)
        and may_reveal_contact(request.user, subject),  # type: ignore[arg-type]  # signed in
    }


@panel("enterprises.detail", title=_("服务专员"), order=80, permission="workbench.view", side=True)
def officers(request: HttpRequest, subject: Enterprise) -> Built:
    """Who serves the firm."""
    return "enterprises/panels/officers.html", {
        "officers": officers_of(subject),
        "may_assign": request.user.may("officers.assign"),  # type: ignore[union-attr]  # signed in
    }


@panel("enterprises.detail", title=_("授权"), order=85, permission="workbench.view", side=True)
def consents(request: HttpRequest, subject: Enterprise) -> Built | None:
    """What the firm lets others use."""
    given = Consent.objects.in_force().filter(owner=subject.unit).select_related("grantee")
    return ("enterprises/panels/consents.html", {"consents": given}) if given else None


def _count_facts(request: HttpRequest, subject: Enterprise) -> int:
    return len({entry.quantity.pk for entry in _entries(request, subject)})


@panel(
    "enterprises.detail",
    title=_("事实与来源"),
    tab="facts",
    order=20,
    permission="enterprises.view",
    count=_count_facts,
)
def facts(request: HttpRequest, subject: Enterprise) -> Built:
    """Everything held, with sources, conflicts and what may not be used."""
    usable, conflicting, refused = count_fields(_entries(request, subject))
    return "enterprises/panels/facts.html", {
        "rows": fact_rows(_entries(request, subject), request.user),  # type: ignore[arg-type]  # signed in
        "usable": usable,
        "conflicting": conflicting,
        "refused": refused,
    }


@panel("enterprises.detail", title=_("变更"), tab="history", order=60, permission="workbench.view")
def history(request: HttpRequest, subject: Enterprise) -> Built:
    """Who changed what in the register, and why."""
    return "enterprises/panels/history.html", {"changes": changes_of(subject)}


@panel(
    "enterprises.detail", title=_("谁看过"), tab="accesses", order=70, permission="workbench.view"
)
def accesses(request: HttpRequest, subject: Enterprise) -> Built:
    """Who looked, and for what."""
    return "enterprises/panels/accesses.html", {"accesses": accesses_of(subject)}


@panel("home.portal", title=_("高新区掌握的本企业信息"), order=40, permission="portal.view")
def held_about_us(request: HttpRequest, subject: object) -> Built | None:
    """For a firm: every value held about it, from whom, and who looked."""
    firm = own_enterprises(request.user).first()  # type: ignore[arg-type]  # signed in
    if firm is None:
        return None
    return (
        "enterprises/panels/held.html",
        {
            "firm": firm,
            "rows": fact_rows(_entries(request, firm), request.user),  # type: ignore[arg-type]  # signed in
            "accesses": accesses_of(firm)[:10],
            "consents": Consent.objects.in_force()
            .filter(owner=firm.unit)
            .select_related("grantee"),
        },
    )
