"""What the register does when its rows change."""

from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.events import EnterprisesChanged
from lianshang.apps.enterprises.searches import LABEL
from lianshang.core.events import reaction
from lianshang.core.jobs.queue import defer
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import EVERYDAY, register_kind

register_kind("facts.checked", _("自报信息的核实结果"), [*EVERYDAY, Channel.EMAIL])


@reaction(EnterprisesChanged)
def reindex(event: EnterprisesChanged) -> None:
    defer("search.index", label=LABEL, pks=list(event.enterprise_ids))
