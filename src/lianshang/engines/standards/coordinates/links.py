"""One-tap navigation links: each map's own parameter names, coordinate order and datum.

Amap, Tencent, Apple and WeChat are given GCJ-02, Baidu GCJ-02 with its name said, so that BD-09,
whose formula Baidu does not publish, is never needed. Amap takes longitude first, the others
latitude first. Links open from a web page; no key is needed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlencode

from lianshang.engines.standards.coordinates.datums import CRS, Point, convert


class TravelMode(StrEnum):
    """Ways to travel that all four maps know."""

    CAR = "car"
    BUS = "bus"
    WALK = "walk"


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to go: a point in any datum, the name shown, and the address if there is one."""

    point: Point
    name: str
    address: str = ""


_BAIDU_MODES = {TravelMode.CAR: "driving", TravelMode.BUS: "transit", TravelMode.WALK: "walking"}
_TENCENT_TYPES = {TravelMode.CAR: "drive", TravelMode.BUS: "bus", TravelMode.WALK: "walk"}
_APPLE_FLAGS = {TravelMode.CAR: "d", TravelMode.BUS: "r", TravelMode.WALK: "w"}


def amap_link(to: Destination, source: str, mode: TravelMode = TravelMode.CAR) -> str:
    """Amap (lbs.amap.com uri-api route, 2025-03): `to=lon,lat,name`, GCJ-02 by default.

    `callnative` stays 0: the call of the app fails inside WeChat and QQ.
    """
    place = f"{_lon_lat(to.point)},{_label(to.name)}"
    query = {"to": place, "mode": mode.value, "src": source, "callnative": "0"}
    return _url("https://uri.amap.com/navigation", query)


def baidu_directions_link(
    start: Destination, to: Destination, source: str, mode: TravelMode = TravelMode.CAR
) -> str:
    """Baidu route: it wants an origin; `source` is `webapp.company.app`."""
    query = {
        "origin": f"name:{_label(start.name)}|latlng:{_lat_lon(start.point)}",
        "destination": f"name:{_label(to.name)}|latlng:{_lat_lon(to.point)}",
        "mode": _BAIDU_MODES[mode],
        "coord_type": "gcj02",
        "output": "html",
        "src": source,
    }
    return _url("https://api.map.baidu.com/direction", query)


def baidu_marker_link(to: Destination, source: str) -> str:
    """Baidu marker page, from which the route starts where no origin is known."""
    query = {
        "location": _lat_lon(to.point),
        "title": to.name,
        "content": to.address or to.name,
        "coord_type": "gcj02",
        "output": "html",
        "src": source,
    }
    return _url("https://api.map.baidu.com/marker", query)


def tencent_link(to: Destination, referer: str, mode: TravelMode = TravelMode.CAR) -> str:
    """Tencent (lbs.qq.com uriV1 routeplan): coord_type 2 is its own GCJ-02."""
    query = {
        "type": _TENCENT_TYPES[mode],
        "to": to.name,
        "tocoord": _lat_lon(to.point),
        "coord_type": "2",
        "referer": referer,
    }
    return _url("https://apis.map.qq.com/uri/v1/routeplan", query)


def apple_link(to: Destination, mode: TravelMode = TravelMode.CAR) -> str:
    """Apple Map Links have no datum parameter, so an address is sent where there is one.

    That it reads coordinates in mainland China as GCJ-02 is unconfirmed.
    """
    place = to.address or _lat_lon(to.point)
    return _url("https://maps.apple.com/", {"daddr": place, "dirflg": _APPLE_FLAGS[mode]})


def wechat_location(to: Destination) -> dict[str, str | float]:
    """Arguments of `wx.openLocation`: numbers, not strings, in GCJ-02."""
    shifted = convert(to.point, CRS.GCJ02)
    return {
        "latitude": round(shifted.lat, 6),
        "longitude": round(shifted.lon, 6),
        "name": to.name,
        "address": to.address,
    }


def _url(base: str, query: dict[str, str]) -> str:
    return f"{base}?{urlencode(query, safe=',', quote_via=quote)}"


def _label(name: str) -> str:
    """A name without the characters that separate fields inside a parameter."""
    return re.sub(r"[\s,，|:;]+", " ", name).strip()


def _lon_lat(point: Point) -> str:
    shifted = convert(point, CRS.GCJ02)
    return f"{shifted.lon:.6f},{shifted.lat:.6f}"


def _lat_lon(point: Point) -> str:
    shifted = convert(point, CRS.GCJ02)
    return f"{shifted.lat:.6f},{shifted.lon:.6f}"
