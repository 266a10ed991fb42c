"""Blocks of policies on the pages of firms, officers, visitors and policies."""

from lianshang.apps.policies.panels import firms, first_pages, one_policy

__all__ = ["firms", "first_pages", "one_policy"]
