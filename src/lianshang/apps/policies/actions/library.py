"""The verbs on the library: the copy of the policy files, and what packs and the zone put."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries.library import (
    digest,
    forget,
    library,
    library_of_files,
)
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.jobs.queue import defer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lianshang.apps.policies.queries.library import Library
    from lianshang.engines.rules.policy import Policy as Definition


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


@action("policies.put", gettext_lazy("发布政策"))
def put_policy(
    *,
    actor: User | None,
    mapping: Mapping[str, Any],
    origin: Origin,
    owner: Unit | None = None,
    reason: str = "",
) -> Policy:
    """Put a policy of a pack or of the zone into force, or a new text of it.

    Refused with every fault of the text, and where it does not go with the library in force.
    """
    mapping = json.loads(json.dumps(mapping, default=str))  # dates as the table keeps them
    definition = _sound(mapping)
    row = Policy.objects.select_for_update().filter(code=definition.id).first()
    if row and row.origin != origin:
        told = {"code": row.code, "origin": row.get_origin_display()}
        raise ValidationError(_("编号 %(code)s 已属于“%(origin)s”，请换一个编号。") % told)
    row = row or Policy(code=definition.id, origin=origin)
    row.owner = owner or row.owner
    print_of_it = digest(mapping)
    if row.digest != print_of_it or row.is_retired:
        row.define(definition, mapping, print_of_it)
        row.published_on = clock.today()
    row.save()
    forget()
    defer("search.index", label="policies.policy")
    return row


def _sound(mapping: Mapping[str, Any]) -> Definition:
    """The policy in a mapping; raises ValidationError with every fault."""
    from lianshang.engines.rules.library import check_addition
    from lianshang.engines.rules.policy_file import policy_from_mapping
    from lianshang.engines.rules.problems import PolicyError

    try:
        definition = policy_from_mapping(mapping)
    except PolicyError as error:
        raise ValidationError([str(one) for one in error.problems]) from error
    forget()  # a row put a moment ago counts
    others = [one for code, one in library().policies.items() if code != definition.id]
    found = check_addition(definition, others, catalogue())
    if errors := [str(one) for one in found if one.severity == "error"]:
        raise ValidationError(errors)
    return definition


@action("policies.retire", gettext_lazy("停用政策"))
def retire_policy(*, actor: User | None, policy: Policy, reason: str = "") -> None:
    """End a policy of a pack or of the zone; its answers go with the next evaluation."""
    if policy.origin == Origin.FILE:
        raise ValidationError(_("国家政策库的政策随文件停用，不在这里停用。"))
    policy.is_retired = True
    policy.save(update_fields=["is_retired"])
    forget()
    defer("search.index", label="policies.policy")
