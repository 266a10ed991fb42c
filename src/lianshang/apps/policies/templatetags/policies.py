"""Template tags of policies."""

from django import template

from lianshang.apps.policies.queries.readings import asked
from lianshang.apps.policies.queries.versions import SideBySide

register = template.Library()
register.filter("asked", asked)
register.filter("cells", SideBySide.cells)
