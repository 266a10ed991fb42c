"""The policy library: the files and what the zone itself published, compiled once per day, in the
order in which they feed each other.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.core.signals import request_started
from django.db.models import Max
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Policy as PolicyRow
from lianshang.core.policy_files import read_policies

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.policy import Policy


@dataclass(frozen=True)
class Library:
    """Every policy that counts, and the mappings they were read from.

    `faults`: policies that cannot be read, each with what is wrong; they stop nobody else.
    """

    policies: Mapping[str, Policy]
    mappings: Mapping[str, Mapping[str, Any]]
    faults: Mapping[str, str]
    families: Mapping[str, str]  # of every policy, readable or not

    @functools.cached_property
    def digests(self) -> dict[str, str]:
        """Policy → fingerprint of its definition."""
        return {code: digest(mapping) for code, mapping in self.mappings.items()}


# What a definition of the wrong shape raises where a reader expects another.
MALFORMED = (TypeError, ValueError, KeyError, AttributeError, ArithmeticError)


def fault_of(error: Exception) -> str:
    """What is wrong, for the policy's owner."""
    from lianshang.engines.rules.problems import PolicyError

    return str(error) if isinstance(error, PolicyError) else f"{type(error).__name__}: {error}"


def library() -> Library:
    """The files, and what packs brought and the zone published."""
    return _library(settings.POLICY_FOLDER, edition())


def library_of_files() -> Library:
    """The policy files alone; needs no database. Raises PolicyError for one that is at fault."""
    files = _files(settings.POLICY_FOLDER)
    if files.faults:
        _read((file.mapping for file in read_policies(settings.POLICY_FOLDER)), strict=True)
    return files


@functools.lru_cache(maxsize=1)
def edition() -> int:
    """The number of the last change to a policy of the database; asked once per request."""
    events = apps.get_model("policies", "PolicyEvent")._default_manager
    return events.aggregate(last=Max("pgh_id"))["last"] or 0


def forget(**_signal: Any) -> None:
    """Ask for the edition again at the next question."""
    edition.cache_clear()


@functools.lru_cache(maxsize=4)
def _files(folder: Path) -> Library:
    return _read((file.mapping for file in read_policies(folder)), strict=False)


@functools.lru_cache(maxsize=4)
def _library(folder: Path, _edition: int) -> Library:
    files = _files(folder)
    rows = PolicyRow.objects.current().exclude(origin=Origin.FILE)
    kept = list(rows.values_list("code", "family", "definition"))
    own = _read(
        ({**_mapping(definition), "id": code} for code, _f, definition in kept), strict=False
    )
    return Library(
        policies={**files.policies, **own.policies},
        mappings={**files.mappings, **own.mappings},
        faults={**files.faults, **own.faults},
        families={**files.families, **{code: family for code, family, _definition in kept}},
    )


def _mapping(definition: object) -> Mapping[str, Any]:
    return definition if isinstance(definition, dict) else {}


def _read(mappings: Iterable[Mapping[str, Any]], *, strict: bool) -> Library:
    """Policies from loaded mappings; with `strict` a fault is raised, else kept beside the rest."""
    from lianshang.engines.rules.policy_file import policy_from_mapping
    from lianshang.engines.rules.problems import PolicyError

    policies, kept, faults, families = {}, {}, {}, {}
    for mapping in mappings:
        code = str(mapping.get("id", ""))
        families[code] = str(mapping.get("family", code))
        try:
            policies[code] = policy_from_mapping(mapping)
        except (PolicyError, *MALFORMED) as error:
            if strict:
                raise
            faults[code] = fault_of(error)
        else:
            kept[code] = mapping
    return Library(policies, kept, faults, families)


@dataclass(frozen=True)
class Compiled:
    """The policies in force on a day that can be asked, stage by stage, and the others with what
    is wrong with each.
    """

    stages: tuple[tuple[CompiledPolicy, ...], ...]
    faults: Mapping[str, str]


def stages(on: date) -> tuple[tuple[CompiledPolicy, ...], ...]:
    """The policies in force on a day, compiled; those of a later stage ask for results of earlier
    ones.
    """
    return compiled_on(on).stages


def compiled_on(on: date) -> Compiled:
    """The same with the policies that stand still: nobody else stops for them."""
    return _compiled(settings.POLICY_FOLDER, edition(), on)


@functools.lru_cache(maxsize=16)
def _compiled(folder: Path, _edition: int, on: date) -> Compiled:
    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.problems import PolicyError

    known, found = catalogue(), library()
    faults, failed = dict(found.faults), {}
    waiting = []
    for code, policy in found.policies.items():
        if not policy.in_force(on):
            continue
        try:
            waiting.append(CompiledPolicy(policy, known, on))
        except (PolicyError, *MALFORMED) as error:
            faults[code], failed[policy.family] = fault_of(error), code
    failed |= {found.families[code]: code for code in found.faults}
    return _in_stages(waiting, faults, failed)


def _in_stages(
    waiting: list[CompiledPolicy], faults: dict[str, str], failed: dict[str, str]
) -> Compiled:
    """`failed`: family → a policy of it that stands still; whoever asks for it waits as well."""
    ordered: list[tuple[CompiledPolicy, ...]] = []
    while waiting:
        stuck = [one for one in waiting if feeding_families(one) & failed.keys()]
        for one in stuck:
            whom = sorted(failed[family] for family in feeding_families(one) & failed.keys())
            faults[one.policy.id] = _("等待出错的政策：%(codes)s") % {"codes": "、".join(whom)}
        failed |= {one.policy.family: one.policy.id for one in stuck}
        waiting = [one for one in waiting if one not in stuck]
        families = {one.policy.family for one in waiting}
        ready = tuple(one for one in waiting if not feeding_families(one) & families)
        if ready:
            ordered.append(ready)
        elif not stuck:
            names = "、".join(sorted(one.policy.id for one in waiting))
            faults |= {
                one.policy.id: _("政策互相等待结果，成了一个环：%(codes)s") % {"codes": names}
                for one in waiting
            }
            break
        waiting = [one for one in waiting if one not in ready]
    return Compiled(tuple(ordered), faults)


def feeding_families(compiled: CompiledPolicy) -> set[str]:
    """The families whose results this policy asks for; `policies check` refuses rings of them."""
    variables = compiled.catalogue.variables
    families = {variables[name].quantity.result_of for name in compiled.variables}
    return families - {"", compiled.policy.family}


def dependents(code: str, on: date) -> set[str]:
    """This policy and all that ask for its answer, or for an answer that rests on it."""
    found, families = {code}, {library().families.get(code, code)}
    for stage in stages(on):
        for one in stage:
            if one.policy.id == code or feeding_families(one) & families:
                found.add(one.policy.id)
                families.add(one.policy.family)
    return found


def feeders(codes: Collection[str], on: date) -> set[str]:
    """These policies and all whose answers they rest on."""
    found, families = set(codes), set()
    for stage in reversed(stages(on)):
        for one in stage:
            if one.policy.id in found or one.policy.family in families:
                found.add(one.policy.id)
                families |= feeding_families(one)
    return found


def results_by_family() -> dict[str, list[str]]:
    """Family → the quantities that hold its answer."""
    found: dict[str, list[str]] = {}
    for name, quantity in catalogue().quantities.items():
        if quantity.result_of:
            found.setdefault(quantity.result_of, []).append(name)
    return found


def all_variables(on: date) -> tuple[str, ...]:
    """Every fact some policy in force asks for, apart from results of policies."""
    return _variables(settings.POLICY_FOLDER, edition(), on)


@functools.lru_cache(maxsize=16)
def _variables(folder: Path, _edition: int, on: date) -> tuple[str, ...]:
    return variables_of({one.policy.id for stage in stages(on) for one in stage}, on)


def variables_of(codes: Collection[str], on: date) -> tuple[str, ...]:
    """The facts that these policies ask for, apart from results of policies."""
    compiled = (one for stage in stages(on) for one in stage if one.policy.id in codes)
    asked = {name for one in compiled for name in one.variables}
    known = catalogue().variables
    return tuple(sorted(name for name in asked if not known[name].quantity.result_of))


def digest(mapping: Mapping[str, Any]) -> str:
    """One definition, one fingerprint."""
    text = json.dumps(mapping, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


request_started.connect(forget, dispatch_uid="policies.library")
