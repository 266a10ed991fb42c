"""Events: an action tells what happened; apps above react, in the same transaction.

An event is a frozen dataclass in the `events.py` of the app that publishes it. A reaction only
defers a job: whoever publishes never waits for whoever listens.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")
_reactions: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def reaction(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Subscribe a function of a `reactions.py` to an event type."""

    def subscribe(function: Callable[[E], None]) -> Callable[[E], None]:
        if function not in _reactions[event_type]:
            _reactions[event_type].append(function)
        return function

    return subscribe


def publish(event: object) -> None:
    """Tell every subscriber, inside the publisher's transaction."""
    for react in _reactions[type(event)]:
        react(event)
