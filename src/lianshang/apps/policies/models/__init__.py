"""Models of policies: the library and the stored answers."""

from lianshang.apps.policies.models.assessments import STANDING, Assessment, EvaluationRun
from lianshang.apps.policies.models.changes import StandingChange
from lianshang.apps.policies.models.library import Policy
from lianshang.apps.policies.models.news import ToldAhead

__all__ = [
    "STANDING",
    "Assessment",
    "EvaluationRun",
    "Policy",
    "StandingChange",
    "ToldAhead",
]
