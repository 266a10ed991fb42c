"""企业名录: the register of enterprises itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.registers import fields
from lianshang.apps.enterprises.registers.base import CODE, NAME
from lianshang.apps.enterprises.registers.enterprise_export import export_enterprises
from lianshang.apps.enterprises.registers.enterprise_session import EnterpriseSession
from lianshang.core import clock
from lianshang.core.imports.number_parsers import NumberRule, number
from lianshang.core.imports.parsers import Raw, Reading, day, several_texts, text
from lianshang.core.imports.registry import Column, Register, Session, Table

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch


def _past_day(raw: Raw) -> Reading:
    return day(latest=clock.today())(raw)


def _degrees(name: str, label: Promise, example: str) -> Column:
    """An angle; that the two stand in the right order is seen when both are read."""
    parse = number(NumberRule("°", 6, Decimal(-180), Decimal(180)))
    return Column(name, label, parse, help=_("十进制度"), example=example)


class EnterpriseRegister(Register):
    """One row for each enterprise or other actor."""

    name = "enterprises"
    label = _("企业名录")
    purpose = _("企业的登记信息、园区、坐标和联系人；按代码或名称更新已有企业")
    subject_column = "name"
    change_labels = {"is_retired": _("已撤销"), "park_id": _("园区编号")}
    columns = (
        CODE,
        Column(
            "name",
            NAME.label,
            NAME.parse,
            NAME.aliases,
            required=True,
            help=NAME.help,
            example=NAME.example,
        ),
        Column(
            "former_name",
            _("曾用名"),
            several_texts(200),
            ("曾用名称", "原名称", "历史名称"),
            help=_("几个名称之间用“、”分隔"),
            example="示例光电有限公司",
        ),
        Column(
            "kind",
            _("类型"),
            fields.kind,
            ("主体类型", "企业类型", "市场主体类型", "组织形式"),
            help=_(
                "企业、个体工商户、科研院所、新型研发机构、社会组织；可填登记的类型；不填按代码前两位判断"
            ),
            example="企业",
        ),
        Column(
            "status",
            _("登记状态"),
            fields.status,
            ("状态", "经营状态", "企业状态", "存续状态"),
            help=_("存续、停业、迁出、吊销、注销"),
            example="存续",
        ),
        Column(
            "registered_on",
            _("成立日期"),
            _past_day,
            ("注册日期", "设立日期", "成立时间", "注册时间", "登记日期"),
            help=_("年-月-日"),
            example="2019-06-18",
        ),
        Column(
            "industry_code",
            _("行业代码"),
            fields.industry_code,
            ("行业", "国民经济行业代码", "行业小类", "行业小类代码", "所属行业代码"),
            help=_("GB/T 4754-2017 的代码，可不写门类字母"),
            example="C3976",
        ),
        Column(
            "registered_address",
            _("注册地址"),
            text(300),
            ("住所", "注册地", "登记住所", "注册住所"),
            example="示例大道 1 号",
        ),
        Column(
            "operating_address",
            _("经营地址"),
            text(300),
            ("经营场所", "实际经营地址", "办公地址", "生产经营地址"),
            example="示范光电园 2 号楼 301",
        ),
        Column(
            "park",
            _("园区"),
            text(100),
            ("所在园区", "所属园区", "产业园", "载体"),
            help=_("已登记的园区名称或别名"),
            example="示范光电园",
        ),
        _degrees("longitude", _("经度"), "105.312345"),
        _degrees("latitude", _("纬度"), "36.112345"),
        Column(
            "given_crs",
            _("坐标系"),
            fields.datum,
            ("坐标系统", "坐标基准"),
            help=_("CGCS2000、WGS-84、GCJ-02（高德、腾讯）、BD-09（百度）；入库换算为 CGCS2000"),
            example="CGCS2000",
        ),
        Column(
            "contact_name",
            _("联系人"),
            fields.personal_text,
            ("联系人姓名",),
            help=_("加密保存，只用于服务企业时联系"),
            personal=True,
        ),
        Column(
            "contact_phone",
            _("联系电话"),
            fields.personal_text,
            ("联系方式", "电话", "手机", "联系人电话", "手机号"),
            help=_("加密保存，只用于服务企业时联系"),
            personal=True,
        ),
    )

    def session(self, batch: ImportBatch, actor: User | None) -> Session:
        return EnterpriseSession(batch, actor)

    def export(self, user: User | None, purpose: str) -> Table:
        return export_enterprises(self, user)
