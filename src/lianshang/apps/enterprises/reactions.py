"""What the register does when its rows change."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.events import EnterprisesChanged
from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.ledger import present_facts
from lianshang.apps.enterprises.queries.viewing import Reader
from lianshang.apps.enterprises.searches import LABEL
from lianshang.core import references
from lianshang.core.accounts.models import User
from lianshang.core.events import reaction
from lianshang.core.jobs.queue import defer
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import EVERYDAY, register_kind

register_kind("facts.checked", _("自报信息的核实结果"), [*EVERYDAY, Channel.EMAIL])


@reaction(EnterprisesChanged)
def reindex(event: EnterprisesChanged) -> None:
    defer("search.index", label=LABEL, pks=list(event.enterprise_ids))


def _visible_facts(user: User, pks: Collection[int]) -> set[int]:
    """The proof of a value is seen by whoever may read the value."""
    reader, seen = Reader(user), Enterprise.objects.visible_to(user)
    facts = present_facts().filter(pk__in=pks, enterprise__in=seen).select_related("enterprise")
    return {fact.pk for fact in facts if reader.may_read(fact)}


references.register("enterprises.fact", _visible_facts)
