"""The yearly self-audit: everything configured, held against the five don'ts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, OneToOneField
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.practices.models import InstalledPack
from lianshang.apps.practices.queries import shelf
from lianshang.core.accounts.models import User
from lianshang.core.formalism import CLAUSES, Clause, Refusal, check
from lianshang.core.formalism.held import REGISTER, held
from lianshang.core.imports import registry
from lianshang.core.notices.kinds import kinds
from lianshang.core.workflow.models import DutyKind
from lianshang.core.workflow.queries.kinds import definition_of

ALL = frozenset(CLAUSES)


@dataclass(frozen=True)
class Looked:
    """One sort of thing that was looked at: how many, and what was found."""

    what: str | Promise
    count: int
    clauses: frozenset[int]
    findings: tuple[Refusal, ...]


@dataclass(frozen=True)
class ClauseReport:
    """One of the five don'ts: what was looked at for it, what was found."""

    clause: Clause
    looked: tuple[Looked, ...]
    findings: tuple[Refusal, ...]

    @property
    def refused(self) -> int:
        return sum(1 for one in self.findings if one.level == "refuse")


def self_audit() -> list[ClauseReport]:
    """The report, a part for each don't."""
    looked = [one() for one in (_installed, _offered, _duties, _notices, _models, _registers)]
    return [
        ClauseReport(
            clause,
            tuple(one for one in looked if number in one.clauses),
            tuple(found for one in looked for found in one.findings if found.rule.clause == number),
        )
        for number, clause in CLAUSES.items()
    ]


def _installed() -> Looked:
    packs = list(InstalledPack.objects.all())
    found = [
        one for pack in packs for one in check(pack.definition, gettext("已安装 %s") % pack.code)
    ]
    return Looked(_("已安装的实践包"), len(packs), ALL, tuple(found))


def _offered() -> Looked:
    offers = shelf.offers()
    found: list[Refusal] = []
    for offer in offers:
        found += offer.pack.warnings if offer.pack else ()
        said = offer.problems.problems if offer.problems else ()
        found += [one for one in said if isinstance(one, Refusal)]
    return Looked(_("可安装的实践包"), len(offers), ALL, tuple(found))


def _duties() -> Looked:
    rows = list(DutyKind.objects.prefetch_related("clocks", "ladder"))
    found = [
        one
        for row in rows
        for one in check(
            definition_of(row).model_dump(mode="json"), gettext("事项类别 %s") % row.code
        )
    ]
    return Looked(_("事项类别"), len(rows), ALL, tuple(found))


def _notices() -> Looked:
    named = kinds()
    found = [
        one
        for kind in named
        for one in check({"label": str(kind.label)}, gettext("通知类别 %s") % kind.name)
    ]
    return Looked(_("通知类别"), len(named), ALL, tuple(found))


# Columns that would count or follow a person.
WATCHED = (
    ("points", re.compile(r"(^|_)(points?|scores?)($|_)")),
    ("ranking", re.compile(r"(^|_)(rank|ranking|leaderboard)($|_)")),
    ("online_time", re.compile(r"(^|_)(online|active)_(time|hours|minutes|seconds|duration)")),
    ("study_hours", re.compile(r"(^|_)study_(time|hours|minutes)")),
    ("likes", re.compile(r"(^|_)(likes|forwards|reposts)($|_)")),
    ("media", re.compile(r"(^|_)(tracks?|trajectory|last_location|latitude|longitude)($|_)")),
)
PERSONS = frozenset({"user", "person", "member", "cadre", "holder", "participant", "student"})


def _models() -> Looked:
    tables = [model for model in apps.get_models() if _is_about_a_person(model)]
    found = tuple(one for model in tables for one in watched_columns(model))
    return Looked(_("登记个人的数据表（逐列看名称）"), len(tables), frozenset({2, 4}), found)


def _is_about_a_person(model: type[Model]) -> bool:
    if not model.__module__.startswith("lianshang") or hasattr(model, "pgh_tracked_model"):
        return False
    return model is User or any(
        field.related_model is User and (isinstance(field, OneToOneField) or field.name in PERSONS)
        for field in model._meta.concrete_fields
        if field.is_relation
    )


def watched_columns(model: Any) -> Iterator[Refusal]:
    """Columns of a table about persons that would count or follow them."""
    for field in model._meta.concrete_fields:
        for code, pattern in WATCHED:
            if pattern.search(field.name):
                where = gettext("数据表 %s") % model._meta.label
                yield Refusal(code, field.name, where, str(field.verbose_name))


def _registers() -> Looked:
    """Tables that are imported: a column that asks for a quantity of the catalogue asks twice,
    except in the register of the quantities themselves.
    """
    tables = registry.registers()
    found = [
        Refusal("repeated", column.name, gettext("登记表 %s") % table.name, str(column.label))
        for table in tables
        for column in table.columns
        if (again := held().called(str(column.label))) and again not in REGISTER
    ]
    return Looked(_("可导入的登记表"), len(tables), frozenset({1}), tuple(found))
