"""市场主体名录: the registrar's list, with every kind of dirt such lists have."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from lianshang.cli.demo import names
from lianshang.cli.demo.actors import Actor
from lianshang.cli.demo.books.values import Entries, Value
from lianshang.cli.demo.dirt import REPEATS, DirtPlan, Fault, spoiled_code
from lianshang.cli.demo.offices import writing
from lianshang.cli.demo.offices.sheets import CODE, NAME, Case, Cell, Column, Sheet, Workbook
from lianshang.cli.demo.zone import ZONE_NAME
from lianshang.engines.standards.coordinates import CRS, Point, convert

_STATUS = {
    "operating": ("存续（在营、开业、在册）", "存续", "在业", "开业"),
    "deregistered": ("注销",),
    "revoked": ("吊销", "吊销，未注销"),
    "moved_out": ("迁出",),
    "suspended": ("停业",),
}
_DATUMS = (
    (CRS.CGCS2000, "CGCS2000"),
    (CRS.WGS84, "WGS84"),
    (CRS.GCJ02, "GCJ-02"),
    (CRS.BD09, "BD-09"),
)
_NO_CLASS = ("9999", "待定", "8888")  # what stands where the industry should
_MISSING = {  # share of rows in which a column is left empty
    "registered_on": 0.01,
    "industry_code": 0.03,
    "registered_address": 0.02,
    "operating_address": 0.1,
    "park": 0.06,
    "contact_name": 0.18,
    "contact_phone": 0.15,
}
_LATER = 40  # a repeated row comes this many rows after the first
_LEFT_OUT_FIRST = ("contact_name", "contact_phone", "longitude", "latitude", "given_crs")
_LEFT_OUT_AGAIN = ("registered_on", "industry_code", "operating_address", "former_name")
_DAY_FORMS: tuple[tuple[Callable[[Value], Cell], int], ...] = (
    (writing.serial, 35),
    (str, 40),
    (writing.dotted, 8),
    (writing.chinese_day, 7),
    (writing.day, 10),
)


@dataclass(slots=True)
class MarketRegister:
    """Writes the rows and keeps the repeated ones until their turn comes."""

    plan: DirtPlan
    today: date
    written: int = 0
    _waiting: deque[tuple[int, Entries]] = field(default_factory=deque)

    def workbook(self) -> Workbook:
        return Workbook("市场主体名录.xlsx", (self._sheet(),))

    def rows(self, case: Case) -> Iterator[Entries]:
        """The rows about one actor, and repeats of earlier ones that are due."""
        fault = self.plan.faults.get(case.actor.index)
        row = _row(case, fault)
        if fault in REPEATS:
            row, again = _repeated(row, fault, case)
            self._waiting.append((self.written + _LATER, again))
        yield self._count(row)
        while self._waiting and self._waiting[0][0] <= self.written:
            yield self._count(self._waiting.popleft()[1])

    def last_rows(self) -> Iterable[Entries]:
        """Repeats whose turn never came, and the line of totals."""
        while self._waiting:
            yield self._count(self._waiting.popleft()[1])
        yield {CODE: "合计", NAME: f"共 {self.written} 户"}

    def _count(self, row: Entries) -> Entries:
        self.written += 1
        return row

    def _sheet(self) -> Sheet:
        return Sheet(
            name="名录",
            register="enterprises",
            source="market",
            columns=_COLUMNS,
            rows=self.rows,
            titles=(
                f"{ZONE_NAME}市场主体名录",
                f"制表：示例市场监管分局（演示）    数据日期：{self.today}",
            ),
            groups=(("主体信息", 7), ("住所", 3), ("位置", 3), ("联系", 2)),
            last_rows=self.last_rows,
        )


def _date_cell(value: Value) -> Cell:
    """One column, many hands: text, day numbers, real dates."""
    if value == "":
        return None
    found = writing.day(value)
    form = Random(found.toordinal()).choices(_DAY_FORMS, [share for _, share in _DAY_FORMS])[0][0]
    return form(found)


_COLUMNS = (
    Column("统一社会信用代码", CODE),
    Column("企业名称", NAME),
    Column("曾用名", "former_name"),
    Column("类型", "kind"),
    Column("登记状态", "status"),
    Column("成立日期", "registered_on", _date_cell),
    Column("行业代码", "industry_code"),
    Column("注册地址", "registered_address"),
    Column("经营地址", "operating_address"),
    Column("园区", "park"),
    Column("经度", "longitude", writing.number),
    Column("纬度", "latitude", writing.number),
    Column("坐标系", "given_crs"),
    Column("联系人", "contact_name"),
    Column("联系电话", "contact_phone"),
)


def _row(case: Case, fault: Fault | None) -> Entries:
    actor, random = case.actor, case.random
    row: Entries = {
        CODE: spoiled_code(actor.credit_code, fault, random),
        NAME: actor.name,
        "former_name": actor.former_name,
        "kind": actor.form,
        "status": random.choice(_STATUS[actor.status]),
        "registered_on": actor.registered_on,
        "industry_code": _industry(actor, fault, random),
        "registered_address": actor.registered_address,
        "operating_address": actor.operating_address,
        "park": actor.park.name,
        "contact_name": actor.contact,
        "contact_phone": actor.phone,
    }
    if fault not in REPEATS and not actor.is_demo_firm:
        row |= {column: "" for column, share in _MISSING.items() if random.random() < share}
    located = fault is not None or actor.is_demo_firm or random.random() < 0.88
    return row | _position(actor, fault, random) if located else row


def _industry(actor: Actor, fault: Fault | None, random: Random) -> str:
    if fault is Fault.UNKNOWN_INDUSTRY:
        return random.choice(_NO_CLASS)
    return actor.trade.code if random.random() < 0.55 else actor.trade.code[1:]


def _position(actor: Actor, fault: Fault | None, random: Random) -> Entries:
    """The place in the datum of whoever measured it; one in twenty did not say which."""
    crs, label = random.choices(_DATUMS, [45, 25, 22, 8])[0]
    point = convert(Point(actor.longitude, actor.latitude, CRS.CGCS2000), crs)
    pair = (writing.six_places(point.lon), writing.six_places(point.lat))
    longitude, latitude = reversed(pair) if fault is Fault.SWAPPED else pair
    said = "" if crs is CRS.CGCS2000 and random.random() < 0.1 else label
    return {"longitude": longitude, "latitude": latitude, "given_crs": said}


def _repeated(row: Entries, fault: Fault, case: Case) -> tuple[Entries, Entries]:
    """The first and the second row about one actor."""
    again = dict(row)
    if fault is Fault.COMPLEMENTARY:
        row = {key: value for key, value in row.items() if key not in _LEFT_OUT_FIRST}
        again = {key: value for key, value in again.items() if key not in _LEFT_OUT_AGAIN}
    if fault is Fault.CONTRADICTING:
        actor = case.actor
        again["registered_on"] = actor.registered_on - timedelta(days=366)
        again["registered_address"] = names.address(case.random, actor.park.name, actor.trade)
    return row, again
