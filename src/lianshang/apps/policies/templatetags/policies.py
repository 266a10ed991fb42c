"""Template tags of policies."""

from django import template

from lianshang.apps.policies.queries.explanations import tone_of_clause
from lianshang.apps.policies.queries.readings import asked
from lianshang.apps.policies.queries.versions import SideBySide
from lianshang.apps.policies.queries.wording import policy_name

register = template.Library()
register.filter("asked", asked)
register.filter("policy_name", policy_name)
register.filter("tone_of_clause", tone_of_clause)
register.filter("cells", SideBySide.cells)
