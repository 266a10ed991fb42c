"""Setting the numbers that warn."""

from django.utils.translation import gettext_lazy

from lianshang.apps.party.models import PartyRule
from lianshang.apps.party.queries.rules import rules_of_file
from lianshang.core.accounts.models import User
from lianshang.core.action import action


@action("party.add_missing_rules", gettext_lazy("加入缺少的党建规则"))
def add_missing_rules(*, actor: User | None, reason: str = "") -> int:
    """Add the rules that the zone lacks; those it has are its own. How many were added."""
    known = set(PartyRule.objects.values_list("code", flat=True))
    missing = [one for one in rules_of_file() if one["code"] not in known]
    for one in missing:
        PartyRule.objects.create(
            code=one["code"],
            label=one["label"],
            value=one["value"],
            unit=one["unit"],
            source=one["source"],
            is_confirmed=not one.get("confirm", False),
        )
    return len(missing)


@action("party.change_rule", gettext_lazy("更改党建规则"))
def change_rule(
    *, actor: User | None, rule: PartyRule, value: int, source: str, reason: str
) -> PartyRule:
    """Another number, with the document it rests on; the old one stays in the history."""
    rule.value, rule.source, rule.is_confirmed = value, source, True
    rule.save()
    return rule
