"""Company names of different registers, made comparable."""

import re
from dataclasses import dataclass

from lianshang.engines.standards.text.readings import half_width

_BRACKETS = str.maketrans("〔【［[{〈﹝｛〕】］]}〉﹞｝", "((((((((" + "))))))))")
_DOTS = str.maketrans("·•・‧∙⋅●", "·······")
_QUOTES = re.compile(r"[\s\"'“”‘’«»《》`]+")
_STRAY = "。.,、;；:·"
# As written at the end of a name → the legal form; longer endings first.
_FORMS = (
    ("合伙企业(特殊普通合伙)", "特殊普通合伙"),
    ("合伙企业(有限合伙)", "有限合伙"),
    ("合伙企业(普通合伙)", "普通合伙"),
    ("(特殊普通合伙)", "特殊普通合伙"),
    ("(有限合伙)", "有限合伙"),
    ("(普通合伙)", "普通合伙"),
    ("(个人独资)", "个人独资企业"),
    ("股份有限责任公司", "股份有限公司"),
    ("农民专业合作社", "农民专业合作社"),
    ("股份有限公司", "股份有限公司"),
    ("有限责任公司", "有限公司"),
    ("股份公司", "股份有限公司"),
    ("有限公司", "有限公司"),
)
_ENGLISH_FORM = re.compile(r"(?:CO\.?,?LTD|,?LIMITED|,?LTD|,?INC|,?LLC)\.?$")
_NOTES = re.compile(
    r"(?:\((?:原|曾用名|已注销|注销|吊销|存续|在业|自然人|法人独资|国有|外商|台港澳)[^()]*\))+$"
)
_BRANCH = re.compile(
    r"(?P<head>.+?(?:公司|合作社|合伙\)))(?P<branch>.+(?:分公司|分店|分厂|办事处|分部|营业部))"
)


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A name in comparable parts.

    `normalised` is the whole name in one spelling: equal means the same name. `core` leaves out
    the legal form, brackets and punctuation: equal means a likely match, to be confirmed. `form`
    is the legal form, empty if none was recognised; `branch` is the branch's own part.
    """

    text: str
    normalised: str
    core: str
    form: str = ""
    branch: str = ""


def normalise_company_name(text: str) -> str:
    """One spelling: half-width, upper case, plain brackets, 有限责任公司 as 有限公司, no spaces."""
    plain = _QUOTES.sub("", half_width(text)).upper().translate(_BRACKETS).translate(_DOTS)
    plain = half_width(plain).strip(_STRAY)  # again: capitals may need composing
    without_notes = _NOTES.sub("", plain).strip(_STRAY) or plain
    return without_notes.replace("有限责任公司", "有限公司")


def read_company_name(text: str) -> CompanyName:
    """Split a name into core, legal form and branch."""
    normalised = normalise_company_name(text)
    branch = _BRANCH.fullmatch(normalised)
    head = branch["head"] if branch else normalised
    stem, form = _without_form(head)
    core = re.sub(r"[^\w]+", "", stem) or normalised
    return CompanyName(text, normalised, core, form, branch["branch"] if branch else "")


def _without_form(name: str) -> tuple[str, str]:
    for ending, form in _FORMS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending), form
    english = _ENGLISH_FORM.search(name)
    if english and english.start() > 0:
        return name[: english.start()], "有限公司"
    return name, ""
