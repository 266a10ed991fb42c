"""Why a verb on an import is refused."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lianshang.core.imports.choices import BatchState
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.problems import Problem


class ImportRefused(Exception):
    """The verb is not done; `problems` say why and what to do, `sheet` where."""

    def __init__(self, problems: Sequence[Problem], sheet: str = "") -> None:
        super().__init__()
        self.problems = list(problems)
        self.sheet = sheet

    @property
    def reasons(self) -> list[str]:
        return [str(problem.told(self.sheet)) for problem in self.problems]

    def __str__(self) -> str:
        return "\n".join(self.reasons)


class WrongState(ImportRefused):
    """The import is not where the verb needs it to be: somebody else was faster, or a page is
    old.
    """

    def __init__(self, batch: ImportBatch) -> None:
        super().__init__([])
        self.state = BatchState(batch.state)

    @property
    def reasons(self) -> list[str]:
        return [_("此导入现在是“%s”，不能这样做；请刷新页面。") % self.state.label]


def locked(batch: ImportBatch, *states: str) -> ImportBatch:
    """The batch as it is now, locked until the end of the transaction; raises WrongState."""
    fresh = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if fresh.state not in states:
        raise WrongState(fresh)
    return fresh
