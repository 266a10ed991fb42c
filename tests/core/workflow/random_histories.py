"""Random histories of duties: legal acts at random minutes, nights and holidays included."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.core.workflow.histories import Row, rule
from tests.engines.worktime.china import SHANGHAI, at

from lianshang.core.workflow.flows import FLOWS

FIRST, NOW = at("2025-01-01 00:00"), at("2027-02-10 10:07")
UNITS = 6
LEVELS: dict[str, dict[str, dict[str, Any]]] = {
    "task": {
        "normal": {"close": rule(5)},
        "urgent": {"contact": rule(4, "working_hours"), "close": rule(2)},
        "critical": {"contact": rule(1, "natural_hours"), "close": rule(1)},
    },
    "request": {
        "normal": {"contact": rule(1, "working_hours"), "stage": rule(3), "close": rule(5)},
        "urgent": {"contact": rule(1, "natural_hours"), "stage": rule(1), "close": rule(2)},
        "critical": {"contact": rule(1, "natural_hours"), "close": rule(24, "natural_hours")},
    },
    "instruction": {
        "normal": {"stage": rule(3, start="next"), "close": rule(15, start="next")},
        "urgent": {"stage": rule(7, "working_hours"), "close": rule(3)},
        "critical": {"close": rule(2, "natural_days", start="next")},
    },
    "rectification": {
        "normal": {"stage": rule(5, repeats=True), "close": rule(15)},
        "urgent": {"stage": rule(10, "natural_days", repeats=True), "close": rule(30)},
        "critical": {"stage": rule(1, repeats=True), "close": rule(60, "natural_days")},
    },
    "deed": {level: {"contact": rule(5)} for level in ("normal", "urgent", "critical")},
}
LIKELY = {"contact": 4, "report": 4, "accept": 6, "promise": 6, "pause": 3, "claim": 4}
LIKELY |= {"confirm": 6, "publish": 2, "cancel": 0.3, "supply": 2, "reopen": 0.6, "object": 0.6}
GAPS = (0, 1, 7, 45, 90, 180, 480, 1_440, 2_880, 5_040, 10_080, 20_160)  # minutes


@dataclass
class History:
    """One duty's log, and what its row repeats of it."""

    flow: str
    rows: list[Row]
    asker: int
    owner: int
    state: str = "waiting"
    urgency: str = "normal"
    helpers: set[int] = field(default_factory=set)
    former: set[int] = field(default_factory=set)


def histories(seed: int, amount: int) -> list[History]:
    """So many, always the same for a seed."""
    chance = Random(seed)
    return [_history(chance) for _number in range(amount)]


def _history(chance: Random) -> History:
    flow = chance.choice(list(LEVELS))
    moment = _opening(chance)
    owner, asker, *helpers = chance.sample(range(1, UNITS + 1), 2 + chance.choice((0, 0, 1)))
    urgency = chance.choice(("normal", "normal", "urgent", "critical"))
    told: dict[str, Any] = {"unit": owner, "urgency": urgency, "clocks": LEVELS[flow][urgency]}
    if helpers:
        told["units"] = helpers
    if chance.random() < 0.1:
        told["day"] = (moment + timedelta(days=chance.randrange(20))).date().isoformat()
    found = History(flow, [], asker, owner, urgency=urgency, helpers=set(helpers))
    found.rows.append(Row(1, "open", moment, "", "waiting", "", told))
    for _act in range(chance.choice((0, 1, 2, 3, 5, 8, 12, 20))):
        moment += timedelta(minutes=chance.randrange(2 * chance.choice(GAPS) + 1))
        if moment > NOW or not _step(found, moment, chance):
            break
    return found


def _opening(chance: Random) -> datetime:
    """Half of them in the last two months, so that many are open."""
    days = (NOW - FIRST).days
    day = chance.randrange(days) if chance.random() < 0.5 else days - chance.randrange(60)
    minute = chance.choice((chance.randrange(1_440), 540 + chance.randrange(510), 1_050, 720))
    return min(FIRST + timedelta(days=day, minutes=minute), NOW).astimezone(SHANGHAI)


def _step(found: History, moment: datetime, chance: Random) -> bool:
    """One more act, if any can be done."""
    possible = [row for row in FLOWS[found.flow].rows if found.state in row.states]
    if not found.helpers:
        possible = [row for row in possible if row.act != "leave"]
    if not possible:
        return False
    row = chance.choices(possible, [LIKELY.get(one.act, 1) for one in possible])[0]
    told = _told(found, row.act, moment, chance)
    to_state = str(row.to or found.state)
    number = len(found.rows) + 1
    found.rows.append(
        Row(number, str(row.act), moment, found.state, to_state, f"理由{number}", told)
    )
    found.state = to_state
    return True


def _told(found: History, act: str, moment: datetime, chance: Random) -> dict[str, Any]:
    """What the act is told; parts and urgency follow."""
    others = [one for one in range(1, UNITS + 1) if one != found.owner]
    told: dict[str, Any] = {}
    if act in {"hand_over", "uphold"}:
        told["unit"] = chance.choice(others)
        found.former = (found.former | {found.owner}) - {told["unit"]}
        found.helpers -= {told["unit"]}
        found.owner = told["unit"]
    if act == "join":
        told["unit"] = chance.choice(others)
        found.helpers.add(told["unit"])
    if act == "leave":
        told["unit"] = chance.choice(sorted(found.helpers))
        found.helpers.remove(told["unit"])
    if act == "press":
        found.urgency = told["urgency"] = chance.choice(("normal", "urgent", "critical"))
    if act in {"press", "uphold"}:
        told["clocks"] = LEVELS[found.flow][found.urgency]
    if act == "extend":
        told["amount"] = chance.randint(1, 10)
    if act == "promise" or (act == "reopen" and found.flow == "deed"):
        told["day"] = (moment + timedelta(days=chance.randrange(40))).date().isoformat()
    return told
