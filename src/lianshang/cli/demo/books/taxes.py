"""What the tax return says: income, losses carried, VAT of the last period, small taxes."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from lianshang.cli.demo.books.turnover import Operation
from lianshang.cli.demo.books.values import Entries, places, yuan
from lianshang.cli.demo.profiles import Profile
from lianshang.cli.demo.trades import Trade

_DEEMED_RATE = Decimal("0.10")
_VAT_QUARTER = 300_000  # yuan of sales below which a small payer's quarter is free of VAT
LOSS_YEARS = 10


def income(
    random: Random, profile: Profile, year: Operation, spent: Entries, losses: int
) -> Entries:
    """Income before and after R&D relief and carried losses; negative is a loss."""
    before = yuan(year.profit * random.uniform(0.97, 1.06))
    relief = spent["rd_exp_super"] if profile.innovates else 0
    assert isinstance(relief, int)
    after = before - relief
    return {
        "income_before_super_deduction": before,
        "income_before_loss": after,
        "taxable_income": after - min(max(after, 0), losses),
        "six_taxes_two_fees_payable": yuan(year.revenue * random.uniform(0.0015, 0.005)),
    }


def unused_losses(random: Random, profile: Profile, years: int) -> list[int]:
    """What is left of the loss of each of the ten years before the last one, latest first."""
    share = 0.18 if profile.innovates else 0.08
    losses = []
    for back in range(LOSS_YEARS):
        lost = back < years and random.random() < share
        losses.append(yuan(profile.revenue * random.uniform(0.005, 0.06)) if lost else 0)
    return losses


def collection(random: Random, profile: Profile) -> Entries:
    """Whether accounts are audited; a small firm without R&D may be taxed on a deemed income."""
    deemed = not profile.innovates and profile.revenue < 3_000_000 and random.random() < 0.3
    return {
        "audited_collection": not deemed,
        "sound_accounts": not deemed and (profile.innovates or random.random() < 0.8),
    }


def deemed_income(latest: Entries) -> Entries:
    """The taxable income of a firm that is taxed on its costs at a deemed rate."""
    cost = latest["cost_expense_total"]
    assert isinstance(cost, int)
    taxable = yuan(cost * float(_DEEMED_RATE / (1 - _DEEMED_RATE)))
    return {"deemed_cost": cost, "deemed_rate": _DEEMED_RATE, "taxable_income": taxable}


def transfer(random: Random, year: Operation) -> Entries:
    """A sale of technology: few firms have one."""
    price = yuan(min(30e6, year.revenue * random.uniform(0.02, 0.3)))
    return {
        "transfer_revenue": price,
        "transfer_cost": yuan(price * random.uniform(0.1, 0.3)),
        "transfer_taxes": yuan(price * 0.006),
        "licence_amortisation": 0,
        "transfer_contract_registered": random.random() < 0.85,
        "transfer_object_in_scope": random.random() < 0.9,
        "transfer_export_restricted": False,
        "transfer_related_100pct": random.random() < 0.1,
    }


def value_added_tax(random: Random, profile: Profile, trade: Trade) -> Entries:
    """The last quarter or month of VAT."""
    small = profile.revenue < 5_000_000
    monthly = not small or random.random() < 0.1
    sales = yuan(profile.revenue / (12 if monthly else 4) * random.uniform(0.7, 1.3))
    if small and not monthly and random.random() < 0.12:  # just under, at, or just over the bound
        sales = _VAT_QUARTER + random.choice((-20_000, -3_000, 0, 0, 2_000, 15_000))
    entries: Entries = {
        "vat_payer_type": "small" if small else "general",
        "vat_filing_period": "month" if monthly else "quarter",
        "vat_period_sales": sales,
        "vat_period_real_estate_sales": 0,
        "vat_period_special_invoice_1pct": yuan(sales * 0.2) if small else 0,
        "vat_period_special_invoice_3pct": 0,
    }
    if not small:
        bought = yuan(sales * 0.13 * random.uniform(0.5, 1.05))
        entries |= {
            "output_vat": yuan(sales * (0.13 if trade.is_manufacturing else 0.06)),
            "input_vat_creditable": bought,
            "input_vat_export": yuan(bought * 0.1) if random.random() < 0.15 else 0,
            "input_vat_transferred_out": 0,
            "add_on_carried_in": yuan(bought * 0.01) if random.random() < 0.3 else 0,
        }
    return entries


def equipment(random: Random, today: date) -> Entries:
    """One machine bought lately, sometimes dearer than five million yuan."""
    value = yuan(min(9e6, random.lognormvariate(13.4, 1.1)))
    return {
        "equipment_unit_value": value,
        "equipment_purchased_on": today - timedelta(days=random.randint(20, 500)),
        "equipment_is_building": random.random() < 0.04,
        "equipment_ordinary_depreciation": yuan(value / 10),
    }


def year_to_date(random: Random, latest: Entries) -> Entries:
    """Three quarters of this year, near three quarters of the last."""
    taxable, staff, assets = (
        float(latest[code])  # type: ignore[arg-type]  # all three are numbers
        for code in ("taxable_income", "tax_staff_avg_quarterly", "assets_avg_quarterly")
    )
    growth = random.uniform(0.9, 1.25)
    return {
        "taxable_income_ytd": yuan(taxable * 0.75 * growth),
        "tax_staff_avg_quarterly_ytd": places(staff * growth, 2),
        "assets_avg_quarterly_ytd": yuan(assets * growth),
    }
