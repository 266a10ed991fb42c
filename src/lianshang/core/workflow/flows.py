"""The tables of states and transitions: what may be done, from where, by whom, with what.

One table per flow; a kind of duty names its flow. Nothing else in the program decides what is
allowed: pages build their buttons and forms from these rows, the log is replayed with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.core.workflow.choices import OPEN, Act, FlowName, Need, State, Who

SAME = None  # the act leaves the state as it is
STAFF = (Who.OWNER, Who.CO_OWNER)


@dataclass(frozen=True)
class Transition:
    """One row: the act may be done in `states` by `who`, leads to `to`, must be told `needs`."""

    act: Act
    states: tuple[State, ...]
    to: State | None
    who: tuple[Who, ...]
    needs: tuple[Need, ...] = ()
    label: str | Promise = ""

    @property
    def name(self) -> str | Promise:
        return self.label or self.act.label


@dataclass(frozen=True)
class Flow:
    """A table, and the words in which this flow speaks of its states."""

    name: FlowName
    rows: tuple[Transition, ...]
    state_labels: dict[State, str | Promise] = field(default_factory=dict)
    last: State = State.CLOSED  # where its way ends well

    def row(self, act: str, state: str) -> Transition | None:
        """The transition for this act from this state, if there is one."""
        return next((row for row in self.rows if row.act == act and state in row.states), None)

    def label_of(self, state: str) -> str | Promise:
        return self.state_labels.get(State(state), State(state).label)

    def act_label(self, act: str) -> str | Promise:
        return next((row.name for row in self.rows if row.act == act), Act(act).label)


WAITING, WORKING, PAUSED = State.WAITING, State.WORKING, State.PAUSED
CLAIMED, CLOSED = State.CLAIMED, State.CLOSED

BASE = (
    Transition(Act.ACCEPT, (WAITING,), WORKING, (Who.OWNER,)),
    Transition(Act.CONTACT, (WAITING, WORKING, PAUSED), WORKING, STAFF, (Need.REASON,)),
    Transition(Act.REPORT, (WORKING,), SAME, STAFF, (Need.REASON,)),
    Transition(Act.NOTE, OPEN, SAME, (*STAFF, Who.SUPERVISOR), (Need.REASON,)),
    Transition(Act.PAUSE, (WORKING,), PAUSED, (Who.OWNER,), (Need.REASON, Need.PROOF)),
    # The other side has spoken: whoever waited for it waits no longer.
    Transition(Act.SUPPLY, (PAUSED,), WORKING, (Who.ASKER, *STAFF), (Need.REASON,)),
    Transition(Act.SUPPLY, (WAITING, WORKING, CLAIMED), SAME, (Who.ASKER,), (Need.REASON,)),
    Transition(Act.RESUME, (PAUSED,), WORKING, (*STAFF, Who.SUPERVISOR), (Need.REASON,)),
    Transition(
        Act.EXTEND,
        (WAITING, WORKING, PAUSED),
        SAME,
        (Who.SUPERVISOR,),
        (Need.AMOUNT, Need.REASON),
    ),
    Transition(Act.PRESS, OPEN, SAME, (Who.SUPERVISOR,), (Need.URGENCY, Need.REASON)),
    Transition(Act.OBJECT, (WAITING,), State.OBJECTED, (Who.OWNER,), (Need.REASON,)),
    Transition(Act.UPHOLD, (State.OBJECTED,), WAITING, (Who.THIRD,), (Need.UNIT, Need.REASON)),
    Transition(Act.OVERRULE, (State.OBJECTED,), WAITING, (Who.THIRD,), (Need.REASON,)),
    Transition(
        Act.HAND_OVER,
        (WAITING, WORKING, PAUSED),
        SAME,
        (Who.OWNER, Who.SUPERVISOR),
        (Need.UNIT, Need.REASON),
    ),
    Transition(Act.JOIN, OPEN, SAME, (Who.OWNER, Who.SUPERVISOR), (Need.UNIT, Need.REASON)),
    Transition(Act.LEAVE, OPEN, SAME, (Who.OWNER, Who.SUPERVISOR), (Need.UNIT, Need.REASON)),
    Transition(Act.CLAIM, (WORKING,), CLAIMED, (Who.OWNER,), (Need.REASON,)),
    Transition(Act.RETURN, (CLAIMED,), WORKING, (Who.ASKER, Who.SUPERVISOR), (Need.REASON,)),
    Transition(Act.CONFIRM, (CLAIMED,), CLOSED, (Who.ASKER, Who.THIRD)),
    Transition(Act.REOPEN, (CLOSED,), WORKING, (Who.ASKER, Who.SUPERVISOR), (Need.REASON,)),
    Transition(Act.CANCEL, OPEN, State.CANCELLED, (Who.ASKER, Who.SUPERVISOR), (Need.REASON,)),
    Transition(Act.URGE, OPEN, SAME, (Who.ASKER, Who.SUPERVISOR), (Need.REASON,)),
    Transition(Act.ESCALATE, OPEN, SAME, (Who.PROGRAM,)),
)


def _changed(**changes: Mapping[str, object]) -> tuple[Transition, ...]:
    """The base table with the rows of some acts changed (act name → fields)."""
    return tuple(
        replace(row, **changes[row.act.value]) if row.act.value in changes else row  # type: ignore[arg-type]  # field names and values of Transition
        for row in BASE
    )


# A deed begins with a promise, and with a new one when it is opened again: it always has a day.
DEED_ROWS = _changed(
    claim={"label": _("办成")},
    contact={"states": (WORKING, PAUSED)},
    reopen={"needs": (Need.DAY, Need.REASON)},
)
FLOWS: dict[str, Flow] = {
    flow.name.value: flow
    for flow in (
        Flow(FlowName.TASK, BASE),
        # Who asked says whether it is solved; nobody says so in their place.
        Flow(
            FlowName.REQUEST,
            _changed(
                claim={"label": _("答复")},
                confirm={"who": (Who.ASKER,), "label": _("认可答复")},
            ),
            {CLAIMED: _("已答复，待确认")},
        ),
        Flow(
            FlowName.INSTRUCTION,
            _changed(
                claim={"label": _("报送办理结果")},
                confirm={"who": (Who.THIRD,), "label": _("销号")},
            ),
            {CLAIMED: _("已报结果，待销号"), CLOSED: _("已销号")},
        ),
        Flow(
            FlowName.RECTIFICATION,
            _changed(
                accept={"label": _("签收整改")},
                claim={"label": _("申请验收"), "needs": (Need.REASON, Need.PROOF)},
                confirm={"who": (Who.THIRD,), "label": _("验收销号")},
                **{"return": {"label": _("验收不通过")}},
            ),
            {WORKING: _("整改中"), CLAIMED: _("待验收"), CLOSED: _("已销号")},
        ),
        Flow(
            FlowName.DEED,
            (
                Transition(Act.PROMISE, (WAITING,), WORKING, (Who.OWNER,), (Need.DAY, Need.REASON)),
                *(row for row in DEED_ROWS if row.act != Act.ACCEPT),
                Transition(Act.PUBLISH, (CLOSED,), State.PUBLISHED, (Who.OWNER, Who.SUPERVISOR)),
            ),
            {WAITING: _("已提出"), WORKING: _("已承诺"), CLAIMED: _("办成，待确认")},
            last=State.PUBLISHED,
        ),
    )
}
