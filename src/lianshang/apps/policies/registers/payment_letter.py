"""拨付函: the firms of a round, what each gets in figures and in capitals, and where it goes.

A kind of office paper, registered where the others are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.models import DeliveryRound
from lianshang.apps.policies.queries.delivery_words import capital_amount
from lianshang.apps.policies.queries.instalments import Payable
from lianshang.core import clock
from lianshang.core.papers.contexts import PaperContext, described, said
from lianshang.core.papers.kinds import KINDS, PaperKind

NAME, LABEL = "payment_letter", _("拨付函")


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One firm and its money."""

    firm: str = said(_("企业"))
    part: str = said(_("期次"), default="")
    amount: str = said(_("金额（元）"))
    capital: str = said(_("大写金额"))
    account: str = said(_("户名、开户行、账号"))


@dataclass(frozen=True, kw_only=True)
class PaymentLetter:
    """拨付函: what the finance office is asked to pay."""

    office: str = said(_("发函单位"))
    addressee: str = said(_("主送单位"))
    matter: str = said(_("兑现批次"))
    policy: str = said(_("政策依据"))
    decision: str = said(_("审定依据"), default="")
    notice: str = said(_("公示情况"), default="")
    count: str = said(_("企业数"))
    total: str = said(_("合计金额（元）"))
    total_capital: str = said(_("合计大写金额"))
    payments: tuple[Payment, ...] = said(_("拨付明细"))


def letter_of(delivery: DeliveryRound, parts: Sequence[Payable], addressee: str) -> PaymentLetter:
    """The letter about what is due now; accounts in full, for the finance office."""
    total = sum((one.amount for one in parts), Decimal(0))
    notices = delivery.notices.filter(ends_at__lte=clock.now())
    return PaymentLetter(
        office=delivery.office.name,
        addressee=addressee,
        matter=delivery.title,
        policy=f"{delivery.policy.name}（{delivery.policy.documents}）",
        decision=_decision(delivery),
        notice="已按规定公示，公示期满" if notices.exists() else "",
        count=str(len({one.case.pk for one in parts})),
        total=f"{total:,.2f}",
        total_capital=capital_amount(total),
        payments=tuple(
            Payment(
                firm=one.case.enterprise.name,
                part=str(one.part or ""),
                amount=f"{one.amount:,.2f}",
                capital=capital_amount(one.amount),
                account=f"{one.case.account_name}\n{one.case.bank}\n{one.case.account}",
            )
            for one in parts
        ),
    )


def _decision(delivery: DeliveryRound) -> str:
    if delivery.decided_on is None:
        return ""
    day = f"{delivery.decided_on.year}年{delivery.decided_on.month}月{delivery.decided_on.day}日"
    named = delivery.decision or (delivery.meeting.title if delivery.meeting else "")
    return f"{day}会议审定（{named}）"


@dataclass(frozen=True)
class PaymentLetterKind(PaperKind):
    """Brings its own template and sample along."""

    @property
    def fields(self) -> Mapping[str, str | Promise]:
        inside = {f"payments.{one.name}": one.metadata["label"] for one in fields(Payment)}
        return described(self.context) | inside

    def sample(self) -> PaperContext:
        return SAMPLE

    def built_in(self, masthead: str) -> bytes:
        from lianshang.apps.policies.registers.payment_letter_template import build
        from lianshang.core.papers.layout import as_bytes

        content: bytes = as_bytes(build(masthead))
        return content


SAMPLE = PaymentLetter(
    office="示例产业促进局",
    addressee="示例财政金融局",
    matter="2026年示例研发奖励第一批",
    policy="示例研发投入奖励（示高管〔2026〕8号）",
    decision="2026年11月20日会议审定（示高管纪〔2026〕12号）",
    notice="已按规定公示，公示期满",
    count="1",
    total="120,000.00",
    total_capital="壹拾贰万元整",
    payments=(
        Payment(
            firm="示例光电科技有限公司",
            amount="120,000.00",
            capital="壹拾贰万元整",
            account="示例光电科技有限公司\n示例银行高新支行\n6222000000000000001",
        ),
    ),
)
KINDS[NAME] = PaymentLetterKind(
    NAME, LABEL, "拨", PaymentLetter, lambda letter: f"关于拨付{letter.matter}资金的函"
)
