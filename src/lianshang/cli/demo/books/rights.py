"""Rights held, titles, awards, market position, and what experts and officers have judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lianshang.cli.demo.actors import Actor
from lianshang.cli.demo.books.values import Entries, places
from lianshang.cli.demo.profiles import Aim, Profile, Short

_REACHED = {  # titles that come before the one a firm aims at, and that one
    Aim.NONE: (),
    Aim.TECH_SME: ("title_techsme",),
    Aim.HIGH_TECH: ("title_techsme", "title_hnte", "title_innovative_sme"),
    Aim.SRDI: ("title_techsme", "title_hnte", "title_innovative_sme", "title_srdi_sme"),
    Aim.LITTLE_GIANT: (
        "title_hnte",
        "title_innovative_sme",
        "title_srdi_sme",
        "title_little_giant",
    ),
}
_YEARS_VALID = {"title_techsme": 1}  # the others: three
_HNTE_ITEMS = {
    "hnte_points_ip_level": 8,
    "hnte_points_ip_core": 8,
    "hnte_points_rd_system": 6,
    "hnte_points_rd_institution": 6,
    "hnte_points_transfer_system": 4,
    "hnte_points_talent": 4,
}


@dataclass(frozen=True, slots=True)
class Title:
    """A title as the list announces it, first and last day included."""

    code: str
    since: date
    until: date


def patents(random: Random, profile: Profile) -> Entries:
    """Rights by class, and by each programme's way of counting: parts of what is held."""
    held1 = held2 = 0
    if profile.innovates:
        staff = profile.revenue / profile.output * profile.tech_staff
        held1 = min(400, int(random.lognormvariate(0.3, 1.0) * (1 + staff / 60)))
        held2 = min(900, int(random.lognormvariate(1.6, 0.9) * (1 + staff / 40)))
        if profile.misses(Short.PATENTS):
            held1, held2 = 0, min(held2, random.randint(1, 4))
        elif profile.aim in {Aim.SRDI, Aim.LITTLE_GIANT}:
            held1 = max(held1, random.randint(5, 9))
    own = held1 - _part(random, held1, 0.2)
    return {
        "ip1_count": held1,
        "ip2_unused_count": held2 - _part(random, held2, 0.4),
        "ip1_related_count": held1 - _part(random, held1, 0.1),
        "ip2_related_count": held2 - _part(random, held2, 0.15),
        "ip1_high_value_count": _part(random, own, 0.3),
        "ip1_self_count": own,
        "ip1_held_count": held1,
        "ip2_held_count": held2 - _part(random, held2, 0.2),
        "ip1_self_effective_count": own - _part(random, own, 0.15),
        "owns_core_ip": held1 > 0 or held2 > 1,
        "ip_self_developed": own > 0 or held2 > 0,
    }


def _part(random: Random, whole: int, share: float) -> int:
    return sum(random.random() < share for _ in range(whole))


def titles(random: Random, profile: Profile, today: date, registered_on: date) -> tuple[Title, ...]:
    """Titles held now or until lately: who misses nothing has most of them."""
    chance = 0.35 if profile.short else 0.85
    held = []
    for code in _REACHED[profile.aim]:
        own_chance = chance / 2 if code == f"title_{profile.aim}" else chance
        age = timedelta(days=random.randint(0, 1_230))
        years = _YEARS_VALID.get(code, 3)
        since = today - age * years / 3
        if random.random() < own_chance and (since - registered_on).days > 400:
            until = since.replace(year=since.year + years, day=min(since.day, 28))
            held.append(Title(code, since, until - timedelta(days=1)))
    return tuple(held)


def standing(random: Random, actor: Actor, profile: Profile, today: date) -> Entries:
    """Market position, awards, capital raised, and the yes-or-no facts of the programmes."""
    strong = profile.aim in {Aim.SRDI, Aim.LITTLE_GIANT}
    leading = profile.aim is Aim.LITTLE_GIANT
    age = (today - actor.registered_on).days / 365.25
    segment = min(age, random.uniform(3.2 if strong else 1.5, 14))
    raised = random.randrange(500, 9_000, 10) * 10_000 if random.random() < 0.12 else 0
    recent = raised if random.random() < 0.7 else 0
    award = strong and random.random() < 0.08
    return {
        "years_in_segment": int(max(0, segment)),
        "market_share": places(
            random.betavariate(2.4 if leading else 1.2, 12 if strong else 40), 4
        ),
        "domestic_rank": random.choice((1, 2, 3, 5, 8)) if strong else random.randint(6, 300),
        "new_equity_2y": recent,
        "new_equity_3y": raised,
        "strategic_emerging_industry": actor.trade.is_emerging,
        "main_business_in_western_catalogue": actor.trade.is_emerging and random.random() < 0.9,
        "srdi_quality_score": places(random.gauss(64 if strong else 46, 8), 1),
        "srdi_quality_score_last_year": places(random.gauss(62 if strong else 45, 8), 1),
        "prov_rd_institution": strong and random.random() < 0.25,
        "own_rd_institution": profile.innovates and random.random() < (0.8 if strong else 0.3),
        "standards_drafted": profile.innovates and random.random() < 0.15,
        "led_standard_5y": strong and random.random() < 0.08,
        "st_award_3y": award,
        "provincial_award_3y_top3": award and random.random() < 0.5,
        "core_process_on_it": random.random() < (0.95 if strong else 0.5),
        "certified_system_or_product": random.random() < (0.92 if strong else 0.4),
        "own_brand": random.random() < (0.9 if strong else 0.4),
        "quality_system_items": random.choices((0, 1, 2, 3), [3, 4, 2, 1])[0],
        "on_adv_mfg_list": actor.trade.is_manufacturing and strong and random.random() < 0.6,
    }


_SELDOM = (
    *("national_award_5y_top3", "national_award_3y_top5", "national_award_3y_top3"),
    *("maker_china_top500_3y", "maker_china_top50_3y", "national_tech_demonstration"),
    *("single_champion", "controlled_by_little_giant", "is_title_review"),
)


def conduct(random: Random) -> Entries:
    """What an officer has checked; a recent incident is also one of the longer windows."""
    draw = random.random()
    return {
        "abnormal_or_blacklist": random.random() < 0.02,
        "prohibited_product": random.random() < 0.004,
        "restricted_or_prohibited_industry": random.random() < 0.008,
        "major_incident_prev_year": draw < 0.005,
        "incident_or_dishonesty_2y": draw < 0.008,
        "major_violation_3y": draw < 0.013,
        **{code: random.random() < 0.003 for code in _SELDOM},
    }


def judgements(random: Random, profile: Profile) -> Entries:
    """Points and yes-or-no answers that only a person can give."""
    quality = 0.62 + 0.2 * (profile.aim in {Aim.SRDI, Aim.LITTLE_GIANT}) + random.gauss(0, 0.12)
    points: Entries = {
        code: max(0, min(most, round(most * quality + random.gauss(0, 0.5))))
        for code, most in _HNTE_ITEMS.items()
    }
    good = quality > 0.6
    return points | {
        "tech_in_supported_field": profile.innovates and random.random() < 0.93,
        "market_position_good": good,
        "brand_reputation": good and random.random() < 0.8,
        "key_field_product": good and random.random() < 0.85,
        "chain_contribution": good and random.random() < 0.8,
    }


def make_one_step_short(annual: Mapping[int, Entries], point: Entries) -> None:
    """Only R&D spending keeps the demo firm from recognition: experts gave it full points."""
    point.update(_HNTE_ITEMS)
    point |= {"tech_in_supported_field": True, "owns_core_ip": True, "ip_self_developed": True}
    point |= {"ip1_count": 3, "major_incident_prev_year": False}
    for entries in annual.values():
        entries["transformed_results"] = 6
