"""The policy library: files read once, compiled once per day, in the order in which they feed each
other.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.core.policy_files import read_policies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.policy import Policy


@dataclass(frozen=True)
class Library:
    """Every policy, and the files they were read from."""

    policies: Mapping[str, Policy]
    mappings: Mapping[str, Mapping[str, Any]]

    @functools.cached_property
    def digests(self) -> dict[str, str]:
        """Policy → fingerprint of its definition."""
        return {code: _digest(mapping) for code, mapping in self.mappings.items()}


def library() -> Library:
    """The library in force, read once per process."""
    return _read(settings.POLICY_FOLDER)


@functools.lru_cache(maxsize=4)
def _read(folder: Path) -> Library:
    from lianshang.engines.rules.policy_file import policy_from_mapping

    files = list(read_policies(folder))
    policies = [policy_from_mapping(file.mapping) for file in files]
    return Library(
        policies={policy.id: policy for policy in policies},
        mappings={policy.id: file.mapping for policy, file in zip(policies, files, strict=True)},
    )


@functools.lru_cache(maxsize=16)
def stages(on: date) -> tuple[tuple[CompiledPolicy, ...], ...]:
    """The policies in force on a day, compiled; those of a later stage ask for results of earlier
    ones.
    """
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


@functools.lru_cache(maxsize=16)
def all_variables(on: date) -> tuple[str, ...]:
    """Every fact some policy in force asks for, apart from results of policies."""
    asked = {name for stage in stages(on) for one in stage for name in one.variables}
    known = catalogue().variables
    return tuple(sorted(name for name in asked if not known[name].quantity.result_of))


def forget() -> None:
    """Read the files again at the next question."""
    _read.cache_clear()
    stages.cache_clear()
    all_variables.cache_clear()


def _digest(mapping: Mapping[str, Any]) -> str:
    text = json.dumps(mapping, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
