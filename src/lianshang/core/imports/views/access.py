"""What the pages of one import share: the import, the register, and who may touch them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core.imports import queries, registry
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.refusals import ImportRefused
from lianshang.core.imports.registry import Register
from lianshang.core.ui.pages import Crumb, Page, Text

PERMISSION = "enterprises.import"
STEPS = (_("上传文件"), _("对应列"), _("校验预览"), _("导入"))


def register_named(name: str) -> Register:
    try:
        return registry.get(name)
    except KeyError:
        raise Http404 from None


def require(user: Any, permission: str) -> None:
    if not user.may(permission):
        raise PermissionDenied(_now("您的角色不能导入或导出此登记簿，请联系安全管理员。"))


def batch_url(batch: ImportBatch) -> str:
    return reverse("imports:batch", args=[batch.pk])


def all_imports() -> Crumb:
    return Crumb(_("导入"), reverse("imports:batches"))


def as_form_error(refusal: ImportRefused) -> ValidationError:
    return ValidationError([ValidationError(reason) for reason in refusal.reasons])


class OfBatch(Page):
    """A page of one import, of those the user may see."""

    permission = PERMISSION
    batch: ImportBatch

    def find(self) -> None:
        """Load the import that the address names."""
        visible = queries.batches_of(self.user)
        self.batch = get_object_or_404(visible, pk=self.kwargs["pk"])
        self.title: Text = self.batch.file_name

    @property
    def register(self) -> Register:
        return registry.get(self.batch.register)

    def crumbs(self) -> Sequence[Crumb]:
        return (all_imports(),)
