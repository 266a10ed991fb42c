"""Models of policies: the library, the stored answers, and what the zone is writing."""

from lianshang.apps.policies.models.assessments import STANDING, Assessment, EvaluationRun
from lianshang.apps.policies.models.changes import StandingChange
from lianshang.apps.policies.models.drafts import PolicyDraft
from lianshang.apps.policies.models.library import Policy

__all__ = [
    "STANDING",
    "Assessment",
    "EvaluationRun",
    "Policy",
    "PolicyDraft",
    "StandingChange",
]
