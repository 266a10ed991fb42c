"""答复单: what goes back to whoever asked — each question with its answer, owner and days, and
blanks for seal and signature. A fifth kind of office paper, registered where the four are.
"""

# ruff: noqa: RUF009 - `said` is dataclasses.field with the words that describe it

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.core.papers.contexts import Day, PaperContext, described, said
from lianshang.core.papers.kinds import KINDS, PaperKind

NAME, LABEL = "answer_sheet", _("答复单")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A question with what became of it."""

    question: str = said(_("问题"))
    answer: str = said(_("答复"))
    owner: str = said(_("主办单位"))
    asked: Day | str = said(_("提出日期"))
    answered: Day | str = said(_("答复日期"), default="")


@dataclass(frozen=True, kw_only=True)
class AnswerSheetPaper:
    """答复单: one unit's questions and their answers."""

    office: str = said(_("答复单位"))
    asker: str = said(_("送达单位"))
    about: str = said(_("来由：哪次走访、哪件批示"))
    answers: tuple[Answer, ...] = said(_("问题与答复"))
    closing: str = said(_("总体答复"), default="")


@dataclass(frozen=True)
class AnswerSheetKind(PaperKind):
    """Brings its own template and sample along."""

    @property
    def fields(self) -> Mapping[str, str | Promise]:
        inside = {f"answers.{one.name}": one.metadata["label"] for one in fields(Answer)}
        return described(self.context) | inside

    def sample(self) -> PaperContext:
        return SAMPLE

    def built_in(self, masthead: str) -> bytes:
        from lianshang.core.papers.layout import as_bytes
        from lianshang.core.workflow.answer_sheet_template import build

        content: bytes = as_bytes(build())
        return content


SAMPLE = AnswerSheetPaper(
    office="示例党工妇团调研组",
    asker="示例光芯公司党支部",
    about="2026年11月3日走访中你单位提出的问题",
    answers=(
        Answer(
            question="园区东门早高峰拥堵",
            answer="已调整信号配时，右转排队由 40 辆减到 12 辆。",
            owner="示例建设管理局",
            asked=date(2026, 11, 3),
            answered=date(2026, 11, 9),
        ),
    ),
)
KINDS[NAME] = AnswerSheetKind(
    NAME, LABEL, "复", AnswerSheetPaper, lambda sheet: f"关于{sheet.asker}所提问题的答复单"
)
