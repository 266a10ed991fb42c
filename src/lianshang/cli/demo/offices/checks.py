"""合规核查表 and 高企预评打分: what the zone's own people have checked and judged, with √ and ×."""

from collections.abc import Iterator
from datetime import date

from lianshang.cli.demo.books.values import Entries
from lianshang.cli.demo.offices import writing
from lianshang.cli.demo.offices.forms import fields
from lianshang.cli.demo.offices.sheets import (
    CODE,
    NAME,
    Case,
    Column,
    Sheet,
    Workbook,
    identity,
    spread,
)
from lianshang.cli.demo.profiles import Aim

_CONDUCT = (
    "abnormal_or_blacklist",
    "prohibited_product",
    "restricted_or_prohibited_industry",
    "major_incident_prev_year",
    "incident_or_dishonesty_2y",
    "major_violation_3y",
    "national_award_5y_top3",
    "st_award_3y",
    "provincial_award_3y_top3",
    "national_award_3y_top5",
    "national_award_3y_top3",
    "maker_china_top500_3y",
    "maker_china_top50_3y",
    "national_tech_demonstration",
    "single_champion",
    "controlled_by_little_giant",
)
_POINTS = (
    "hnte_points_ip_level",
    "hnte_points_ip_core",
    "hnte_points_rd_system",
    "hnte_points_rd_institution",
    "hnte_points_transfer_system",
    "hnte_points_talent",
)
_OPINIONS = (
    "tech_in_supported_field",
    "market_position_good",
    "brand_reputation",
    "key_field_product",
    "chain_contribution",
)


def conduct(today: date) -> Workbook:
    """One firm in twenty has not been checked yet."""
    last = today.year - 1
    answers = fields(dict.fromkeys(_CONDUCT, 0.02), writing.tick)
    recognition = (
        *fields({"hnte_certificate_year": 0.0}, writing.number),
        *fields({"hnte_cancelled": 0.02}, writing.tick, year=last),
    )
    columns = (Column("企业", NAME), Column("代码", CODE), *answers, *recognition)

    def rows(case: Case) -> Iterator[Entries]:
        if case.figures.point and case.takes_part("checks", 0.95):
            yield identity(case) | case.figures.point | spread(case, ("hnte_cancelled",), 1)

    sheet = Sheet("核查表", "facts", "officer", columns, rows, ("企业合规与荣誉核查表（演示）",))
    return Workbook("合规核查表.xlsx", (sheet,))


def scores() -> Workbook:
    """Officers have gone through the firms that aim high: three of four of them."""
    points = fields(dict.fromkeys(_POINTS, 0.0), writing.number)
    opinions = fields(dict.fromkeys(_OPINIONS, 0.05), writing.tick)
    columns = (Column("企业", NAME), Column("代码", CODE), *points, *opinions)

    def rows(case: Case) -> Iterator[Entries]:
        low = case.figures.profile.aim in {Aim.NONE, Aim.TECH_SME}
        if case.figures.point and not low and case.takes_part("scores", 0.75):
            yield identity(case) | case.figures.point

    sheet = Sheet("打分", "facts", "officer", columns, rows, ("高企与专精特新预评打分（演示）",))
    return Workbook("预评打分.xlsx", (sheet,))
