"""A score table filled in: points by item, and what the next bracket would take."""

from dataclasses import dataclass

from .evaluation import Outcome
from .language.parsing import parse
from .meaning import Points
from .policy import Item, SourceReference
from .reading import in_language
from .readings import Reading, read
from .wording import Reader


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One line: the points it has or may have, and the test of the next better bracket."""

    name: str
    label: str
    sources: tuple[SourceReference, ...]
    low: int
    high: int
    most: int
    judged: bool  # the points are given by a person
    better: Reading | None
    better_points: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A score between low and high, never above its cap."""

    name: str
    label: str
    low: int
    high: int
    cap: int | None
    items: tuple[ScoredItem, ...]
    sums: tuple[str, ...]  # names of the scores added in


def scorecard(name: str, reader: Reader, outcome: Outcome) -> Scorecard:
    """One score of a policy for one enterprise."""
    score = reader.compiled.policy.scores[name]
    low, high = outcome.scores[name]
    items = reader.compiled.policy.items
    return Scorecard(
        name=name,
        label=in_language(score.label, reader.language),
        low=low,
        high=high,
        cap=score.cap,
        items=tuple(_scored(items[item], reader) for item in score.items),
        sums=score.sums,
    )


def _scored(item: Item, reader: Reader) -> ScoredItem:
    points = reader.compiled.scope.item(item.name)
    assert isinstance(points, Points)
    low, high = (reader.node(end) for end in (points.low, points.high))
    most = item.expert[1] if item.expert else max(bracket.high for bracket in item.brackets)
    better, better_points = _better(item, reader, int(high or 0))
    return ScoredItem(
        name=item.name,
        label=in_language(item.label, reader.language),
        sources=reader.compiled.policy.references(item.source),
        low=int(low or 0),
        high=int(high or 0),
        most=most,
        judged=item.expert is not None,
        better=better,
        better_points=better_points,
    )


def _better(
    item: Item, reader: Reader, points: int
) -> tuple[Reading | None, tuple[int, int] | None]:
    """The cheapest bracket that gives more points than there are now, if its test fails."""
    richer = [bracket for bracket in item.brackets if bracket.when and bracket.high > points]
    if not richer:
        return None, None
    nearest = min(richer, key=lambda bracket: bracket.high)
    return read(parse(nearest.when or ""), reader), (nearest.low, nearest.high)
