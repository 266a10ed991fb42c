"""What is asked of an assignment: firms, units that take them, and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Firms:
    """Firms in columns. None is what is not known; `present` and places may be left out."""

    names: Sequence[str]
    industries: Sequence[str | None]
    areas: Sequence[str | None]
    present: Sequence[str | None] = ()  # the unit each has today
    places: Sequence[tuple[float, float] | None] = ()  # kilometres in a local projection

    def __post_init__(self) -> None:
        for name in ("industries", "areas", "present", "places"):
            column = getattr(self, name)
            if len(column) != len(self.names) and (column or name in {"industries", "areas"}):
                raise ValueError(f"{len(self.names)} firms, but {len(column)} {name}")


@dataclass(frozen=True, slots=True)
class Taker:
    """A unit that takes firms: of its industries from anywhere, of its areas whatever they do."""

    name: str
    capacity: int
    industries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    place: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.capacity < 0:
            raise ValueError(f"unit {self.name}: capacity {self.capacity} is below 0")


class By(StrEnum):
    INDUSTRY = "industry"  # 行业归口
    TERRITORY = "territory"  # 属地兜底


@dataclass(frozen=True, slots=True)
class Left:
    """A firm that no unit can take, and what is not known of it: knowing it might help."""

    firm: str
    industry: str | None
    area: str | None

    @property
    def lacks(self) -> tuple[str, ...]:
        pairs = (("industry", self.industry), ("area", self.area))
        return tuple(name for name, value in pairs if value is None)


@dataclass(frozen=True, slots=True)
class Group:
    """Firms of one industry in one area; None: not known."""

    industry: str | None
    area: str | None
    firms: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """A proof: all the units that may take any of these firms have less room than there are firms.

    Whoever adds up `groups` and looks up the units of their industries and areas can check it.
    """

    groups: tuple[Group, ...]
    units: tuple[tuple[str, int], ...]  # every unit that may take one of them, with its capacity

    @property
    def firms(self) -> int:
        return sum(group.firms for group in self.groups)

    @property
    def capacity(self) -> int:
        return sum(capacity for _, capacity in self.units)

    @property
    def short(self) -> int:
        return self.firms - self.capacity


@dataclass(frozen=True, slots=True)
class Assignment:
    """Every firm's unit and why; who is left over, and the proof that it must be so."""

    unit_of: tuple[str | None, ...]
    by: tuple[By | None, ...]
    load: Mapping[str, int]
    left: tuple[Left, ...]
    shortages: tuple[Shortage, ...]  # together they are short of as many places as `left` is long
    not_known: tuple[str, ...]  # firms of which neither industry nor area is known
    kept: int
    changed: int  # firms that have another unit today
    mean_km: float | None  # of firms and units whose places are known
    step_km: float  # ways that differ by less count as equal
