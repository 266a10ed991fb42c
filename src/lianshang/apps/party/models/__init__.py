"""Organisations, trees, posts and coverage."""

from lianshang.apps.party.models.coverage import Coverage, LeftOut, MemberCount
from lianshang.apps.party.models.organizations import (
    PartyOrganization,
    Placement,
    Post,
    PostHolding,
    Tree,
)
from lianshang.apps.party.models.rules import PartyRule

__all__ = [
    "Coverage",
    "LeftOut",
    "MemberCount",
    "PartyOrganization",
    "PartyRule",
    "Placement",
    "Post",
    "PostHolding",
    "Tree",
]
