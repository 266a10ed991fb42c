"""R&D of one year: one set of cost items, counted by audit, 195号 and 财税〔2015〕119号."""

from random import Random

from lianshang.cli.demo.books.turnover import Operation
from lianshang.cli.demo.books.values import Entries, yuan
from lianshang.cli.demo.profiles import Profile

_NOTHING: Entries = dict.fromkeys(
    (
        *("rd_exp", "rd_exp_hnte", "rd_exp_hnte_domestic", "rd_hnte_before_other", "rd_hnte_other"),
        *("rd_exp_super", "rd_super_five_items", "rd_super_other", "rd_super_commission_domestic"),
        *("rd_super_commission_overseas", "rd_super_reductions"),
        *("rd_super_intangible_amortisation", "transformed_results"),
    ),
    0,
)


def research(random: Random, profile: Profile, year: Operation) -> Entries:
    """The items as spent, and each programme's total with its own caps."""
    if not profile.innovates:
        return dict(_NOTHING)
    wanted = year.revenue * profile.research * random.uniform(0.985, 1.015)
    items = _items(random, wanted)
    five, other, domestic, overseas, reductions = (yuan(item) for item in items)
    buildings = yuan(five * random.uniform(0, 0.03))  # counted by 195号 only
    before_other = five + buildings + yuan(0.8 * (domestic + overseas))
    hnte = before_other + min(other, before_other // 400 * 100)  # other costs: 20 % of the total
    inland = five + min(other, yuan(five / 9)) + yuan(0.8 * domestic)  # other costs: 10 %
    abroad = min(yuan(0.8 * overseas), yuan(inland * 2 / 3))
    return {
        "rd_exp": five + buildings + other + domestic + overseas,
        "rd_exp_hnte": hnte,
        "rd_exp_hnte_domestic": hnte - yuan(0.8 * overseas),
        "rd_hnte_before_other": before_other,
        "rd_hnte_other": other,
        "rd_exp_super": max(0, inland + abroad - reductions),
        "rd_super_five_items": five,
        "rd_super_other": other,
        "rd_super_commission_domestic": domestic,
        "rd_super_commission_overseas": overseas,
        "rd_super_reductions": reductions,
        "rd_super_intangible_amortisation": yuan(five * 0.1) if random.random() < 0.1 else 0,
        "transformed_results": random.choices(range(9), [1, 2, 2, 3, 3, 4, 3, 2, 1])[0],
    }


def _items(random: Random, wanted: float) -> tuple[float, float, float, float, float]:
    """Five items, other, commissions at home and abroad, reductions: `wanted` once counted."""
    other = random.uniform(0.03, 0.13)
    domestic = random.uniform(0.05, 0.25) if random.random() < 0.3 else 0.0
    overseas = random.uniform(0.03, 0.15) if random.random() < 0.06 else 0.0
    reductions = random.uniform(0, 0.03) if random.random() < 0.2 else 0.0
    five = 1 - other - 0.8 * (domestic + overseas)
    shares = (five, other, domestic, overseas, reductions)
    return tuple(wanted * share for share in shares)  # type: ignore[return-value]  # five stay five
