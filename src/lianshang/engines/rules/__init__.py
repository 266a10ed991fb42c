"""Rules as code: policies written as data, checked, and answered alike by three back ends.

The way of a policy, and the order in which to read the modules:
file → `policy_file` → `policy` → `language` (text to tree) → `meaning` and `scope` (names, types,
units) → `arithmetic` and `logic` (exact fractions, three values) → `nodes` → `building` →
`program`. From the program `closures` answer for one enterprise, `batch` for many in Polars, `sql`
for a nation; `explain` says why. `check` and `library` refuse what cannot be right. The format is
described in docs/policy-format.md.
"""

from .catalogue import Catalogue, Quantity, Value, Variable
from .check import check_policy
from .evaluation import CompiledPolicy, Outcome
from .explain import Explanation, explain
from .library import check_addition, check_library
from .payments import Payment, payments
from .policy import Policy, version_in_force
from .policy_file import policy_from_mapping
from .problems import PolicyError, Problem
from .program import State
from .testing import CaseResult, Mismatch, run_cases

__all__ = [
    "CaseResult",
    "Catalogue",
    "CompiledPolicy",
    "Explanation",
    "Mismatch",
    "Outcome",
    "Payment",
    "Policy",
    "PolicyError",
    "Problem",
    "Quantity",
    "State",
    "Value",
    "Variable",
    "check_addition",
    "check_library",
    "check_policy",
    "explain",
    "payments",
    "policy_from_mapping",
    "run_cases",
    "version_in_force",
]
