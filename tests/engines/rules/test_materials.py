"""A policy may say which fact each of its papers proves."""

from typing import Any

import pytest
from tests.engines.rules.test_payments import REVENUE, policy

from lianshang.engines.rules import Catalogue, PolicyError, check_policy, policy_from_mapping

CATALOGUE = Catalogue.from_mapping({"quantities": {"revenue": REVENUE}}, {})


def with_papers(*papers: Any) -> Any:
    """The policy of the payments, asking for these papers."""
    plain = {
        "id": "x", "name": "示例", "issuer": "示例", "level": "zone", "kind": "grant",
        "channel": "application", "valid": {"from": "2025-01-01"},
        "sources": {"d1": {"document": "示例办法", "kind": "copy", "date": "2025"}},
        "require": {"all": [
            {"id": "A", "label": "甲", "source": "d1", "when": "revenue_y0 >= revenue_y1"},
        ]},
        "materials": list(papers),
    }  # fmt: skip
    return policy_from_mapping(plain)


def test_a_paper_and_what_it_proves() -> None:
    told = with_papers(
        {"zh": "审计报告", "en": "Audit report", "proves": ["revenue"]}, {"zh": "执照"}
    )
    assert told.materials == ({"zh": "审计报告", "en": "Audit report"}, {"zh": "执照"})
    assert told.proofs == {"审计报告": ("revenue",)}
    assert [one for one in check_policy(told, CATALOGUE) if one.severity == "error"] == []
    assert policy([]).proofs == {}


def test_an_unknown_quantity_and_another_form_are_refused() -> None:
    wrong = check_policy(with_papers({"zh": "审计报告", "proves": ["revenu"]}), CATALOGUE)
    (fault,) = [one for one in wrong if one.severity == "error"]
    assert (fault.what, fault.path) == ("'revenu' is no quantity.", "materials[0].proves")
    assert "revenue" in fault.hint
    with pytest.raises(PolicyError, match="Expected a list of quantities"):
        with_papers({"zh": "审计报告", "proves": "revenue"})
