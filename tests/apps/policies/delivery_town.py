"""An invented zone that delivers an invented reward: an office, a second department, firms."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client
from tests import factories

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import DeliveryCase, DeliveryRound, Policy
from lianshang.apps.policies.queries.library import digest, forget
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.notices.models import Notice
from lianshang.core.workflow.actions.builtin import add_missing_kinds
from lianshang.engines.rules.policy_file import policy_from_mapping

LABEL = {"zh": "示例研发投入奖励", "en": "Example R&D reward"}


def mapping(code: str = "x.rd_reward", channel: str = "automatic", **more: Any) -> dict[str, Any]:
    """5 % of last year's R&D expense, from one million yuan."""
    return {
        "id": code,
        "family": code,
        "name": LABEL,
        "issuer": {"zh": "示例高新区管委会", "en": "Example zone"},
        "level": "zone",
        "kind": "grant",
        "channel": channel,
        "valid": {"from": date(2026, 1, 1)},
        "sources": {"d1": {"document": "示高管〔2026〕8号", "title": {"zh": "示例办法"}}},
        "parameters": {
            "rd_floor": {
                "label": {"zh": "研发费用下限"},
                "unit": "元",
                "source": "d1 第二条",
                "values": [{"from": date(2026, 1, 1), "value": 1_000_000}],
            },
            "share": {
                "label": {"zh": "奖励比例"},
                "unit": "1",
                "source": "d1 第二条",
                "values": [{"from": date(2026, 1, 1), "value": "0.05"}],
            },
        },
        "require": {
            "all": [
                {
                    "id": "R1",
                    "label": {"zh": "上年研发费用达到下限", "en": "R&D expense"},
                    "source": "d1 第二条",
                    "change": "firm",
                    "when": "rd_exp_y0 >= rd_floor",
                }
            ]
        },
        "benefit": {"label": LABEL, "amount": "rd_exp_y0 * share", "per": "year"},
        "deadline": {"zh": "全年受理", "en": "All year"},
        "materials": [{"zh": "研发费用专项审计报告"}, {"zh": "营业执照"}],
        **more,
    }


def publish(**fields: Any) -> Policy:
    told = mapping(**fields)
    row = Policy(code=told["id"], origin=Origin.ZONE)
    row.define(policy_from_mapping(told), told, digest(told))
    row.save()
    forget()
    return row


def department(name: str) -> Unit:
    return Unit.objects.create(kind=UnitKind.DEPARTMENT, name=name)


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


class Town:
    """Who has to do with a delivery."""

    def __init__(self) -> None:
        self.zone = factories.zone()
        add_missing_kinds(actor=None)
        self.office = department("示例产业促进局")
        self.office.parent = self.zone.unit
        self.office.save()
        self.credit = department("示例市场监管局")
        self.clerk = factories.user(Role.OFFICE_STAFF, unit=self.office, name="示例经办")
        self.colleague = factories.user(Role.OFFICE_STAFF, unit=self.credit, name="示例会办")
        self.clerks = client_of(self.clerk)

    def firm(self, name: str, rd: int | None = None, **columns: Any) -> Enterprise:
        firm = factories.firm(name, **columns)
        if rd is not None:
            factories.fact(firm, "rd_exp", rd, year=2025)
        factories.user(Role.ENTERPRISE, unit=firm.unit, name=f"{name[:4]}联系人")
        return firm

    def firms(self, firm: Enterprise) -> Client:
        """The browser of somebody of the firm."""
        member = Membership.objects.get(unit=firm.unit, role=Role.ENTERPRISE)
        return client_of(member.user)

    def open(self, policy: Policy, title: str = "2026年示例研发奖励第一批") -> DeliveryRound:
        answer = self.clerks.post(
            f"/policies/{policy.pk}/rounds/new/",
            {"title": title, "office": self.office.pk, "year": 2026, "request_key": title},
        )
        assert answer.status_code == 302, answer.content.decode()
        return DeliveryRound.objects.get(title=title)

    def do(self, delivery: DeliveryRound, deed: str, *firms: Enterprise, **told: Any) -> str:
        """A deed with the cases of these firms, all in one request."""
        keys = list(delivery.cases.filter(enterprise__in=firms).values_list("pk", flat=True))
        address = f"{delivery.get_absolute_url()}review/"
        answer = self.clerks.post(address, {"case": keys, "deed": deed, **told}, follow=True)
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    def post(self, delivery: DeliveryRound, what: str, **told: Any) -> HttpResponse:
        answer: Any = self.clerks.post(f"{delivery.get_absolute_url()}{what}/", told)
        return answer


def case_of(delivery: DeliveryRound, firm: Enterprise) -> DeliveryCase:
    found: DeliveryCase = delivery.cases.select_related("duty", "round__policy").get(
        enterprise=firm
    )
    return found


def told(firm: Enterprise) -> list[str]:
    """The subjects of the notices to the firm, oldest first."""
    people = Membership.objects.filter(unit=firm.unit).values("user")
    notices = Notice.objects.filter(recipient__in=people, kind="policies.delivery")
    return list(notices.order_by("created_at", "pk").values_list("subject", flat=True))


ACCOUNT = {"number": "6222000000000001234", "bank": "示例银行高新支行"}
