"""What policies do when facts change."""

from lianshang.apps.enterprises.events import EnterprisesChanged, FactsChanged
from lianshang.core.events import reaction
from lianshang.core.jobs.queue import defer_once


@reaction(FactsChanged)
def reassess(event: FactsChanged) -> None:
    """Lists follow in the background; a firm's page computes afresh anyway."""
    defer_once("policies.reassess")


@reaction(EnterprisesChanged)
def recount(event: EnterprisesChanged) -> None:
    """Firms that came are evaluated, those that left are no longer counted."""
    defer_once("policies.reassess")
