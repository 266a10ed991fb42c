"""Who is in the register: name, code, form, place and age of every actor of the invented zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lianshang.cli.demo import names
from lianshang.cli.demo.sizes import Scale
from lianshang.cli.demo.trades import (
    ASSOCIATION,
    INSTITUTE,
    NEW_RD_INSTITUTION,
    SHOPS,
    TRADES,
    Trade,
)
from lianshang.cli.demo.zone import PARKS, DemoPark
from lianshang.engines.standards.creditcode import new_credit_code

# No province begins with 99, and the bodies are in the private range of GB 11714: nobody's codes.
_DIVISIONS = ("990001", "990002", "990003", "990004")
_SERIALS = 99_999  # bodies in the private range
_FLAGSHIP = next(trade for trade in TRADES if "光电" in trade.words)
_FLAGSHIP_DAYS = 2_500


@dataclass(frozen=True, slots=True)
class Actor:
    """One row of the truth behind the registers."""

    index: int
    kind: str  # lianshang.apps.enterprises.choices.ActorKind
    form: str  # the legal form as the registrar writes it
    name: str
    former_name: str
    credit_code: str
    status: str  # lianshang.apps.enterprises.choices.ActorStatus
    registered_on: date
    trade: Trade
    park: DemoPark
    registered_address: str
    operating_address: str
    longitude: float
    latitude: float
    contact: str
    phone: str

    @property
    def is_demo_firm(self) -> bool:
        """The firm of the demo account: the first of all, known to every office, never spoiled."""
        return self.index == 0

    @property
    def is_operating(self) -> bool:
        return self.status == "operating"

    @property
    def is_firm(self) -> bool:
        return self.kind == "firm"


@dataclass(frozen=True, slots=True)
class _Breed:
    """What sets one kind of actor apart when it is made."""

    kind: str
    prefix: str
    forms: tuple[str, ...]
    endings: tuple[str, ...]
    trades: tuple[Trade, ...]


_FIRMS = _Breed(
    "firm",
    "91",
    (
        "有限责任公司(自然人投资或控股)",
        "有限责任公司(法人独资)",
        "股份有限公司(非上市、自然人投资或控股)",
    ),
    ("有限公司", "有限公司", "股份有限公司"),
    TRADES,
)
_BREEDS = {
    "firm": _FIRMS,
    "sole_trader": _Breed("sole_trader", "92", ("个体工商户",), ("",), SHOPS),
    "institute": _Breed("institute", "12", ("事业单位（科研院所）",), ("研究所",), (INSTITUTE,)),
    "new_rd_institution": _Breed(
        "new_rd_institution",
        "52",
        ("民办非企业单位（新型研发机构）",),
        ("创新研究院",),
        (NEW_RD_INSTITUTION,),
    ),
    "social_organization": _Breed(
        "social_organization", "51", ("社会团体",), ("促进会",), (ASSOCIATION,)
    ),
}


def actor_random(seed: int, index: int, topic: str) -> Random:
    """The dice of one actor for one topic, so that a change elsewhere does not change it."""
    return Random(f"{seed}/{index}/{topic}")


def actors(scale: Scale, seed: int, today: date) -> Iterator[Actor]:
    """Everybody, one after another: the kinds are mixed as in a register kept for years."""
    namer = names.Namer(scale.actors, seed)
    for index, kind in enumerate(_kinds(scale, seed)):
        yield _actor(index, _BREEDS[kind], namer, scale, today)


def _kinds(scale: Scale, seed: int) -> list[str]:
    counts = {
        "firm": scale.firms,
        "sole_trader": scale.sole_traders,
        "institute": scale.institutes,
        "new_rd_institution": scale.new_rd_institutions,
        "social_organization": scale.social_organizations,
    }
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    Random(f"{seed}/kinds").shuffle(kinds)
    kinds[kinds.index("firm")], kinds[0] = kinds[0], "firm"  # the demo firm is the first of all
    return kinds


def _actor(index: int, breed: _Breed, namer: names.Namer, scale: Scale, today: date) -> Actor:
    random = actor_random(namer.seed, index, "register")
    brand = namer.brand(index)
    trade = random.choices(breed.trades, [one.weight for one in breed.trades])[0]
    registered_on = _registered_on(random, today)
    if index == 0:  # the firm of the demo account does R&D and has closed several years
        trade, registered_on = _FLAGSHIP, today - timedelta(days=_FLAGSHIP_DAYS)
    choice = random.choices(range(len(breed.forms)), [6, 2, 1][: len(breed.forms)])[0]
    word, old_word = random.choice(trade.words), random.choice(trade.words)
    park = _park(random, trade, scale.parks)
    has_former_name = random.random() < 0.08 and (today - registered_on).days > 900
    address = names.address(random, park.name, trade)
    moved = names.address(random, park.name, trade) if random.random() < 0.3 else address
    longitude, latitude = park.point(random.random(), random.random())
    return Actor(
        index=index,
        kind=breed.kind,
        form=breed.forms[choice],
        name=names.firm_name(brand, word, breed.endings[choice]),
        # a former name keeps the brand, so nobody else ever had it
        former_name=names.firm_name(brand, old_word, "商行") if has_former_name else "",
        credit_code=new_credit_code(
            breed.prefix + _DIVISIONS[index // _SERIALS], index % _SERIALS + 1
        ),
        status=_status(random, index),
        registered_on=registered_on,
        trade=trade,
        park=park,
        registered_address=address,
        operating_address=moved,
        longitude=longitude,
        latitude=latitude,
        contact=names.person(random),
        phone=names.phone(random),
    )


def _park(random: Random, trade: Trade, parks: int) -> DemoPark:
    """Four of five work in a park made for their trade, where there is one."""
    chosen = PARKS[:parks]
    fitting = [park for park in chosen if trade.code.startswith(park.trades)]
    return random.choice(fitting if fitting and random.random() < 0.8 else chosen)


def _registered_on(random: Random, today: date) -> date:
    """Half of the firms are younger than five years, one in twenty younger than one, a few old."""
    years = min(38.0, random.lognormvariate(1.6, 1.0))
    return today - timedelta(days=max(20, int(years * 365.25)))


def _status(random: Random, index: int) -> str:
    draw = random.random()
    if index == 0 or draw < 0.955:
        return "operating"
    states = ("deregistered", "revoked", "moved_out", "suspended")
    return random.choices(states, [5, 2, 2, 2])[0]
