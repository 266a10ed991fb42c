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

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Policy as PolicyRow
from lianshang.core.policy_files import read_policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
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

    @functools.cached_property
    def digests(self) -> dict[str, str]:
        """Policy → fingerprint of its definition."""
        return {code: digest(mapping) for code, mapping in self.mappings.items()}


def library() -> Library:
    """The files, and what packs brought and the zone published."""
    return _library(settings.POLICY_FOLDER, edition())


def library_of_files() -> Library:
    """The policy files alone; needs no database."""
    return _files(settings.POLICY_FOLDER)


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
    return _read((file.mapping for file in read_policies(folder)), strict=True)


@functools.lru_cache(maxsize=4)
def _library(folder: Path, _edition: int) -> Library:
    files = _files(folder)
    rows = PolicyRow.objects.current().exclude(origin=Origin.FILE)
    own = _read(rows.values_list("definition", flat=True), strict=False)
    return Library(
        policies={**files.policies, **own.policies},
        mappings={**files.mappings, **own.mappings},
        faults=own.faults,
    )


def _read(mappings: Iterable[Mapping[str, Any]], *, strict: bool) -> Library:
    """Policies from loaded mappings; with `strict` a fault is raised, else kept beside the rest."""
    from lianshang.engines.rules.policy_file import policy_from_mapping
    from lianshang.engines.rules.problems import PolicyError

    policies, kept, faults = {}, {}, {}
    for mapping in mappings:
        code = str(mapping.get("id", ""))
        try:
            policies[code] = policy_from_mapping(mapping)
        except PolicyError as error:
            if strict:
                raise
            faults[code] = str(error)
        else:
            kept[code] = mapping
    return Library(policies, kept, faults)


def stages(on: date) -> tuple[tuple[CompiledPolicy, ...], ...]:
    """The policies in force on a day, compiled; those of a later stage ask for results of earlier
    ones.
    """
    return _stages(settings.POLICY_FOLDER, edition(), on)


@functools.lru_cache(maxsize=16)
def _stages(folder: Path, _edition: int, on: date) -> tuple[tuple[CompiledPolicy, ...], ...]:
    from lianshang.engines.rules.evaluation import CompiledPolicy

    known = catalogue()
    waiting = [
        CompiledPolicy(policy, known, on)
        for policy in library().policies.values()
        if policy.in_force(on)
    ]
    ordered: list[tuple[CompiledPolicy, ...]] = []
    while waiting:
        families = {one.policy.family for one in waiting}
        ready = tuple(one for one in waiting if not feeding_families(one) & families)
        ordered.append(ready)
        waiting = [one for one in waiting if one not in ready]
    return tuple(ordered)


def feeding_families(compiled: CompiledPolicy) -> set[str]:
    """The families whose results this policy asks for; `policies check` refuses rings of them."""
    variables = compiled.catalogue.variables
    families = {variables[name].quantity.result_of for name in compiled.variables}
    return families - {"", compiled.policy.family}


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
    asked = {name for stage in stages(on) for one in stage for name in one.variables}
    known = catalogue().variables
    return tuple(sorted(name for name in asked if not known[name].quantity.result_of))


def digest(mapping: Mapping[str, Any]) -> str:
    """One definition, one fingerprint."""
    text = json.dumps(mapping, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


request_started.connect(forget, dispatch_uid="policies.library")
