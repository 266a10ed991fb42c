"""How values become text: money in 万 and 亿 with the exact value on hover, days, percentages.

Every function takes a value or None and returns what a page shows; None and "" are an em dash.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lianshang.core import clock

NOTHING = "—"
CENTS = Decimal("0.01")
# From which amount in yuan, how it is written, with how many decimals.
CHINESE_STEPS = (("1e8", "{} 亿元", 2), ("1e4", "{} 万元", 1))
ENGLISH_STEPS = (("1e9", "CNY {} billion", 2), ("1e6", "CNY {} million", 2))
WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)


def is_nothing(value: object) -> bool:
    return value is None or value in ("", [])


def text(value: object) -> str:
    """Any value in its usual form; text from people is escaped, SafeString is kept."""
    if is_nothing(value):
        return NOTHING
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return conditional_escape(value if isinstance(value, str) else str(value))


def yes_no(value: bool | None) -> str:
    return NOTHING if value is None else (_("是") if value else _("否"))


def number(value: Decimal | float | None, digits: int | None = None) -> str:
    """1234567.5 → 1,234,567.5; `digits` fixes the decimals, rounding half up."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value))
    if digits is not None:
        return f"{exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"
    whole, _dot, rest = f"{exact:,f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def money(value: Decimal | float | None) -> str:
    """An amount in yuan, short: 62.4 万元, 1.02 亿元; exact to the cent on hover and in `value`."""
    if value is None:
        return NOTHING
    exact = Decimal(str(value))
    return format_html(
        '<data value="{}" title="{}">{}</data>',
        exact.quantize(CENTS, ROUND_HALF_UP),
        _("%(amount)s 元") % {"amount": number(exact, 2)},
        short_money(exact),
    )


def short_money(exact: Decimal) -> str:
    """The same as plain text, for exports of pages, notices and titles."""
    chinese = (get_language() or "zh").startswith("zh")
    for size, shown, digits in CHINESE_STEPS if chinese else ENGLISH_STEPS:
        if abs(exact) >= Decimal(size):
            scaled = (exact / Decimal(size)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
            return shown.format(number(scaled))
    return f"{number(exact)} 元" if chinese else f"CNY {number(exact)}"


def percent(ratio: Decimal | float | None, digits: int = 2) -> str:
    """0.028 → 2.80%."""
    return NOTHING if ratio is None else f"{number(Decimal(str(ratio)) * 100, digits)}%"


def day(value: Any) -> str:
    """2026-12-31."""
    if is_nothing(value):
        return NOTHING
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat()[:10])


def moment(value: datetime | None) -> str:
    """2026-11-23 16:40, where the zone is."""
    if value is None:
        return NOTHING
    local = value.astimezone(clock.zone_time())
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), f"{local:%Y-%m-%d %H:%M}"
    )


def weekday(value: date) -> str:
    """周三, or its English name."""
    return str(WEEKDAYS[value.weekday()])


def near_day(value: date | datetime | None) -> str:
    """A day as people say it: 今天 16:40, 明天, 11-25 周三; in another year 2027-01-05."""
    if value is None:
        return NOTHING
    hour = ""
    if isinstance(value, datetime):
        local = value.astimezone(clock.zone_time())
        value, hour = local.date(), f" {local:%H:%M}"
    distance = (value - clock.today()).days
    if distance in (0, 1):
        said = (_("今天") if distance == 0 else _("明天")) + hour
    elif value.year == clock.today().year:
        said = f"{value:%m-%d} {weekday(value)}"
    else:
        said = value.isoformat()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), said)


def plain(value: Any) -> Any:
    """The value for a file: numbers and days stay, moments lose their zone, HTML its tags."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else yes_no(value)
    if isinstance(value, datetime):
        return value.astimezone(clock.zone_time()).replace(tzinfo=None)
    if isinstance(value, int | float | Decimal | date):
        return value
    if isinstance(value, SafeString):
        return strip_tags(value)
    return str(value)
