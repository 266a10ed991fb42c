"""Models of policies: the library, the stored answers, delivery."""

from lianshang.apps.policies.models.answers import AnswerBlock, EvaluatedFirm, Tally
from lianshang.apps.policies.models.assessments import STANDING, Assessment, EvaluationRun
from lianshang.apps.policies.models.changes import StandingChange
from lianshang.apps.policies.models.delivery import (
    DeliveryCase,
    DeliveryRound,
    Procedure,
    ProcedureStep,
    Receipt,
    StepEntry,
)
from lianshang.apps.policies.models.drafts import PolicyDraft
from lianshang.apps.policies.models.faults import EvaluationFault
from lianshang.apps.policies.models.instalments import Instalment
from lianshang.apps.policies.models.library import Policy
from lianshang.apps.policies.models.news import ToldAhead
from lianshang.apps.policies.models.publicity import (
    Guide,
    MaterialHeld,
    MaterialUse,
    Objection,
    PublicNotice,
    RoundOpinion,
)
from lianshang.apps.policies.models.telling import OneStepNotice

__all__ = [
    "STANDING",
    "AnswerBlock",
    "Assessment",
    "DeliveryCase",
    "DeliveryRound",
    "EvaluatedFirm",
    "EvaluationFault",
    "EvaluationRun",
    "Guide",
    "Instalment",
    "MaterialHeld",
    "MaterialUse",
    "Objection",
    "OneStepNotice",
    "Policy",
    "PolicyDraft",
    "Procedure",
    "ProcedureStep",
    "PublicNotice",
    "Receipt",
    "RoundOpinion",
    "StandingChange",
    "StepEntry",
    "Tally",
    "ToldAhead",
]
