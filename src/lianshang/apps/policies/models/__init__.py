"""Models of policies: the library and the stored answers."""

from lianshang.apps.policies.models.answers import AnswerBlock, EvaluatedFirm, Tally
from lianshang.apps.policies.models.assessments import STANDING, Assessment, EvaluationRun
from lianshang.apps.policies.models.changes import StandingChange
from lianshang.apps.policies.models.faults import EvaluationFault
from lianshang.apps.policies.models.library import Policy

__all__ = [
    "STANDING",
    "AnswerBlock",
    "Assessment",
    "EvaluatedFirm",
    "EvaluationFault",
    "EvaluationRun",
    "Policy",
    "StandingChange",
    "Tally",
]
