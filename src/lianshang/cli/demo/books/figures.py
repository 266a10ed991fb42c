"""All figures of one actor: annual by year, the rest as they stand on the day, and its titles."""

from dataclasses import dataclass
from datetime import date
from random import Random

from lianshang.cli.demo.actors import Actor, actor_random
from lianshang.cli.demo.books import research, rights, taxes, turnover
from lianshang.cli.demo.books.rights import Title
from lianshang.cli.demo.books.values import Entries
from lianshang.cli.demo.profiles import Profile, profile
from lianshang.cli.demo.sizes import Scale

YEARS = 3  # completed years that the offices have on file


@dataclass(frozen=True, slots=True)
class Figures:
    """The truth about one actor; the registers hold parts of it, with their own mistakes."""

    actor: Actor
    profile: Profile
    annual: dict[int, Entries]  # latest year first
    point: Entries
    titles: tuple[Title, ...]

    @property
    def last_year(self) -> Entries:
        """The last completed year; empty for an actor registered since."""
        return next(iter(self.annual.values()), {})


def keep_books(actor: Actor, scale: Scale, seed: int, today: date) -> Figures:
    """Keep the books of one actor. Who is not operating any more has none for the last years."""
    drawn = profile(actor, scale, seed)
    years = min(YEARS, today.year - actor.registered_on.year) if actor.is_operating else 0
    random = actor_random(seed, actor.index, "books")
    start = actor.registered_on
    first_share = 1.0
    if years < YEARS or start.year == today.year - YEARS:
        first_share = max(0.05, (date(start.year, 12, 31) - start).days / 365)
    course = turnover.operations(random, drawn, years, first_share)
    losses = taxes.unused_losses(random, drawn, today.year - 1 - start.year)
    annual: dict[int, Entries] = {}
    for back, year in enumerate(course):
        spent = research.research(random, drawn, year)
        annual[today.year - 1 - back] = {
            **turnover.turnover(random, drawn, actor.trade, year),
            **turnover.balance(random, drawn, year, back),
            **turnover.people(random, drawn, year),
            **spent,
            **taxes.income(random, drawn, year, spent, 0 if back else sum(losses)),
        }
    point = _point(actor, drawn, course, seed, today) if actor.is_operating else {}
    held = rights.titles(random, drawn, today, start) if actor.is_operating else ()
    if actor.is_demo_firm:
        held = tuple(one for one in held if one.code != "title_hnte")
        rights.make_one_step_short(annual, point)
    for title in held:
        if title.code == "title_hnte":
            point["hnte_certificate_year"] = title.since.year
    if course:
        _carry_losses(annual, losses, held, today.year - 1)
        _last_year_only(
            annual[today.year - 1],
            point,
            actor_random(seed, actor.index, "special"),
            drawn,
            course[0],
        )
    return Figures(actor, drawn, annual, point, held)


def _point(
    actor: Actor, drawn: Profile, course: list[turnover.Operation], seed: int, today: date
) -> Entries:
    random = actor_random(seed, actor.index, "standing")
    point = rights.patents(random, drawn) | rights.standing(random, actor, drawn, today)
    point |= rights.conduct(random) | rights.judgements(random, drawn)
    if course:
        point |= taxes.collection(random, drawn)
        point |= taxes.value_added_tax(random, drawn, actor.trade)
        if actor.trade.is_manufacturing and random.random() < 0.25:
            point |= taxes.equipment(random, today)
    return point


def _last_year_only(
    latest: Entries, point: Entries, random: Random, drawn: Profile, year: turnover.Operation
) -> None:
    if drawn.innovates and random.random() < 0.05:
        latest |= taxes.transfer(random, year)
    if not point["audited_collection"]:
        latest |= taxes.deemed_income(latest)
    latest["hnte_cancelled"] = random.random() < 0.003
    point |= taxes.year_to_date(random, latest)


def _carry_losses(
    annual: dict[int, Entries], losses: list[int], held: tuple[Title, ...], last: int
) -> None:
    """What is left of each earlier year's loss, and in which years a title was valid."""
    for back, lost in enumerate(losses, start=1):
        annual.setdefault(last - back, {})["unused_loss"] = lost
    counted = [one for one in held if one.code in {"title_hnte", "title_techsme"}]
    for year in range(last - taxes.LOSS_YEARS, last + 1):
        annual[year]["hnte_or_techsme_status"] = any(
            one.since.year <= year <= one.until.year for one in counted
        )
