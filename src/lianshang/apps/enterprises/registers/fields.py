"""Parsers of the enterprise register's own columns: credit code, industry, kind, status, datum,
phone.
"""

from django.utils.translation import gettext as _

from lianshang.apps.enterprises.choices import ActorKind, ActorStatus
from lianshang.apps.places.choices import Crs
from lianshang.core.imports.parsers import (
    NOT_GIVEN,
    Raw,
    Reading,
    error,
    full_width_findings,
    text,
    text_of,
    warning,
)
from lianshang.engines.standards.creditcode import (
    CodeKind,
    CodeProblem,
    CodeRefusal,
    check_credit_code,
)
from lianshang.engines.standards.industry import Industry, industry, with_lost_zero
from lianshang.engines.standards.text import TextProblem, half_width
from lianshang.engines.standards.text.readings import unknown_or_error

_CODE_FINDINGS = {
    "length": "code_length",
    "character": "code_character",
    "division_not_digits": "code_division",
    "category_unknown": "code_category",
    "inner_check_digit": "code_check",
    "outer_check_digit": "code_check",
    "registration_check_digit": "code_length",
    "spreadsheet_number": "code_spreadsheet",
}
# The first that is contained decides: 吊销，未注销 is revoked.
_STATUS_WORDS = (
    ("已注销", ActorStatus.DEREGISTERED),
    ("吊销", ActorStatus.REVOKED),
    ("注销", ActorStatus.DEREGISTERED),
    ("迁出", ActorStatus.MOVED_OUT),
    ("停业", ActorStatus.SUSPENDED),
    ("歇业", ActorStatus.SUSPENDED),
    *((word, ActorStatus.OPERATING) for word in ("存续", "在业", "开业", "在营", "在册", "正常")),
)
_KIND_WORDS = (
    ("个体", ActorKind.SOLE_TRADER),
    ("新型研发", ActorKind.NEW_RD_INSTITUTION),
    *((word, ActorKind.SOCIAL_ORGANIZATION) for word in ("社会", "民办非企业", "基金会", "协会")),
    *((word, ActorKind.INSTITUTE) for word in ("科研", "院所", "研究院", "研究所", "事业单位")),
    *((word, ActorKind.FIRM) for word in ("企业", "公司", "合伙", "独资", "合作社", "合资")),
)
_KIND_OF_PREFIX = {"92": ActorKind.SOLE_TRADER, "12": ActorKind.INSTITUTE}
_KIND_OF_PREFIX |= dict.fromkeys(("51", "52", "53", "31"), ActorKind.SOCIAL_ORGANIZATION)
_CRS_WORDS = {
    "cgcs2000": Crs.CGCS2000,
    "国家2000": Crs.CGCS2000,
    "2000": Crs.CGCS2000,
    "wgs84": Crs.WGS84,
    "gps": Crs.WGS84,
    "gcj02": Crs.GCJ02,
    "gcj": Crs.GCJ02,
    "火星": Crs.GCJ02,
    "高德": Crs.GCJ02,
    "腾讯": Crs.GCJ02,
    "bd09": Crs.BD09,
    "百度": Crs.BD09,
}


def credit_code(raw: Raw) -> Reading:
    """A unified social credit code with both check characters; nothing else is let through."""
    shown = text_of(raw)
    if unknown_or_error(shown) is not None:
        return NOT_GIVEN
    found = check_credit_code(shown)
    if isinstance(found, CodeRefusal):
        return _refused_code(found)
    if found.kind is CodeKind.OLD_REGISTRATION_NUMBER:
        return Reading(None, (error("code_old_number"),))
    if found.kind is CodeKind.ORGANISATION_CODE:
        return Reading(None, (error("code_organisation"),))
    return Reading(found.value, full_width_findings(raw, found.value))


def _refused_code(refusal: CodeRefusal) -> Reading:
    problem = refusal.problems[0]
    if problem.code == "identity_card_number":
        hidden = _("（身份证号，已隐去）")
        return Reading(None, (error("code_identity_card"),), hidden)
    hint = _("可能是 %s。") % "、".join(refusal.suggestions[:3]) if refusal.suggestions else ""
    length = len(refusal.normalised) if problem.code.endswith("digit") else problem.read
    parameters = {"position": _positions(refusal.problems), "hint": hint, "found": length}
    return Reading(None, (error(_CODE_FINDINGS[problem.code], **parameters),))


def _positions(problems: tuple[CodeProblem, ...]) -> str:
    """Where the same kind of problem is found."""
    kind = _CODE_FINDINGS[problems[0].code]
    places = [one.position for one in problems if _CODE_FINDINGS.get(one.code) == kind]
    return "、".join(str(place) for place in places if place)


_name = text(200)


def firm_name(raw: Raw) -> Reading:
    """A name in the registrar's spelling: digits and letters half-width, brackets full-width."""
    reading = _name(raw)
    if not isinstance(reading.value, str):
        return reading
    plain = half_width(reading.value)
    if plain.replace(".", "").isdigit():
        return Reading(None, (error("name_not_text"),))
    return Reading(plain.replace("(", "（").replace(")", "）") if not plain.isascii() else plain)


def kind(raw: Raw) -> Reading:
    """What sort of actor, from the register's own words or the legal form."""
    return _by_word(raw, _KIND_WORDS, ActorKind, "kind_unknown")


def status(raw: Raw) -> Reading:
    """Registration status, from the words of any register."""
    return _by_word(raw, _STATUS_WORDS, ActorStatus, "status_unknown")


def _by_word(
    raw: Raw,
    words: tuple[tuple[str, str], ...],
    choices: type[ActorKind] | type[ActorStatus],
    refusal: str,
) -> Reading:
    plain = half_width(text_of(raw))
    if unknown_or_error(plain) is not None:
        return NOT_GIVEN
    if plain in choices.values:
        return Reading(plain)
    found = next((str(value) for word, value in words if word in plain), None)
    return Reading(found) if found else Reading(None, (error(refusal),))


def kind_of_code(code: str) -> str:
    """What the prefix of a credit code says, where the file does not: a prefill."""
    return str(_KIND_OF_PREFIX.get(code[:2], ActorKind.FIRM))


def industry_code(raw: Raw) -> Reading:
    """A code of GB/T 4754-2017 at any level, kept with its letter."""
    shown = text_of(raw)
    if isinstance(raw, str) and isinstance(unknown_or_error(shown), TextProblem):
        return Reading(None, (error("spreadsheet_error"),))
    if unknown_or_error(shown) is not None:
        return NOT_GIVEN
    found = industry(shown)
    if isinstance(found, Industry):
        return _taken_industry(raw, found)
    if found.code == "empty":
        return NOT_GIVEN
    if found.code == "wrong_section":
        return Reading(None, (error("industry_section", suggestion=found.suggestions[0].code),))
    return Reading(None, (error("industry_unknown", hint=_industry_hint(raw, found.suggestions)),))


def _taken_industry(raw: Raw, found: Industry) -> Reading:
    taken = found.code
    findings = full_width_findings(raw, taken)
    lost = with_lost_zero(int(raw)) if isinstance(raw, float | int) else None
    if lost:
        hint = {"taken": f"{found.code} {found.name}", "other": f"{lost.code} {lost.name}"}
        findings = (warning("industry_lost_zero", **hint),)
    return Reading(taken, findings)


def _industry_hint(raw: Raw, suggestions: tuple[Industry, ...]) -> str:
    lost = with_lost_zero(int(raw)) if isinstance(raw, float | int) else None
    likely = (lost, *suggestions) if lost is not None else suggestions
    names = "、".join(f"{one.code} {one.name}" for one in likely[:3])
    return _("可能是 %s。") % names if names else ""


def datum(raw: Raw) -> Reading:
    """The coordinate reference system, as people call it."""
    plain = half_width(text_of(raw)).lower().replace("-", "").replace(" ", "").replace("_", "")
    found = next((crs for word, crs in _CRS_WORDS.items() if word in plain), None)
    if found:
        return Reading(str(found))
    if unknown_or_error(plain) is not None:
        return NOT_GIVEN
    return Reading(None, (error("not_a_choice", choices="CGCS2000、WGS-84、GCJ-02、BD-09"),))


_personal = text(100)


def personal_text(raw: Raw) -> Reading:
    """A person's name or number; a masked one is not given."""
    if "**" in text_of(raw):
        return Reading(None, (warning("masked"),))
    return _personal(raw)
