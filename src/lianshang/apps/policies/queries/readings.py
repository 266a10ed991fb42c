"""A policy read out without any firm: what each clause asks, in words and numbers."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from django.conf import settings

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.queries.library import edition, library

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from lianshang.engines.rules.explain import Explanation


def policy_read_out(code: str) -> Explanation | None:
    """The explanation of a policy with nothing known, on its first day; None if there is none
    that can be read."""
    policy = library().policies.get(code)
    if policy is None or policy.valid.start is None:
        return None
    from lianshang.engines.rules.problems import PolicyError

    on, words = policy.valid.start, label_language()
    try:
        return _read_out(settings.POLICY_FOLDER, edition(), code, on, words)
    except PolicyError:
        return None  # it stands still, and its page says why


@functools.lru_cache(maxsize=512)
def _read_out(folder: Path, _edition: int, code: str, on: date, words: str) -> Explanation:
    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.explain import explain

    compiled = CompiledPolicy(library().policies[code], catalogue(), on)
    return explain(compiled, {}, language=words)


def asked(text: str) -> str:
    """A reading with nothing known, without the words that say so."""
    from lianshang.engines.rules.formatting import UNKNOWN

    unknown = UNKNOWN[label_language()]
    return text.replace(f" {unknown}", "").replace(unknown, "")
