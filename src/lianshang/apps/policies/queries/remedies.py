"""What a firm would have to supply or change to be entitled, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.queries.library import stages
from lianshang.apps.policies.queries.wording import label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lianshang.apps.policies.queries.answers import Answer
    from lianshang.engines.rules.policy import Policy
    from lianshang.engines.rules.remedies import Change, Remedies


@dataclass(frozen=True)
class Step:
    """One change as a page shows it: whose it is, where to go."""

    told: Change
    day: date

    @property
    def quantity(self) -> str:
        return catalogue().variables[self.told.variable].quantity.name

    @property
    def may_be_supplied(self) -> bool:
        """Whether it is a fact that somebody enters: not one that is computed from others."""
        quantity = catalogue().variables[self.told.variable].quantity
        return self.told.kind.key == "supply" and quantity.period != "derived"

    @cached_property
    def granted_by(self) -> Policy | None:
        """The policy in force that grants the title, or whose result this fact is."""
        if not self.told.family:
            return None
        in_force = (one.policy for stage in stages(self.day) for one in stage)
        return next((one for one in in_force if one.family == self.told.family), None)

    @property
    def granted_by_name(self) -> str:
        return label(self.granted_by.name) if self.granted_by else ""


@dataclass(frozen=True)
class Group:
    """The changes of one kind."""

    kind: str
    title: str
    steps: Sequence[Step]


@dataclass(frozen=True)
class Way:
    """The cheapest set of changes that would make one answer pass."""

    told: Remedies
    day: date

    @property
    def groups(self) -> list[Group]:
        from lianshang.engines.rules.remedies import Kind

        titles = {
            Kind.SUPPLY: _("补充信息或材料"),
            Kind.WITHIN: _("企业可以做到的"),
            Kind.BEYOND: _("企业自身无法改变的"),
        }
        found = [
            Group(kind.key, title, [Step(one, self.day) for one in self.told.of_kind(kind)])
            for kind, title in titles.items()
        ]
        return [group for group in found if group.steps]

    @property
    def is_needed(self) -> bool:
        return self.told.state.key in ("not_met", "not_known")

    @property
    def text(self) -> str:
        """All changes in one line."""
        return "；".join(change.text for change in self.told.changes)

    @property
    def timing(self) -> str:
        """By when, in one line, each said once."""
        texts = [change.when.text for change in self.told.changes if change.when]
        return "；".join(dict.fromkeys(texts))


def way(answer: Answer) -> Way:
    """The changes for one answer, in the reader's language."""
    from lianshang.engines.rules.remedies import remedies

    found = remedies(answer.compiled, answer.values, label_language())
    return Way(found, answer.compiled.day)
