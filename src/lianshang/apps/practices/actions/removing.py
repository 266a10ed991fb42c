"""Removing a pack."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.practices.actions.withdrawing import Withdrawal
from lianshang.apps.practices.models import InstalledPack
from lianshang.apps.practices.queries.outcomes import Outcome
from lianshang.apps.practices.queries.problems import refused
from lianshang.core.accounts.models import User
from lianshang.core.action import action


@action("practices.remove_pack", gettext_lazy("移除实践包"))
def remove_pack(*, actor: User | None, code: str, reason: str = "") -> Outcome:
    """Take away what the pack made and nobody changed or uses; the rest stays with the zone."""
    installed = InstalledPack.objects.select_for_update().filter(code=code).first()
    if installed is None:
        advice = _("已安装的可用 lianshang pack list 查看。")
        raise refused("not_installed", code, _("没有安装这个实践包"), advice)
    needing = [one.code for one in InstalledPack.objects.all() if code in one.needs]
    if needing:
        expected = _("实践包“%s”依赖它") % "、".join(needing)
        raise refused("needed", code, expected, _("请先移除依赖它的实践包。"))
    outcome = Outcome(code, installed.version)
    withdrawal = Withdrawal(actor, outcome, reason)
    for row in installed.rows.order_by("-pk"):  # what was made last names what was made before
        withdrawal.take(row)
    installed.delete()
    return outcome
