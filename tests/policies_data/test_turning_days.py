"""A policy changes on a day: before and after it, the right text answers."""

from datetime import date

import pytest

from lianshang.core.code_tables import code_tables
from lianshang.core.policy_files import default_folder, read_policies, read_yaml
from lianshang.engines.rules import (
    Catalogue,
    CompiledPolicy,
    Policy,
    policy_from_mapping,
    version_in_force,
)


def version_of(family: str, day: date) -> Policy | None:
    read = [policy_from_mapping(file.mapping) for file in read_policies(default_folder())]
    return version_in_force([policy for policy in read if policy.family == family], day)


@pytest.mark.parametrize(
    ("family", "day", "expected"),
    [
        ("cn.srdi_sme", date(2026, 3, 31), "cn.srdi_sme.2022"),
        ("cn.srdi_sme", date(2026, 4, 1), "cn.srdi_sme.2026"),
        ("cn.little_giant", date(2026, 3, 31), "cn.little_giant.2022"),
        ("cn.little_giant", date(2026, 4, 1), "cn.little_giant.2026"),
        ("cn.innovative_sme", date(2026, 4, 1), "cn.innovative_sme"),
        ("cn.vat.small_scale", date(2025, 12, 31), "cn.vat.small_scale.2023"),
        ("cn.vat.small_scale", date(2026, 1, 1), "cn.vat.small_scale.2026"),
        ("cn.vat.small_scale", date(2028, 1, 1), None),
        ("cn.vat.adv_mfg_5", date(2025, 12, 31), "cn.vat.adv_mfg_5.2023"),
        ("cn.vat.adv_mfg_5", date(2026, 1, 1), "cn.vat.adv_mfg_5.2026"),
        ("cn.vat.ic_15", date(2025, 12, 31), "cn.vat.ic_15.2023"),
        ("cn.vat.ic_15", date(2026, 1, 1), "cn.vat.ic_15.2026"),
        ("cn.vat.machine_tool_15", date(2026, 1, 1), "cn.vat.machine_tool_15.2026"),
        ("cn.vat.software_refund3", date(2025, 12, 31), "cn.vat.software_refund3.2011"),
        ("cn.vat.software_refund3", date(2026, 1, 1), "cn.vat.software_refund3.2026"),
        ("cn.cit.rd_super_deduction_ic", date(2028, 1, 1), None),
        ("cn.six_taxes_two_fees", date(2027, 12, 31), "cn.six_taxes_two_fees"),
        ("cn.six_taxes_two_fees", date(2028, 1, 1), None),
    ],
)
def test_the_version_of_the_day_answers(family: str, day: date, expected: str | None) -> None:
    version = version_of(family, day)
    assert (version.id if version else None) == expected


def test_a_quarter_of_exactly_300_000_is_free_in_2025_and_taxed_in_2026() -> None:
    catalogue = Catalogue.from_mapping(
        read_yaml(default_folder() / "catalogue.yaml"), code_tables()
    )
    quarter = {
        "vat_payer_type": "small",
        "vat_filing_period": "quarter",
        "vat_period_sales": 300_000,
    }
    facts = {name: catalogue.encode(name, value) for name, value in quarter.items()}

    def tax_due(day: date) -> object:
        version = version_of("cn.vat.small_scale", day)
        assert version is not None
        return CompiledPolicy(version, catalogue, day).evaluate(facts).lets["tax_due"]

    assert tax_due(date(2025, 12, 31)) == 0
    assert tax_due(date(2026, 1, 1)) == 3_000
