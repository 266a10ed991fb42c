"""What is wrong with a pack, said to the person who can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lianshang.core.formalism import Refusal


@dataclass(frozen=True)
class PackProblem:
    """One finding: where, what was read, what was expected, what to do."""

    code: str
    where: str  # pack.yaml:12
    expected: str | Promise
    advice: str | Promise = ""
    read: str = ""
    path: str = ""  # units[0].name

    def __str__(self) -> str:
        names = {"where": self.where, "path": self.path, "read": self.read}
        place = _("%(where)s（%(path)s）") % names if self.path else self.where
        read = _("读到“%(read)s”，") % names if self.read else ""
        told = {"place": place, "read": read, "expected": self.expected, "advice": self.advice}
        return (_("%(place)s：%(read)s%(expected)s。%(advice)s") % told).strip()

    def as_json(self) -> dict[str, str | int]:
        return {
            "code": self.code,
            "where": self.where,
            "path": self.path,
            "read": self.read,
            "text": str(self),
        }


class PackRefused(ValidationError):
    """A pack that cannot be used, with every finding."""

    def __init__(self, problems: Sequence[PackProblem | Refusal]) -> None:
        self.problems = tuple(problems)
        super().__init__([str(problem) for problem in problems])


def refused(
    code: str, where: str, expected: str | Promise, advice: str | Promise = "", read: str = ""
) -> PackRefused:
    """The refusal with one finding."""
    return PackRefused([PackProblem(code, where, expected, advice, read)])
