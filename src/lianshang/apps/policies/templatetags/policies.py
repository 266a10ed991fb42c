"""Template tags of policies."""

from django import template

from lianshang.apps.policies.queries.explanations import TONE_OF_STATE
from lianshang.apps.policies.queries.readings import asked
from lianshang.apps.policies.queries.versions import SideBySide
from lianshang.apps.policies.queries.wording import policy_name

register = template.Library()
register.filter("asked", asked)
register.filter("policy_name", policy_name)
register.filter("tone_of_clause", TONE_OF_STATE.get)
register.filter("cells", SideBySide.cells)
