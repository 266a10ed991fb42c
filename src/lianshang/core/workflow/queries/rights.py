"""Who may do what with a duty; one answer for pages, API and verbs."""

from lianshang.core.accounts.models import User
from lianshang.core.workflow.choices import Act, Part, Who
from lianshang.core.workflow.flows import Transition
from lianshang.core.workflow.models import Duty

ACTING = {Part.OWNER: Who.OWNER, Part.CO_OWNER: Who.CO_OWNER, Part.ASKER: Who.ASKER}


def capacities(user: User | None, duty: Duty) -> frozenset[Who]:
    """As what the user can act on the duty (None is the program itself)."""
    if user is None:
        return frozenset({Who.PROGRAM})
    units = set(user.unit_ids())
    mine = {party.part for party in duty.parties.all() if party.unit_id in units}
    held = {ACTING[Part(part)] for part in mine if part in ACTING and user.may("duties.handle")}
    # A firm acts on what it asked for from its own pages, without any of the staff's rights.
    if Part.ASKER in mine and user.may("portal.view"):
        held.add(Who.ASKER)
    if user.may("duties.supervise"):
        held.add(Who.SUPERVISOR)
        # Whoever rules on an objection, or accepts a rectification, belongs to neither side.
        if not mine & {Part.OWNER, Part.CO_OWNER, Part.FORMER}:
            held.add(Who.THIRD)
    return frozenset(held)


def possible(user: User, duty: Duty) -> tuple[Transition, ...]:
    """What the user may do with the duty now, in the order of the table."""
    held = capacities(user, duty)
    return tuple(
        row
        for row in duty.kind.table.rows
        if duty.state in row.states and held & set(row.who) and row.act != Act.ESCALATE
    )


def allowed(user: User | None, duty: Duty, act: str) -> Transition | None:
    """The row under which the user may do this act now."""
    held = capacities(user, duty)
    row = duty.kind.table.row(act, duty.state)
    return row if row and held & set(row.who) else None
