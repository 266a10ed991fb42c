"""Questions about papers and templates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lianshang.core import references
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit, User
from lianshang.core.papers.kinds import KINDS, PaperKind
from lianshang.core.papers.models import NumberWord, Paper, PaperTemplate, StampedScan
from lianshang.core.references import reference


def papers_of(subject: Any) -> QuerySet[Paper]:
    """The papers about a subject, newest first, with their proof."""
    label, pk = reference(subject)
    return Paper.objects.filter(label=label, object_pk=pk).with_proof()


def scans_of(paper: Paper) -> QuerySet[StampedScan]:
    """Every stamped scan that came back, the first one first."""
    return paper.scans.select_related("attachment", "taken_by")


def issuing_units(user: User) -> list[Unit]:
    """In whose name the user may issue."""
    ids = user.unit_ids(Role.OFFICE_STAFF)
    return list(Unit.objects.filter(pk__in=ids, is_active=True).order_by("name"))


def number_word(unit: Unit, kind: str) -> str:
    """What the unit's numbers begin with; without its own word, its name and the kind's."""
    own = NumberWord.objects.filter(unit=unit, kind=kind).first()
    return own.word if own else f"{unit.name[:50]}{KINDS[kind].code}"


def active_template(kind: str) -> PaperTemplate | None:
    """The template in use; None is the built-in one."""
    return PaperTemplate.objects.filter(kind=kind, is_active=True).first()


@dataclass(frozen=True)
class KindState:
    """A kind with the template in use and all that were uploaded."""

    kind: PaperKind
    templates: list[PaperTemplate]

    @property
    def active(self) -> PaperTemplate | None:
        return next((one for one in self.templates if one.is_active), None)


def kind_states() -> list[KindState]:
    """Every kind, in their order."""
    found = list(PaperTemplate.objects.select_related("uploaded_by"))
    return [
        KindState(kind, [one for one in found if one.kind == kind.name]) for kind in KINDS.values()
    ]


def _visible(user: User, pks: Collection[int]) -> set[int]:
    return set(Paper.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))


references.register("papers.paper", _visible)
