"""What the search index hears of duties."""

from lianshang.core.events import reaction
from lianshang.core.jobs.queue import defer
from lianshang.core.workflow.choices import Act
from lianshang.core.workflow.events import DutyChanged
from lianshang.core.workflow.searches import DUTY

RENAMING = (Act.OPEN, Act.HAND_OVER, Act.UPHOLD)  # what an index entry says changes with these


@reaction(DutyChanged)
def index_duty(event: DutyChanged) -> None:
    if event.act in RENAMING:
        defer("search.index", label=DUTY, pks=[event.duty])
