"""Points from registers and phones, kept in one datum and handed to each map in its own."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianshang.engines.standards.coordinates import (
    CRS,
    Destination,
    Point,
    PointProblem,
    TravelMode,
    amap_link,
    apple_link,
    baidu_directions_link,
    baidu_marker_link,
    check_point,
    convert,
    distance_m,
    parse_point,
    tencent_link,
    wechat_location,
)

ZONE = Point(108.8887, 34.2320, CRS.WGS84)
PARK = Destination(ZONE, "示例园区, A座", "示例路1号")
NAME = "%E7%A4%BA%E4%BE%8B%E5%9B%AD%E5%8C%BA%20A%E5%BA%A7"


def test_the_shifts_agree_with_the_public_converters() -> None:
    gcj02 = convert(ZONE, CRS.GCJ02)
    assert (round(gcj02.lat, 8), round(gcj02.lon, 8)) == (34.23036878, 108.89328053)
    bd09 = convert(ZONE, CRS.BD09)
    assert (round(bd09.lat, 8), round(bd09.lon, 8)) == (34.23606811, 108.89989601)
    assert round(distance_m(ZONE, Point(gcj02.lon, gcj02.lat, CRS.WGS84))) == 459


def test_cgcs2000_and_wgs84_are_one_at_our_accuracy() -> None:
    assert convert(ZONE, CRS.CGCS2000) == Point(108.8887, 34.2320, CRS.CGCS2000)
    assert distance_m(ZONE, convert(ZONE, CRS.BD09)) < 1e-3


def test_nothing_is_shifted_outside_the_mainland_box() -> None:
    assert convert(Point(12.5, 41.9), CRS.GCJ02) == Point(12.5, 41.9, CRS.GCJ02)


@given(st.floats(74, 135), st.floats(4, 53), st.sampled_from([CRS.GCJ02, CRS.BD09]))
def test_going_there_and_back_is_exact(lon: float, lat: float, crs: CRS) -> None:
    back = convert(convert(Point(lon, lat), crs), CRS.CGCS2000)
    assert math.isclose(back.lon, lon, abs_tol=1e-8)
    assert math.isclose(back.lat, lat, abs_tol=1e-8)


@given(st.floats(74, 135), st.floats(4, 53))
def test_baidu_to_amap_and_back_is_exact(lon: float, lat: float) -> None:
    back = convert(convert(Point(lon, lat, CRS.BD09), CRS.GCJ02), CRS.BD09)
    assert math.isclose(back.lon, lon, abs_tol=1e-8)
    assert math.isclose(back.lat, lat, abs_tol=1e-8)


@pytest.mark.parametrize(
    ("lon", "lat", "problem"),
    [
        (0, 0, "zero"),
        (108.9, 0, "zero"),
        (12.5, 41.9, "outside_china"),
        (10888.7, 34.2, "out_of_range"),
        (math.nan, 34.2, "not_finite"),
    ],
)
def test_implausible_points_are_flagged(lon: float, lat: float, problem: str) -> None:
    answer = check_point(Point(lon, lat))
    assert answer is not None
    assert answer.code == problem


def test_a_swapped_pair_is_asked_about() -> None:
    assert check_point(Point(34.22, 108.95)) == PointProblem(
        "swapped", "34.22, 108.95", Point(108.95, 34.22)
    )
    assert check_point(Point(108.95, 34.22)) is None


@pytest.mark.parametrize(
    "text",
    [
        "108.95,34.22",
        "１０８．９５，３４．２２",
        "(108.95 34.22)",
        "POINT(108.95 34.22)",
        "108.95；34.22",
        "经度：108.95，纬度：34.22",
        "lng=108.95&lat=34.22",
        "34.22N, 108.95E",
        "N34.22 E108.95",
        "北纬34.22度 东经108.95度",
        "108°57′00″ 34°13′12″",
        "东经108度57分 北纬34度13分12秒",
        "34°13'12\"N 108°57'E",
    ],
)
def test_one_place_written_in_many_ways(text: str) -> None:
    point = parse_point(text)
    assert isinstance(point, Point)
    assert (round(point.lon, 9), round(point.lat, 9), point.crs) == (108.95, 34.22, CRS.CGCS2000)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("示例路1号", "not_a_point"),
        ("108.95", "not_a_point"),
        ("108.95E 34.22E", "not_a_point"),
        ("108°61' 34°10'", "not_a_point"),
        ("34.22,108.95", "swapped"),
        ("0,0", "zero"),
    ],
)
def test_text_that_is_no_point_is_explained(text: str, problem: str) -> None:
    answer = parse_point(text)
    assert isinstance(answer, PointProblem)
    assert answer.code == problem


def test_the_datum_of_the_text_is_kept() -> None:
    point = parse_point("108.893281,34.230369", CRS.GCJ02)
    assert isinstance(point, Point)
    assert distance_m(point, ZONE) < 0.1


def test_amap_takes_longitude_first() -> None:
    assert amap_link(PARK, "lianshang") == (
        "https://uri.amap.com/navigation?to=108.893281,34.230369,"
        f"{NAME}&mode=car&src=lianshang&callnative=0"
    )


def test_baidu_takes_latitude_first_and_is_told_the_datum() -> None:
    place = f"name%3A{NAME}%7Clatlng%3A34.230369,108.893281"
    assert baidu_directions_link(PARK, PARK, "webapp.demo.demo", TravelMode.BUS) == (
        f"https://api.map.baidu.com/direction?origin={place}&destination={place}"
        "&mode=transit&coord_type=gcj02&output=html&src=webapp.demo.demo"
    )
    marker = baidu_marker_link(PARK, "webapp.demo.demo")
    assert marker.startswith("https://api.map.baidu.com/marker?location=34.230369,108.893281&")
    assert "coord_type=gcj02" in marker


def test_tencent_takes_latitude_first_and_its_own_datum() -> None:
    link = tencent_link(PARK, "demo", TravelMode.WALK)
    assert link.startswith("https://apis.map.qq.com/uri/v1/routeplan?type=walk&to=")
    assert "&tocoord=34.230369,108.893281&coord_type=2&referer=demo" in link


def test_apple_gets_the_address_where_there_is_one() -> None:
    assert apple_link(PARK) == (
        "https://maps.apple.com/?daddr=%E7%A4%BA%E4%BE%8B%E8%B7%AF1%E5%8F%B7&dirflg=d"
    )
    assert "daddr=34.230369,108.893281" in apple_link(Destination(ZONE, "示例园区"))


def test_wechat_gets_numbers() -> None:
    assert wechat_location(PARK) == {
        "latitude": 34.230369,
        "longitude": 108.893281,
        "name": "示例园区, A座",
        "address": "示例路1号",
    }
