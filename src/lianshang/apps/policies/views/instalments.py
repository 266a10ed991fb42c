"""What the office does with one part of an amount that is paid in parts."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.instalments import confirm_instalment, end_instalment
from lianshang.apps.policies.models import Instalment
from lianshang.apps.policies.queries.wording import label
from lianshang.apps.policies.views.cases import OfCase


class OfInstalment(OfCase):
    """A form about one part."""

    part: Instalment

    def prepare(self) -> None:
        super().prepare()
        self.part = get_object_or_404(self.case.instalments, pk=self.kwargs["part"])
        self.intro = f"{self.part} · {self.part.amount:,.2f} 元"


class EndInstalment(OfInstalment):
    """It will not be paid."""

    title = _("终止这一期")
    submit = _("终止")
    is_dangerous = True
    done = _("这一期已终止，企业已收到通知。")

    def act(self, form: Any) -> str:
        end_instalment(actor=self.user, part=self.part, reason=form.cleaned_data["reason"])
        return self.back


class ConfirmInstalment(OfInstalment):
    """What the policy asks for before this part was looked at, and it holds."""

    title = _("核实拨付条件")
    submit = _("条件符合")
    done = _("条件已核实，到期后可以出拨付函。")

    def prepare(self) -> None:
        super().prepare()
        self.intro = f"{self.intro} · {label(self.part.condition)}"

    def act(self, form: Any) -> str:
        confirm_instalment(actor=self.user, part=self.part, reason=form.cleaned_data["reason"])
        return self.back
