"""CGCS2000, WGS-84, GCJ-02 and BD-09: conversion between them and checks of a point.

CGCS2000 and WGS-84 differ by centimetres to decimetres, less than our accuracy (metres), and PROJ
treats 4326 → 4490 as a null transform: here they are one. GCJ-02 and BD-09 are published nowhere
officially; the formulas are the ones that all public converters share and agree on to 0.02 m.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class CRS(StrEnum):
    """Datum of a longitude and latitude."""

    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, longitude first, in one datum."""

    lon: float
    lat: float
    crs: CRS = CRS.CGCS2000


@dataclass(frozen=True, slots=True)
class PointProblem:
    """What is wrong with a point or its text, for the machine, and the point probably meant.

    Codes: `empty`, `not_a_point`, `not_finite`, `zero`, `swapped` (longitude and latitude),
    `out_of_range`, `outside_china`.
    """

    code: str
    read: str = ""
    suggestion: Point | None = None


_CHINA_LON, _CHINA_LAT = (73.0, 136.0), (3.0, 54.0)
# The shift is applied inside this box only, as map makers do.
_SHIFTED_LON, _SHIFTED_LAT = (72.004, 137.8347), (0.8293, 55.8271)
_AXIS, _ECCENTRICITY_SQUARED = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, as in GCJ-02
_EARTH_RADIUS = 6371008.8
_BD_ANGLE = math.pi * 3000 / 180
_TOLERANCE, _MAX_ROUNDS = 1e-10, 30
Pair = tuple[float, float]


def convert(point: Point, target: CRS) -> Point:
    """The same place in another datum; inverses are iterated to 1e-10 degree (0.01 mm)."""
    lon, lat = point.lon, point.lat
    source, goal = _RANK[point.crs], _RANK[target]
    for step in _FORWARD[source:goal]:
        lon, lat = step(lon, lat)
    for step in reversed(_FORWARD[goal:source]):
        lon, lat = _inverse(step, lon, lat)
    return Point(lon, lat, target)


def check_point(point: Point) -> PointProblem | None:
    """None for a plausible place in China; else the problem, with a swapped pair put right."""
    read = f"{point.lon}, {point.lat}"
    if not (math.isfinite(point.lon) and math.isfinite(point.lat)):
        return PointProblem("not_finite", read)
    if abs(point.lon) < 1e-6 or abs(point.lat) < 1e-6:  # an empty field stored as a number
        return PointProblem("zero", read)
    if _within(point, _CHINA_LON, _CHINA_LAT):
        return None
    swapped = Point(point.lat, point.lon, point.crs)
    if _within(swapped, _CHINA_LON, _CHINA_LAT):
        return PointProblem("swapped", read, swapped)
    in_range = abs(point.lon) <= 180 and abs(point.lat) <= 90
    return PointProblem("outside_china" if in_range else "out_of_range", read)


def distance_m(first: Point, second: Point) -> float:
    """Metres along the great circle; the second point is taken in the datum of the first."""
    other = convert(second, first.crs)
    lat1, lat2 = math.radians(first.lat), math.radians(other.lat)
    half_lat, half_lon = (lat2 - lat1) / 2, math.radians(other.lon - first.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS * math.asin(min(1.0, math.sqrt(chord)))


def _within(point: Point, lons: Pair, lats: Pair) -> bool:
    return lons[0] <= point.lon <= lons[1] and lats[0] <= point.lat <= lats[1]


def _wgs84_to_gcj02(lon: float, lat: float) -> Pair:
    if not _within(Point(lon, lat), _SHIFTED_LON, _SHIFTED_LAT):
        return lon, lat
    x, y = lon - 105.0, lat - 35.0
    waves = 20 * math.sin(6 * math.pi * x) + 20 * math.sin(2 * math.pi * x)
    root = math.sqrt(abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (waves + _waves(y, 20, 40, 1 / 3) + _waves(y, 160, 320, 1 / 30, 1 / 12)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (waves + _waves(x, 20, 40, 1 / 3) + _waves(x, 150, 300, 1 / 30, 1 / 12)) * 2 / 3
    sine = math.sin(math.radians(lat))
    factor = 1 - _ECCENTRICITY_SQUARED * sine * sine
    meridian = _AXIS * (1 - _ECCENTRICITY_SQUARED) / (factor * math.sqrt(factor))
    parallel = _AXIS / math.sqrt(factor) * math.cos(math.radians(lat))
    return lon + math.degrees(east / parallel), lat + math.degrees(north / meridian)


def _waves(
    value: float, fast: float, slow: float, slow_rate: float, fast_rate: float = 1.0
) -> float:
    turn = math.pi * value
    return fast * math.sin(fast_rate * turn) + slow * math.sin(slow_rate * turn)


def _gcj02_to_bd09(lon: float, lat: float) -> Pair:
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD_ANGLE)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD_ANGLE)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def _inverse(step: Callable[[float, float], Pair], lon: float, lat: float) -> Pair:
    """Fixed-point iteration: the shifts vary slowly, so each round gains about two digits."""
    guess_lon, guess_lat = lon, lat
    for _ in range(_MAX_ROUNDS):
        got_lon, got_lat = step(guess_lon, guess_lat)
        error_lon, error_lat = lon - got_lon, lat - got_lat
        guess_lon, guess_lat = guess_lon + error_lon, guess_lat + error_lat
        if abs(error_lon) < _TOLERANCE and abs(error_lat) < _TOLERANCE:
            break
    return guess_lon, guess_lat


# Each datum is one step further from the globe than the last.
_FORWARD = (_wgs84_to_gcj02, _gcj02_to_bd09)
_RANK = {CRS.CGCS2000: 0, CRS.WGS84: 0, CRS.GCJ02: 1, CRS.BD09: 2}
