"""What policies do when facts change."""

from lianshang.apps.enterprises.events import FactsChanged
from lianshang.core.events import reaction
from lianshang.core.jobs.queue import defer_once


@reaction(FactsChanged)
def reassess(event: FactsChanged) -> None:
    """Lists follow in the background; a firm's page computes afresh anyway."""
    defer_once("policies.reassess")
