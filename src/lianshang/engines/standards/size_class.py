"""Enterprise size: the cuts of 工信部联企业〔2011〕300号 and the statistical method of 2017."""

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cache

from lianshang.engines.standards.industry import Industry, IndustryProblem, classes_under, industry

Number = int | Decimal
_TEN_THOUSAND = 10_000


class SizeClass(IntEnum):
    """Micro 微型, small 小型, medium 中型, large 大型."""

    MICRO = 1
    SMALL = 2
    MEDIUM = 3
    LARGE = 4


class Indicator(StrEnum):
    """What a size is measured by: persons, yuan of revenue, yuan of total assets."""

    STAFF = "staff"
    REVENUE = "revenue"
    ASSETS = "assets"


@dataclass(frozen=True, slots=True)
class SizeIndustry:
    """One of the 16 rows; `bounds` are the lower bounds of small, medium, large (persons, yuan)."""

    number: int
    name: str
    bounds: tuple[tuple[Indicator, tuple[int, int, int]], ...]


@dataclass(frozen=True, slots=True)
class SizeResult:
    """Which classes are possible, ascending, and which missing indicators would settle it.

    `rows` are the size industries the code may belong to (more than one for a coarse code).
    Nothing possible means that the standard does not cover the industry; `may_be_uncovered` says
    that a coarse code also has classes outside it.
    """

    possible: tuple[SizeClass, ...]
    missing: tuple[Indicator, ...] = ()
    rows: tuple[SizeIndustry, ...] = ()
    may_be_uncovered: bool = False

    @property
    def size(self) -> SizeClass | None:
        """The class, when only one is possible; None otherwise."""
        known = len(self.possible) == 1 and not self.may_be_uncovered
        return self.possible[0] if known else None

    @property
    def is_sme(self) -> bool | None:
        """Small or medium or micro (300号: any indicator below its large bound)."""
        if not self.possible or self.may_be_uncovered:
            return None
        answers = {size < SizeClass.LARGE for size in self.possible}
        return answers.pop() if len(answers) == 1 else None


_X, _Y, _Z = Indicator.STAFF, Indicator.REVENUE, Indicator.ASSETS
# Bounds as printed, small / medium / large: persons, revenue and assets in 10,000 yuan.
_PRINTED = (
    (1, "农、林、牧、渔业", {_Y: (50, 500, 20_000)}),
    (2, "工业", {_X: (20, 300, 1_000), _Y: (300, 2_000, 40_000)}),
    (3, "建筑业", {_Y: (300, 6_000, 80_000), _Z: (300, 5_000, 80_000)}),
    (4, "批发业", {_X: (5, 20, 200), _Y: (1_000, 5_000, 40_000)}),
    (5, "零售业", {_X: (10, 50, 300), _Y: (100, 500, 20_000)}),
    (6, "交通运输业", {_X: (20, 300, 1_000), _Y: (200, 3_000, 30_000)}),
    (7, "仓储业", {_X: (20, 100, 200), _Y: (100, 1_000, 30_000)}),
    (8, "邮政业", {_X: (20, 300, 1_000), _Y: (100, 2_000, 30_000)}),
    (9, "住宿业", {_X: (10, 100, 300), _Y: (100, 2_000, 10_000)}),
    (10, "餐饮业", {_X: (10, 100, 300), _Y: (100, 2_000, 10_000)}),
    (11, "信息传输业", {_X: (10, 100, 2_000), _Y: (100, 1_000, 100_000)}),
    (12, "软件和信息技术服务业", {_X: (10, 100, 300), _Y: (50, 1_000, 10_000)}),
    (13, "房地产开发经营", {_Y: (100, 1_000, 200_000), _Z: (2_000, 5_000, 10_000)}),
    (14, "物业管理", {_X: (100, 300, 1_000), _Y: (500, 1_000, 5_000)}),
    (15, "租赁和商务服务业", {_X: (10, 100, 300), _Z: (100, 8_000, 120_000)}),
    (16, "其他未列明行业", {_X: (10, 100, 300)}),
)


def _row(number: int, name: str, printed: dict[Indicator, tuple[int, int, int]]) -> SizeIndustry:
    bounds = tuple(
        (indicator, (cuts[0] * unit, cuts[1] * unit, cuts[2] * unit))
        for indicator, cuts in printed.items()
        for unit in [1 if indicator is Indicator.STAFF else _TEN_THOUSAND]
    )
    return SizeIndustry(number, name, bounds)


SIZE_INDUSTRIES = {row[0]: _row(*row) for row in _PRINTED}

# Longest matching code wins; 0 = outside the standard. The scope of rows 2, 6, 7, 11 and 16 is the
# footnote of the 2017 method, known from one public transcript and to be confirmed in the text:
# row 6 takes loading and unloading (G591) in and leaves railways (G53) out; row 16 takes social
# work (Q85) but not health (Q84), and of real estate the agencies (K703) and "other" (K709). The
# footnote leaves out 自有房地产经营活动 (self-owned real estate), the 2011 name of K704.
# Finance (J) has a standard of its own; education, health, government, T have none here.
_ROW_OF_CODE = {
    **{"A": 1, "B": 2, "C": 2, "D": 2, "E": 3, "F51": 4, "F52": 5},
    **{"G53": 0, "G54": 6, "G55": 6, "G56": 6, "G57": 6, "G58": 6, "G591": 6, "G59": 7, "G60": 8},
    **{"H61": 9, "H62": 10, "I63": 11, "I64": 11, "I65": 12},
    **{"K701": 13, "K702": 14, "K703": 16, "K704": 0, "K709": 16},
    **{"L": 15, "M": 16, "N": 16, "O": 16, "Q84": 0, "Q85": 16, "R": 16},
    **{"J": 0, "P": 0, "S": 0, "T": 0},
}


@cache
def size_industries(entry: Industry) -> tuple[SizeIndustry | None, ...]:
    """The rows that the classes under a GB/T 4754 code fall in; None = outside the standard."""
    numbers = {_row_number(each.code) for each in classes_under(entry)}
    return tuple(SIZE_INDUSTRIES.get(number) for number in sorted(numbers))


def size_class(
    code: str | Industry,
    staff: Number | None = None,
    revenue: Number | None = None,
    assets: Number | None = None,
) -> SizeResult | IndustryProblem:
    """Size of an enterprise from its GB/T 4754-2017 code, persons, yuan of revenue and assets.

    A class is reached when every indicator of the row reaches its bound, so the size is the lowest
    class that any single indicator gives; an unknown indicator leaves the range from micro up to
    what the known ones allow, and does not matter once one of them already says micro.
    """
    entry = industry(code) if isinstance(code, str) else code
    if isinstance(entry, IndustryProblem):
        return entry
    values = {Indicator.STAFF: staff, Indicator.REVENUE: revenue, Indicator.ASSETS: assets}
    rows = size_industries(entry)
    covered = tuple(row for row in rows if row is not None)
    results = [size_in_row(row, values) for row in covered]
    return SizeResult(
        possible=tuple(sorted({size for result in results for size in result.possible})),
        missing=tuple(
            indicator
            for indicator in Indicator
            if any(indicator in result.missing for result in results)
        ),
        rows=covered,
        may_be_uncovered=bool(covered) and None in rows,
    )


def size_in_row(row: SizeIndustry, values: dict[Indicator, Number | None]) -> SizeResult:
    """Size by one row of the table; values in persons and yuan, None = not known."""
    ceiling, missing = SizeClass.LARGE, []
    for indicator, cuts in row.bounds:
        value = values.get(indicator)
        if value is None:
            missing.append(indicator)
            continue
        if value < 0:
            raise ValueError(f"{indicator} below zero: {value}")
        ceiling = min(ceiling, SizeClass(1 + sum(value >= cut for cut in cuts)))
    if ceiling is SizeClass.MICRO or not missing:
        return SizeResult((ceiling,), rows=(row,))
    return SizeResult(tuple(SizeClass)[:ceiling], tuple(missing), (row,))


def _row_number(code: str) -> int:
    return next(
        _ROW_OF_CODE[code[:end]] for end in range(len(code), 0, -1) if code[:end] in _ROW_OF_CODE
    )
