"""By when a change would have to be there, and in which year's figure it can still be."""

from dataclasses import dataclass
from datetime import date

from lianshang.engines.rules.evaluation import CompiledPolicy

from .moves import Kind

_WORDS = {
    "zh": {
        "year": "{closed} 年度的数字已经定格，不能为达标改动；登记有误的凭证据更正。"
        "可以改变的是 {year} 年度（12 月 31 日前），按 {judged} 年评估",
        "late": "{closed} 年度的数字已经定格，不能为达标改动；登记有误的凭证据更正。"
        "本政策 {until} 到期，今后年度的数字赶不上",
        "window": "{until} 前（申报截止）",
        "ends": "{until} 前（政策到期）",
        "open": "随时",
        "passed": "本期申报已于 {until} 截止，等下一期",
    },
    "en": {
        "year": "The figure of {closed} is final and is not to be changed; if it was recorded "
        "wrongly, correct it with proof. What can still change is {year} (by 31 December), "
        "evaluated in {judged}",
        "late": "The figure of {closed} is final and is not to be changed; if it was recorded "
        "wrongly, correct it with proof. This policy ends on {until}, before later figures count",
        "window": "by {until} (close of applications)",
        "ends": "by {until} (end of the policy)",
        "open": "at any time",
        "passed": "applications closed on {until}; wait for the next window",
    },
}


@dataclass(frozen=True, slots=True)
class Timing:
    """`closes`: the last day, None where there is none. `year`: the fiscal year whose figure can
    still carry the change, evaluated in `judged_in`.
    """

    closes: date | None
    year: int | None
    judged_in: int | None
    text: str


def timing(compiled: CompiledPolicy, name: str, kind: Kind, language: str) -> Timing | None:
    """When a change of this fact would have to be there; None for what nobody can change."""
    if kind is Kind.BEYOND:
        return None
    back = compiled.catalogue.variables[name].years_back
    words, day, until = _WORDS[language], compiled.day, compiled.policy.valid.end
    if kind is Kind.WITHIN and back is not None:
        closed, year, judged = day.year - 1 - back, day.year, day.year + 1 + back
        if until is not None and until < date(judged, 1, 1):
            return Timing(until, None, None, words["late"].format(closed=closed, until=until))
        text = words["year"].format(closed=closed, year=year, judged=judged)
        return Timing(date(year, 12, 31), year, judged, text)
    return _closing(compiled, words)


def _closing(compiled: CompiledPolicy, words: dict[str, str]) -> Timing:
    """The close of the window of applications that is open or next; else the policy's last day."""
    day, until = compiled.day, compiled.policy.valid.end
    ends = [one.period.end for one in compiled.policy.windows if one.period.end]
    coming = [end for end in ends if end >= day]
    if coming:
        return Timing(min(coming), None, None, words["window"].format(until=min(coming)))
    if ends and len(ends) == len(compiled.policy.windows):
        return Timing(None, None, None, words["passed"].format(until=max(ends)))
    if until is not None:
        return Timing(until, None, None, words["ends"].format(until=until))
    return Timing(None, None, None, words["open"])
