"""Blocks of the page of one policy."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.choices import Origin, Standing
from lianshang.apps.policies.models import EvaluationFault, Policy, PolicyDraft
from lianshang.apps.policies.queries import portal, readings, summary, whatif, wording
from lianshang.apps.policies.queries.fair_competition import document, suspicions
from lianshang.apps.policies.queries.instalments import schedule_of
from lianshang.core import clock
from lianshang.core.ui.panels import Built, panel


@panel("policies.detail", title=_("可得和怎样办"), order=5)
def how(request: HttpRequest, subject: Policy) -> Built | None:
    """What it gives, where, until when, with which papers."""
    return _read("policies/panels/how.html", subject)


@panel("policies.detail", title=_("条件"), order=10)
def conditions(request: HttpRequest, subject: Policy) -> Built | None:
    """The clauses read out with their articles; score table, disputes."""
    return _read("policies/panels/conditions.html", subject)


@panel("policies.detail", title=_("文件"), order=40, side=True)
def documents(request: HttpRequest, subject: Policy) -> Built | None:
    """The documents it rests on, and how far their text was verified."""
    return _read("policies/panels/documents.html", subject)


def _read(template: str, subject: Policy) -> Built | None:
    read = readings.policy_read_out(subject.code)
    if read is None:
        return None
    return template, {
        "read": read,
        "policy": read.compiled.policy,
        "schedule": schedule_of(read.compiled.policy, read.compiled.day),
        "note": wording.label(subject.definition.get("note")),
        "language": label_language(),
        "today": clock.today(),
    }


@panel("policies.detail", title=_("版本"), order=30, side=True)
def versions(request: HttpRequest, subject: Policy) -> Built | None:
    """Every version with its days; only where there is more than one."""
    every = Policy.objects.current().filter(family=subject.family).order_by("valid_from")
    if len(every) < 2:
        return None
    return "policies/panels/versions.html", {"versions": every, "today": clock.today()}


@panel("policies.detail", title=_("谁可享"), order=20, permission="enterprises.view", side=True)
def who(request: HttpRequest, subject: Policy) -> Built:
    """How many firms stand where."""
    line = summary.summary(request.user, code=subject.code)  # type: ignore[arg-type]  # signed in
    return "policies/panels/who.html", {
        "line": line[0] if line else None,
        "standings": [(one, wording.TONES[one]) for one in Standing],
        "run": summary.latest_run(),
    }


@panel(
    "policies.detail", title=_("如果改参数……"), order=30, permission="enterprises.view", side=True
)
def other_numbers(request: HttpRequest, subject: Policy) -> Built | None:
    """Change a number of the policy and see who would gain or lose."""
    compiled = whatif.compiled_policy(subject.code, clock.today())
    numbers = whatif.numbers_of(compiled) if compiled else []
    return ("policies/panels/other_numbers.html", {"numbers": numbers}) if numbers else None


@panel("policies.detail", title=_("起草与批准"), order=30, permission="policies.view", side=True)
def written_by(request: HttpRequest, subject: Policy) -> Built | None:
    """Who wrote it, who approved it, when; nothing for what the zone did not write here."""
    if subject.origin != Origin.ZONE:
        return None
    drafts = PolicyDraft.objects.select_related("approved_by", "owner")
    draft = drafts.filter(published=subject).first()
    if draft is None:
        return None
    inside = request.user.may("policies.write")  # type: ignore[union-attr]  # signed in
    return "policies/panels/written_by.html", {"draft": draft, "inside": inside}


@panel("policies.detail", title=_("公平竞争审查"), order=40, permission="policies.write", side=True)
def suspected(request: HttpRequest, subject: Policy) -> Built | None:
    """Clauses of what the zone or its packs brought that look forbidden, with the conclusions."""
    found = suspicions(subject.definition) if subject.origin != Origin.FILE else ()
    if not found:
        return None
    draft = PolicyDraft.objects.filter(published=subject).first()
    conclusions = draft.conclusions if draft else {}
    rows = [(one, conclusions.get(one.key)) for one in found]
    return "policies/panels/suspected.html", {"rows": rows, "law": document()}


@panel("policies.detail", title=_("评估出错"), order=1, permission="policies.write")
def fault(request: HttpRequest, subject: Policy) -> Built | None:
    """Why this policy stands still."""
    faults = EvaluationFault.objects.standing().filter(policy=subject).select_related("policy")
    return ("policies/panels/faults.html", {"faults": faults}) if faults else None


@panel("policies.detail", title=_("兑现"), order=30, side=True)
def delivery(request: HttpRequest, subject: Policy) -> Built | None:
    """The guide, the rounds, and the way in for whoever may."""
    return "policies/panels/delivery.html", portal.delivery_of(request.user, subject)
