"""What would cover a firm that nobody covers: alone, jointly and with whom, by joining, by an
instructor — from what is known only. 行业归口、属地兜底: same park and trade first, then near ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, hypot, radians
from typing import TYPE_CHECKING

from lianshang.apps.party.choices import Suggested

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

METRES_A_DEGREE = 111_320


@dataclass(frozen=True)
class Alone:
    """A firm without an organisation: `full` members where somebody told, else None."""

    key: int
    name: str
    full: int | None
    park: int | None
    trade: str  # division of GB/T 4754, "" where unknown
    at: tuple[float, float] | None  # longitude, latitude


@dataclass(frozen=True)
class Room:
    """A joint branch that may take more firms: how many it has, and where they are."""

    key: int
    name: str
    units: int
    park: int | None
    trades: frozenset[str]
    at: tuple[float, float] | None


@dataclass(frozen=True)
class Limits:
    """The numbers of the rules."""

    branch_least: int
    branch_most: int
    joint_units: int
    near_metres: int


@dataclass(frozen=True)
class Suggestion:
    """What to do about one firm, with whom, and how near the furthest of them is in metres."""

    kind: Suggested
    members: int | None = None  # full members together
    partners: tuple[int, ...] = ()  # firms
    organization: int | None = None
    metres: int | None = None
    same_park: bool = False
    same_trade: bool = False


@dataclass
class _Group:
    firms: list[Alone] = field(default_factory=list)

    @property
    def full(self) -> int:
        return sum(firm.full or 0 for firm in self.firms)


def suggest(
    firms: Sequence[Alone], rooms: Sequence[Room], limits: Limits
) -> Mapping[int, Suggestion]:
    """A suggestion for each firm by its key. Firms with too few members are grouped so that every
    group has enough members and not too many firms; who is left over joins a branch with room.
    """
    found: dict[int, Suggestion] = {}
    few: list[Alone] = []
    for firm in sorted(firms, key=lambda one: one.key):
        if firm.full is None:
            found[firm.key] = Suggestion(Suggested.COUNT)
        elif firm.full >= limits.branch_least:
            found[firm.key] = Suggestion(Suggested.SINGLE, members=firm.full)
        elif firm.full == 0:
            found[firm.key] = Suggestion(Suggested.INSTRUCTOR, members=0)
        else:
            few.append(firm)
    for group in _groups(few, limits):
        found.update(_jointly(group))
    taken: dict[int, int] = {}
    for firm in few:
        if firm.key not in found:
            found[firm.key] = _elsewhere(firm, rooms, taken, limits)
    return found


def _groups(few: Sequence[Alone], limits: Limits) -> list[_Group]:
    """Groups by park and trade first, then by park, then by trade, then of whoever is near."""
    ways: tuple[Callable[[Alone], object | None], ...] = (
        lambda firm: (firm.park, firm.trade) if firm.park and firm.trade else None,
        lambda firm: firm.park,
        lambda firm: firm.trade or None,
        lambda firm: "near" if firm.at else None,
    )
    done: list[_Group] = []
    left = list(few)
    for way in ways:
        buckets: dict[object, list[Alone]] = {}
        for firm in left:
            if (key := way(firm)) is not None:
                buckets.setdefault(key, []).append(firm)
        for bucket in buckets.values():
            done += _grouped(bucket, limits)
        placed = {firm.key for group in done for firm in group.firms}
        left = [firm for firm in left if firm.key not in placed]
    return done


def _grouped(bucket: list[Alone], limits: Limits) -> list[_Group]:
    """Groups inside one bucket: from the firm furthest out, the nearest ones until it is enough."""
    left, done = list(bucket), []
    while left:
        start = max(left, key=lambda firm: (_spread(firm, left), -firm.key))
        group = _Group([start])
        near = sorted(
            (firm for firm in left if firm is not start and _may_meet(start, firm, limits)),
            key=lambda firm: (_metres(start.at, firm.at) or 0, firm.key),
        )
        for firm in near:
            if group.full >= limits.branch_least or len(group.firms) == limits.joint_units:
                break
            if group.full + (firm.full or 0) <= limits.branch_most:
                group.firms.append(firm)
        if group.full < limits.branch_least:
            left.remove(start)  # whoever cannot be grouped from here is asked again in a wider one
            continue
        done.append(group)
        left = [firm for firm in left if firm not in group.firms]
    _fill_up(bucket, done, limits)
    return done


def _fill_up(bucket: Iterable[Alone], groups: list[_Group], limits: Limits) -> None:
    """Who was left over in a bucket joins the nearest of its groups that has room."""
    placed = {firm.key for group in groups for firm in group.firms}
    for firm in bucket:
        if firm.key in placed:
            continue
        open_ones = [
            group
            for group in groups
            if len(group.firms) < limits.joint_units
            and group.full + (firm.full or 0) <= limits.branch_most
            and all(_may_meet(firm, other, limits) for other in group.firms)
        ]
        if open_ones:
            min(open_ones, key=lambda one: _furthest(firm, one.firms)).firms.append(firm)


def _jointly(group: _Group) -> dict[int, Suggestion]:
    firms = group.firms
    same_park = len({firm.park for firm in firms}) == 1 and firms[0].park is not None
    same_trade = len({firm.trade for firm in firms}) == 1 and firms[0].trade != ""
    return {
        firm.key: Suggestion(
            Suggested.JOINT,
            members=group.full,
            partners=tuple(sorted(other.key for other in firms if other is not firm)),
            metres=_furthest(firm, firms) if firm.at else None,
            same_park=same_park,
            same_trade=same_trade,
        )
        for firm in firms
    }


def _elsewhere(
    firm: Alone, rooms: Sequence[Room], taken: dict[int, int], limits: Limits
) -> Suggestion:
    """A joint branch with room in its park, of its trade or near; else an instructor."""

    def fits(room: Room) -> bool:
        near = _metres(firm.at, room.at)
        return room.units + taken.get(room.key, 0) < limits.joint_units and (
            (firm.park is not None and room.park == firm.park)
            or firm.trade in room.trades
            or (near is not None and near <= limits.near_metres)
        )

    fitting = [room for room in rooms if fits(room)]
    if not fitting:
        return Suggestion(Suggested.INSTRUCTOR, members=firm.full)
    room = min(
        fitting,
        key=lambda one: (
            one.park != firm.park,
            firm.trade not in one.trades,
            _metres(firm.at, one.at) or 0,
            one.key,
        ),
    )
    taken[room.key] = taken.get(room.key, 0) + 1
    return Suggestion(
        Suggested.JOIN,
        members=firm.full,
        organization=room.key,
        metres=_metres(firm.at, room.at),
        same_park=firm.park is not None and room.park == firm.park,
        same_trade=firm.trade in room.trades,
    )


def _may_meet(one: Alone, other: Alone, limits: Limits) -> bool:
    """Neighbours: of one park, or not further apart than the rule says."""
    if one.park is not None and one.park == other.park:
        return True
    apart = _metres(one.at, other.at)
    return apart is not None and apart <= limits.near_metres


def _spread(firm: Alone, others: Iterable[Alone]) -> int:
    return sum(_metres(firm.at, other.at) or 0 for other in others)


def _furthest(firm: Alone, others: Iterable[Alone]) -> int:
    return max((_metres(firm.at, other.at) or 0 for other in others), default=0)


def _metres(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int | None:
    """Between two points some kilometres apart at most."""
    if one is None or other is None:
        return None
    across = (one[0] - other[0]) * cos(radians((one[1] + other[1]) / 2))
    return round(hypot(across, one[1] - other[1]) * METRES_A_DEGREE)
