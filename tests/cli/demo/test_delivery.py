"""The zone's own policies of the demo are sound, invented, and one for each channel."""

from string import Template
from typing import Any

import pytest
import yaml

from lianshang.apps.policies.queries.fair_competition import suspicions
from lianshang.cli.demo.delivery.story import FILE
from lianshang.engines.rules.policy_file import policy_from_mapping

WORDS = {"year": 2026, "last": 2025, "economy": "示例经发局", "science": "示例科创局"}
POLICIES: list[dict[str, Any]] = yaml.safe_load(
    Template(FILE.read_text(encoding="utf-8")).substitute(WORDS)
)["policies"]


def test_there_is_one_for_each_channel() -> None:
    assert [one["channel"] for one in POLICIES] == ["automatic", "fast", "application"]


@pytest.mark.parametrize("mapping", POLICIES, ids=lambda one: one["channel"])
def test_it_reads_names_itself_invented_and_asks_nothing_forbidden(
    mapping: dict[str, Any],
) -> None:
    policy = policy_from_mapping(mapping)
    assert policy.name["zh"].startswith("示例")
    assert "演示" in policy.issuer["zh"]
    assert f"{policy.windows[0].period.end}" > "2026-12"
    assert not suspicions(mapping)
