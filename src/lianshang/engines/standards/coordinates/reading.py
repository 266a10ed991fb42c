"""Coordinates as people type them: decimal or degrees-minutes-seconds, either width."""

import re
import unicodedata

from lianshang.engines.standards.coordinates.datums import CRS, Point, PointProblem, check_point

# Before NFKC, which would turn º into "o" and ″ into two primes.
_MARKS = str.maketrans({"º": "°", "˚": "°", "度": "°", "′": "'", "’": "'", "‘": "'", "分": "'"})
_MARKS |= str.maketrans({"″": '"', "”": '"', "“": '"', "秒": '"'})
_AXES = (
    (r"东经|经度|LONGITUDE|LON|LNG", "E"),
    (r"北纬|纬度|LATITUDE|LAT", "N"),
    (r"西经", "W"),
    (r"南纬", "S"),
)
_ANGLE = (
    r"(?P<degrees>[-+]?[0-9]+(?:\.[0-9]+)?) *°? *"
    r"(?:(?P<minutes>[0-9]+(?:\.[0-9]+)?) *' *)?"
    r"(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?) *(?:\"|'') *)?"
)
_LETTER_FIRST = re.compile(rf"(?P<axis>[NSEW])[ :=]*{_ANGLE}")
_LETTER_LAST = re.compile(rf"{_ANGLE}(?P<axis>[NSEW]?)")


def parse_point(text: str, crs: CRS = CRS.CGCS2000) -> Point | PointProblem:
    """Read two angles; without E/N marks the order is longitude, latitude.

    A pair in the other order is answered with `swapped` and the point put right, not swapped
    silently; where marks such as 东经 or N name the axes, any order is good.
    """
    if not text.strip():
        return PointProblem("empty")
    plain = _plain(text)
    pattern = _LETTER_FIRST if plain[:1] in set("NSEW") else _LETTER_LAST
    first = pattern.match(plain)
    rest = plain[first.end() :].lstrip(" ,;/、|&") if first else ""
    second = pattern.fullmatch(rest)
    if first is None or second is None:
        return PointProblem("not_a_point", text)
    angles = [_degrees(first), _degrees(second)]
    axes = [_is_latitude(first), _is_latitude(second)]
    if None in angles or (axes[0] == axes[1] is not None) or axes.count(None) == 1:
        return PointProblem("not_a_point", text)
    if axes[0]:
        angles.reverse()
    point = Point(float(angles[0] or 0), float(angles[1] or 0), crs)
    return check_point(point) or point


def _plain(text: str) -> str:
    plain = text.upper()
    for words, letter in _AXES:  # before the marks: 经度 holds 度
        plain = re.sub(words, letter, plain)
    plain = unicodedata.normalize("NFKC", plain.translate(_MARKS)).upper()
    plain = re.sub(r"^POINT|[()\[\]{}]", " ", plain)
    return re.sub(r"\s+", " ", plain).strip()


def _degrees(angle: re.Match[str]) -> float | None:
    minutes, seconds = float(angle["minutes"] or 0), float(angle["seconds"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    whole = float(angle["degrees"])
    size = abs(whole) + minutes / 60 + seconds / 3600
    negative = angle["degrees"].startswith("-") or angle["axis"] in {"S", "W"}
    return -size if negative else size


def _is_latitude(angle: re.Match[str]) -> bool | None:
    return angle["axis"] in {"N", "S"} if angle["axis"] else None
