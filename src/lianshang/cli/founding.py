"""Making a database ready for a zone: built-in catalogues, the zone itself, its first account."""

from __future__ import annotations

import secrets

SECURITY_ACCOUNT = "security"


def sync_library() -> str:
    """Bring catalogue, sources and policies in line with the files; what changed, in words."""
    from django.apps import apps
    from django.conf import settings

    from lianshang.apps.enterprises.actions.catalogue import add_missing_sources, sync_catalogue
    from lianshang.apps.policies.actions.library import sync_policies
    from lianshang.core.policy_files import read_yaml
    from lianshang.core.workflow.actions.builtin import add_missing_kinds

    folder = settings.POLICY_FOLDER
    definitions = read_yaml(folder / "catalogue.yaml")["quantities"]
    quantities = sync_catalogue(actor=None, definitions=definitions)
    definitions = read_yaml(folder / "sources.yaml")["sources"]
    sources = add_missing_sources(actor=None, definitions=definitions)
    policies = sync_policies(actor=None)
    kinds = add_missing_kinds(actor=None)
    if apps.is_installed("lianshang.apps.party"):  # not on the outside face
        from lianshang.apps.party.actions.rules import add_missing_rules

        add_missing_rules(actor=None)
    return (
        f"{quantities} quantities, {sources} sources, {policies} policies"
        f" and {kinds} kinds of duties changed"
    )


def found(name: str, province: str, in_west: bool | None) -> str:
    """The zone with its committee's unit and a security administrator; that account's password."""
    from lianshang.apps.places.actions import found_zone
    from lianshang.core.accounts.actions import create_unit, create_user, grant_role
    from lianshang.core.accounts.choices import Role, UnitKind

    reason = "founding"
    unit = create_unit(actor=None, kind=UnitKind.ZONE, name=f"{name}管委会", reason=reason)
    found_zone(actor=None, name=name, unit=unit, province=province, in_west=in_west, reason=reason)
    password = secrets.token_urlsafe(12)
    user = create_user(
        actor=None, username=SECURITY_ACCOUNT, name="安全管理员", password=password, reason=reason
    )
    grant_role(actor=None, user=user, unit=unit, role=Role.SECURITY_ADMIN, reason=reason)
    return password
