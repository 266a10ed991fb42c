"""What policies do when facts change and when the register was evaluated."""

from lianshang.apps.enterprises.events import EnterprisesChanged, FactConfirmed, FactsChanged
from lianshang.apps.policies.events import RegisterEvaluated
from lianshang.core.events import reaction
from lianshang.core.jobs.queue import defer, defer_once


@reaction(FactsChanged)
def reassess(event: FactsChanged) -> None:
    """Lists follow in the background; a firm's page computes afresh anyway."""
    defer_once("policies.reassess")


@reaction(RegisterEvaluated)
def push(event: RegisterEvaluated) -> None:
    """The job looks for whatever was not told yet, of this run and of earlier ones."""
    defer_once("policies.push")


@reaction(EnterprisesChanged)
def recount(event: EnterprisesChanged) -> None:
    """Firms that came are evaluated, those that left are no longer counted."""
    defer_once("policies.reassess")


@reaction(FactConfirmed)
def keep_proof(event: FactConfirmed) -> None:
    """What proved the value is a material of the firm's from now on."""
    defer("policies.keep_proof", fact=event.fact_id)
