"""Template tags of policies."""

from django import template

from lianshang.apps.policies.queries.readings import asked

register = template.Library()
register.filter("asked", asked)
