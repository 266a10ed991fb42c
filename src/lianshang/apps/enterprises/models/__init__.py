"""Models of the enterprise register."""

from lianshang.apps.enterprises.models.actors import Enterprise, FormerName, ServiceOfficer
from lianshang.apps.enterprises.models.checks import FactCheck
from lianshang.apps.enterprises.models.facts import Fact, Quantity, Source

__all__ = [
    "Enterprise",
    "Fact",
    "FactCheck",
    "FormerName",
    "Quantity",
    "ServiceOfficer",
    "Source",
]
