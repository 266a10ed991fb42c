"""Datums used in China, coordinates read from text, and navigation links in the right datum."""

from lianshang.engines.standards.coordinates.datums import (
    CRS,
    Point,
    PointProblem,
    check_point,
    convert,
    distance_m,
)
from lianshang.engines.standards.coordinates.links import (
    Destination,
    TravelMode,
    amap_link,
    apple_link,
    baidu_directions_link,
    baidu_marker_link,
    tencent_link,
    wechat_location,
)
from lianshang.engines.standards.coordinates.reading import parse_point

__all__ = [
    "CRS",
    "Destination",
    "Point",
    "PointProblem",
    "TravelMode",
    "amap_link",
    "apple_link",
    "baidu_directions_link",
    "baidu_marker_link",
    "check_point",
    "convert",
    "distance_m",
    "parse_point",
    "tencent_link",
    "wechat_location",
]
