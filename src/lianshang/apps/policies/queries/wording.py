"""Policies and answers as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.choices import Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lianshang.apps.policies.models import Policy

TONES = {
    Standing.ENTITLED: "met",
    Standing.ONE_STEP: "short",
    Standing.NOT_KNOWN: "unknown",
    Standing.NEEDS_PERSON: "person",
    Standing.NOT_ENTITLED: "not",
}


def label(names: Mapping[str, str] | None) -> str:
    """A label in the reader's language; Chinese where there is no other."""
    names = names or {}
    return names.get(label_language()) or names.get("zh", "")


def policy_name(policy: Policy) -> str:
    return policy.name_en if label_language() == "en" else policy.name
