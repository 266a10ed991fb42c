"""What sort of firm it is, drawn before any figure: size, growth, aim, shortfalls."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from lianshang.cli.demo.actors import Actor, actor_random
from lianshang.cli.demo.sizes import Scale

_WAN = 10_000


class Aim(StrEnum):
    """The title a firm has in mind; its figures lie just above, or just below, the bounds."""

    NONE = "none"
    TECH_SME = "tech_sme"
    HIGH_TECH = "high_tech"
    SRDI = "srdi"
    LITTLE_GIANT = "little_giant"


class Short(StrEnum):
    """One thing in which a firm misses its aim, by little."""

    RESEARCH = "research"
    TECH_STAFF = "tech_staff"
    HIGH_TECH_REVENUE = "high_tech_revenue"
    PATENTS = "patents"
    GROWTH = "growth"
    DEBT = "debt"
    FOCUS = "focus"  # share of the main business


@dataclass(frozen=True, slots=True)
class Profile:
    """Ratios behind a firm's books; shares are of revenue unless the name says otherwise."""

    aim: Aim
    short: frozenset[Short]
    revenue: int  # yuan, last completed year
    growth: tuple[float, float, float]  # of the last completed year over the one before, and so on
    output: float  # yuan of revenue per head
    research: float  # 0: no R&D
    tech_staff: float  # share of staff
    high_tech: float  # share of income
    main: float
    debt: float  # share of assets
    assets: float
    margin: float

    @property
    def innovates(self) -> bool:
        return self.research > 0

    def misses(self, short: Short) -> bool:
        return short in self.short


def profile(actor: Actor, scale: Scale, seed: int) -> Profile:
    """Draw the profile of one actor."""
    random = actor_random(seed, actor.index, "profile")
    trade = actor.trade
    innovates = actor.is_demo_firm or random.random() < trade.innovators
    revenue = _revenue(random, actor, scale)
    aim = _aim(random, actor, revenue, innovates=innovates)
    short = frozenset({Short.RESEARCH}) if actor.is_demo_firm else _shortfalls(random, aim)
    return Profile(
        aim=aim,
        short=short,
        revenue=revenue,
        growth=_growth(random, aim, short),
        output=trade.output * _WAN * random.lognormvariate(0, 0.4),
        research=_research(random, actor, revenue, aim, short) if innovates else 0.0,
        tech_staff=_share(random, Short.TECH_STAFF in short, 0.10, spread=0.45),
        high_tech=_share(random, Short.HIGH_TECH_REVENUE in short, 0.60, spread=0.38),
        main=_main_share(random, aim, short),
        debt=_debt(random, aim, short),
        assets=trade.assets * random.lognormvariate(0, 0.35),
        margin=trade.margin + random.gauss(0, 0.06),
    )


def _revenue(random: Random, actor: Actor, scale: Scale) -> int:
    """Log-normal: the middle firm of the zone, a factor of two up or down for one standard step."""
    if actor.is_demo_firm:
        return 46_800_000
    medians = {"sole_trader": 350_000, "social_organization": 900_000}
    median = medians.get(actor.kind, scale.median_revenue)
    spread = 0.9 if actor.kind in medians else 1.9
    return int(min(40e9, random.lognormvariate(0, spread) * median))


def _aim(random: Random, actor: Actor, revenue: int, *, innovates: bool) -> Aim:
    if actor.is_demo_firm:
        return Aim.HIGH_TECH
    if not innovates or not actor.is_firm or random.random() < 0.1:
        return Aim.NONE
    if revenue >= 50_000_000:
        return random.choices(list(Aim)[1:], [1, 4, 3, 2])[0]
    if revenue >= 15_000_000:
        return random.choices(list(Aim)[1:], [3, 4, 3, 0])[0]
    return Aim.HIGH_TECH if revenue > 3_000_000 and random.random() < 0.35 else Aim.TECH_SME


def _shortfalls(random: Random, aim: Aim) -> frozenset[Short]:
    """Of those who aim at something 40 % miss nothing, 42 % one thing, the rest two."""
    if aim is Aim.NONE:
        return frozenset(short for short in Short if random.random() < 0.5)
    count = random.choices((0, 1, 2), (40, 42, 18))[0]
    return frozenset(random.sample(list(Short), count))


def _growth(random: Random, aim: Aim, short: frozenset[Short]) -> tuple[float, float, float]:
    middle = 0.12 if aim is not Aim.NONE else 0.04
    if Short.GROWTH in short:
        middle = 0.03
    first, second, third = (max(-0.6, random.gauss(middle, 0.12)) for _ in range(3))
    if aim is not Aim.NONE and Short.GROWTH not in short:
        first = max(first, 0.055)
    return first, second, third


def _research(
    random: Random, actor: Actor, revenue: int, aim: Aim, short: frozenset[Short]
) -> float:
    """A firm with an aim spends what the rule asks and a little more, or a little less."""
    required = 0.05 if revenue <= 50_000_000 else 0.04 if revenue <= 200_000_000 else 0.03
    if aim is Aim.TECH_SME:
        required = 0.06
    if Short.RESEARCH in short:
        return required * random.uniform(0.86, 0.985)
    if aim is Aim.NONE:
        return required * random.uniform(0.1, 0.9)
    return max(
        required * random.uniform(1.06, 1.3), actor.trade.research * random.uniform(0.6, 1.3)
    )


def _share(random: Random, is_short: bool, bound: float, *, spread: float) -> float:
    """A share above its bound by a random part of what is left, or just below it."""
    if is_short:
        return bound * random.uniform(0.82, 0.985)
    return min(0.98, bound * 1.04 + spread * random.betavariate(1.4, 2.2))


def _main_share(random: Random, aim: Aim, short: frozenset[Short]) -> float:
    bound = 0.9 if aim is Aim.LITTLE_GIANT else 0.8 if aim is Aim.SRDI else 0.7
    if Short.FOCUS in short:
        return bound * random.uniform(0.93, 0.995)
    return random.uniform(bound + 0.01, 0.995)


def _debt(random: Random, aim: Aim, short: frozenset[Short]) -> float:
    bound = 0.75 if aim is Aim.LITTLE_GIANT else 0.8 if aim is Aim.SRDI else 0.55
    if Short.DEBT in short:
        return bound * random.uniform(1.01, 1.12)
    return bound * random.betavariate(4, 2.4)
