"""Amounts in capital figures, and which orders of steps are possible."""

from decimal import Decimal

import pytest

from lianshang.apps.policies.queries.delivery_words import capital_amount
from lianshang.apps.policies.queries.procedures import impossible

AUTOMATIC = "list data_check wish credit_check opinions decision notice payment_letter receipt"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("100000.00", "壹拾万元整"),
        ("1234567.08", "壹佰贰拾叁万肆仟伍佰陆拾柒元零捌分"),
        ("100001.10", "壹拾万零壹元壹角整"),
        ("10001000", "壹仟万壹仟元整"),
        ("100000500.00", "壹亿零伍佰元整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("200000.01", "贰拾万元零壹分"),
    ],
)
def test_an_amount_in_capitals(amount: str, words: str) -> None:
    assert capital_amount(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (AUTOMATIC, ""),
        ("page review payment_letter receipt rating", ""),
        ("list wish payment_letter data_check receipt", "“数据核验”要在“拨付函”之前。"),
        ("list data_check payment_letter wish receipt", "“企业意愿与收款账户”要在“拨付函”之前。"),
        ("list data_check notice wish payment_letter receipt", "账户”要在“公示”之前。"),
        ("page review payment_letter", "“登记回单”不能停用"),
        ("page payment_letter receipt", "没有审批不能拨付"),
        ("review page payment_letter receipt", "而且只有一个"),
        ("list data_check payment_letter receipt", "没有账户无法拨付"),
    ],
)  # fmt: skip
def test_an_impossible_order_is_refused_with_its_reason(kinds: str, words: str) -> None:
    refusal = impossible(kinds.split())
    assert words in refusal if words else refusal == ""
