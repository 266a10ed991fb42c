"""The formalism guard: a configuration that asks the grass roots for show is refused, with the
clause.
"""

from lianshang.core.formalism.checking import check
from lianshang.core.formalism.clauses import CLAUSES, DOCUMENT, Clause
from lianshang.core.formalism.refusals import Level, Refusal, only_refused

__all__ = ["CLAUSES", "DOCUMENT", "Clause", "Level", "Refusal", "check", "only_refused"]
