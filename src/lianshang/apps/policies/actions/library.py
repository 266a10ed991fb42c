"""Keeping the database's copy of the policy files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries.library import forget, library_of_files
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.jobs.queue import defer

if TYPE_CHECKING:
    from lianshang.apps.policies.queries.library import Library


@action("policies.sync", gettext_lazy("更新政策库"))
def sync_policies(*, actor: User | None) -> int:
    """Copy the policy files into the database; one that left the folder is retired, never deleted.

    Returns how many rows changed.
    """
    files: Library = library_of_files()
    known = {row.code: row for row in Policy.objects.filter(origin=Origin.FILE)}
    changed = 0
    for code, policy in files.policies.items():
        row = known.pop(code, None) or Policy(code=code)
        if row.digest == files.digests[code] and not row.is_retired:
            continue
        row.define(policy, files.mappings[code], files.digests[code])
        row.save()
        changed += 1
    gone = [row.pk for row in known.values() if not row.is_retired]
    forget()
    defer("search.index", label="policies.policy")
    return changed + Policy.objects.filter(pk__in=gone).update(is_retired=True)
