"""Blocks of policies on first pages, and above the list of policies."""

from django.db.models import F, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies import measures
from lianshang.apps.policies.choices import Kind, Standing
from lianshang.apps.policies.models import EvaluationFault, Policy
from lianshang.apps.policies.queries import portal, summary
from lianshang.core import clock
from lianshang.core.measures import all_measures
from lianshang.core.ui.panels import Built, panel

AT_ONCE = 10  # policies of the workbench; the others are a fold away
AT_MOST = 30  # policies of the workbench; the list has them all


@panel("home.workbench", title=_("一步之遥"), order=20, permission="enterprises.view", side=True)
def one_step(request: HttpRequest, subject: object) -> Built:
    """Firms that one clause separates from an entitlement."""
    short = summary.one_step_short(request.user)  # type: ignore[arg-type]  # signed in
    counted = measures.one_step(request.user, clock.today())  # type: ignore[arg-type]  # signed in
    return "policies/panels/one_step.html", {
        "count": counted.aggregate(all=Sum("one_step", default=0))["all"],
        "nearest": short.order_by(F("amount").desc(nulls_last=True), "pk").prefetch_related(
            "enterprise", "policy"
        )[:6],
        "run": summary.latest_run(),
    }


@panel("home.workbench", title=_("要数"), order=5, permission="enterprises.view")
def key_numbers(request: HttpRequest, subject: object) -> Built:
    """The declared measures, each with unit, day, source and the list of its rows."""
    day, user = clock.today(), request.user
    numbers = [
        (measure, measure.value(user, day), f"{reverse(measure.url_name)}?{measure.query}")  # type: ignore[arg-type]  # signed in
        for measure in all_measures()
        if measure.url_name
    ]
    return "policies/panels/numbers.html", {"numbers": numbers, "day": day}


@panel("home.workbench", title=_("我的企业：政策结果"), order=10, permission="enterprises.view")
def my_firms(request: HttpRequest, subject: object) -> Built:
    """The firms this user sees, by policy and standing: where most is within reach."""
    lines = summary.summary(request.user, most=AT_MOST)  # type: ignore[arg-type]  # signed in
    return "policies/panels/my_firms.html", {
        "first": lines[:AT_ONCE],
        "others": lines[AT_ONCE:],
        "is_cut": len(lines) == AT_MOST,
        "run": summary.latest_run(),
        "standings": Standing,
        "most": AT_MOST,
    }


@panel("ui.register", title=_("评估出错的政策"), order=1, permission="policies.write")
def faults(request: HttpRequest, subject: object) -> Built | None:
    """Which policies stand still, above the list of policies."""
    if not getattr(subject, "shows_faults", False):
        return None
    found = EvaluationFault.objects.standing().select_related("policy")
    return ("policies/panels/faults.html", {"faults": found}) if found else None


@panel("home.public", title=_("惠企政策"), order=10)
def public_library(request: HttpRequest, subject: object) -> Built:
    """The library, for anybody."""
    return "policies/panels/library.html", {
        "policies": Policy.objects.current().exclude(kind=Kind.CLASSIFICATION)
    }


@panel("home.public", title=_("兑现公示"), order=20)
def public_notices(request: HttpRequest, subject: object) -> Built | None:
    """What is under public notice now."""
    notices = portal.running_notices()
    return ("policies/panels/notices.html", {"notices": notices}) if notices else None
