"""The register of enterprises in its own template, so that the file can be imported again
unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Value
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.choices import ActorKind, ActorStatus
from lianshang.apps.enterprises.models import Enterprise
from lianshang.core.imports.registry import Register, Table

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lianshang.core.accounts.models import User

_READ = (
    *("credit_code", "name", "earlier", "kind", "status", "registered_on", "industry_code"),
    *("registered_address", "operating_address", "park__name", "longitude", "latitude"),
)
_IN_ONE_GO = 5_000


def visible_firms(user: User | None) -> QuerySet[Enterprise]:
    """What the user may see; the operator of the machine (None) sees what is not retired."""
    return Enterprise.objects.present() if user is None else Enterprise.objects.visible_to(user)


def export_enterprises(register: Register, user: User | None) -> Table:
    """Every column but the personal ones, which stay in the program."""
    kept = [column for column in register.columns if not column.personal]
    left_out = [str(column.label) for column in register.columns if column.personal]
    note = _("个人信息不导出：%s。再次导入时不会改动它们。") % "、".join(left_out)
    return Table([str(column.label) for column in kept], _rows(user), [note])


def _rows(user: User | None) -> Iterator[Sequence[Any]]:
    earlier = StringAgg(
        "former_names__name", delimiter=Value("、"), order_by=["former_names__name"]
    )
    firms = visible_firms(user).annotate(earlier=earlier).order_by("name_key", "pk")
    for row in firms.values_list(*_READ).iterator(chunk_size=_IN_ONE_GO):
        code, name, former, kind, status, since, *rest, longitude, latitude = row
        yield (
            code or "",
            name,
            former or "",
            str(ActorKind(kind).label),
            str(ActorStatus(status).label),
            since,
            *(value or "" for value in rest),
            longitude,
            latitude,
            "CGCS2000" if longitude is not None else "",
        )
