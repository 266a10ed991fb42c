"""What the register does when its rows change."""

from lianshang.apps.enterprises.events import EnterprisesChanged
from lianshang.apps.enterprises.searches import LABEL
from lianshang.core.events import reaction
from lianshang.core.jobs.queue import defer


@reaction(EnterprisesChanged)
def reindex(event: EnterprisesChanged) -> None:
    defer("search.index", label=LABEL, pks=list(event.enterprise_ids))
