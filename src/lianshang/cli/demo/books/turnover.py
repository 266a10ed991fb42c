"""Revenue in its four legal meanings, costs, assets and staff of one completed year."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from lianshang.cli.demo.books.values import Entries, average, scaled, yuan
from lianshang.cli.demo.profiles import Profile
from lianshang.cli.demo.trades import Trade

# No super-deduction (财税〔2015〕119号 四): trade, hotels, catering, property, business services
_EXCLUDED_INDUSTRIES = ("F", "H", "K", "L")


@dataclass(frozen=True, slots=True)
class Operation:
    """How one year went: revenue in yuan, staff at both ends, profit before R&D relief."""

    revenue: int
    staff_start: int
    staff_end: int
    profit: int


def operations(random: Random, profile: Profile, years: int, first_share: float) -> list[Operation]:
    """The last `years` completed years, latest first; the opening year lasts `first_share`."""
    found: list[Operation] = []
    revenue = float(profile.revenue)
    for back in range(years):
        opening = back == years - 1 and first_share < 1
        turnover = yuan(revenue * (first_share if opening else 1))
        found.append(
            Operation(
                revenue=turnover,
                staff_start=0 if opening else _staff(profile, revenue / (1 + profile.growth[back])),
                staff_end=_staff(profile, revenue),
                profit=yuan(turnover * (profile.margin + random.gauss(0, 0.015))),
            )
        )
        revenue /= 1 + profile.growth[back]
    return found


def _staff(profile: Profile, revenue: float) -> int:
    return max(1, round(revenue / profile.output))


def turnover(random: Random, profile: Profile, trade: Trade, year: Operation) -> Entries:
    """Revenue by the income statement, the tax return, the recognition rules; what it cost."""
    revenue = year.revenue
    # one in five has other business income that the tax return counts and the statement nets
    sales = yuan(revenue * random.uniform(1.0, 1.02)) if random.random() < 0.2 else revenue
    invested = yuan(revenue * random.uniform(0, 0.01)) if random.random() < 0.25 else 0
    granted = yuan(revenue * random.uniform(0, 0.02)) if profile.innovates else 0
    total = sales + invested + granted
    counted = total - granted // 200 * 100  # half of the grants is non-taxable
    main = yuan(revenue * min(1.0, profile.main * random.uniform(0.99, 1.01)))
    high_tech = yuan(counted * profile.high_tech) if profile.innovates else 0
    excluded = trade.code.startswith(_EXCLUDED_INDUSTRIES)
    return {
        "revenue": revenue,
        "main_rev": main,
        "sales_rev": sales,
        "total_income": total,
        "total_rev": counted,
        "hightech_rev": min(high_tech, counted),
        "investment_income": invested,
        "cost_expense_total": max(0, revenue - year.profit),
        "excluded_business_revenue": main if excluded else yuan(revenue * random.uniform(0, 0.12)),
        "western_main_rev": main if trade.is_emerging else 0,
        "mfg_sales": main if trade.is_manufacturing else 0,
        "vat_total_sales": sales,
    }


def balance(random: Random, profile: Profile, year: Operation, back: int) -> Entries:
    """Assets and debts at the end of the year, and their mean over its quarters."""
    assets = yuan(year.revenue * profile.assets * random.uniform(0.98, 1.02))
    debts = yuan(assets * min(1.3, profile.debt * (1 + 0.015 * back)))
    return {
        "total_assets": assets,
        "total_liabilities": debts,
        "net_assets": assets - debts,
        "assets_avg_quarterly": yuan(assets * random.uniform(0.94, 1.0)),
    }


def people(random: Random, profile: Profile, year: Operation) -> Entries:
    """Staff at year end and by each programme's average (195号, 115号, 公告2023年第12号)."""
    spread = (year.staff_end - year.staff_start) * 0.2
    monthly = average(year.staff_start, year.staff_end, random.uniform(-spread, spread))
    quarterly = average(year.staff_start, year.staff_end, random.uniform(-spread, spread))
    share = profile.tech_staff if profile.innovates else profile.tech_staff * random.uniform(0, 0.6)
    technical = scaled(monthly, share)
    dispatched = random.randint(1, 12) if year.staff_end > 40 and random.random() < 0.3 else 0
    return {
        "staff_end": year.staff_end,
        "staff_avg_monthly": monthly,
        "tech_staff_avg_monthly": technical,
        "staff_avg_quarterly": quarterly,
        "tech_staff_avg_quarterly": scaled(quarterly, share),
        "rd_staff_avg": scaled(technical, random.uniform(0.6, 0.98)),
        "tax_staff_avg_quarterly": quarterly + Decimal(dispatched),
    }
