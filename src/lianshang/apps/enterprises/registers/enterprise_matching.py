"""Which actor a row of the enterprise register is, and what does not fit between the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lianshang.apps.enterprises.queries.matching import Identities, Known, match_key
from lianshang.apps.places.models import Park
from lianshang.core.imports.headers import comparable
from lianshang.core.imports.registry import Row
from lianshang.engines.standards.coordinates import CRS, Point, check_point, convert


def parks_by_name() -> dict[str, int]:
    """Names and aliases of the zone's parks → key."""
    found: dict[str, int] = {}
    for pk, name, aliases in Park.objects.values_list("pk", "name", "aliases"):
        for text in (name, *aliases):
            found.setdefault(comparable(text), pk)
    return found


def place_rows(rows: Sequence[Row], parks: Mapping[str, int]) -> None:
    """Park and coordinates, in the register's own terms."""
    for row in rows:
        park = row.values.get("park")
        if park:
            if comparable(park) in parks:
                row.values["park_id"] = parks[comparable(park)]
            else:
                row.refuse("park_unknown", "park")
        _locate(row)


def _locate(row: Row) -> None:
    """Longitude and latitude in any datum → `point`: text in CGCS2000, to 0.000001 degree."""
    longitude, latitude = row.values.get("longitude"), row.values.get("latitude")
    if longitude is None and latitude is None:
        return
    if longitude is None or latitude is None:
        given = "longitude" if latitude is None else "latitude"
        row.warn("point_incomplete", given)
        return
    datum = row.values.get("given_crs", "")
    if not datum:
        row.warn("crs_missing", "longitude")
    point = Point(float(longitude), float(latitude), CRS(datum or CRS.CGCS2000))
    problem = check_point(point)
    if problem is None:
        found = convert(point, CRS.CGCS2000)
        row.values["point"] = [f"{found.lon:.6f}", f"{found.lat:.6f}", datum]
    elif problem.code == "swapped":
        read = f"{longitude}, {latitude}"
        row.refuse("point_swapped", "longitude", read, longitude=latitude, latitude=longitude)
    else:
        row.refuse("point_outside", "longitude", f"{longitude}, {latitude}")


def match_actors(rows: Sequence[Row], known: Identities) -> None:
    """Set the subject of rows about known actors, and the keys by which rows of one file are
    compared.
    """
    for row in rows:
        code, name = row.values.get("credit_code", ""), row.values["name"]
        actor = _actor(row, known, code, name)
        row.subject = actor.pk if actor else None
        keys = [f"code:{code}"] if code else []
        row.keys = [*keys, f"name:{match_key(name)}", *([f"pk:{actor.pk}"] if actor else [])]


def _actor(row: Row, known: Identities, code: str, name: str) -> Known | None:
    if code and code in known.by_code:
        actor = known.by_code[code]
        if not known.has_name(actor.pk, name):
            row.warn("renamed", "name", known=actor.name)
        elif not actor.is_named(name):
            _keep_present_name(row, actor)
        return actor
    candidates = _still_there(known.named(name))
    if code:
        candidates = [
            one
            for one in candidates
            if one.is_named(name) and not (one.is_retired and one.credit_code)
        ]
        others = [one for one in candidates if one.credit_code]
        if others:
            row.refuse("other_code", "credit_code", known=others[0].credit_code)
            return None
    if len(candidates) > 1:
        told = "；".join(str(one) for one in candidates[:5])
        row.refuse("name_ambiguous", "name", candidates=told)
        return None
    if not candidates:
        if not code:
            row.warn("code_absent", "name")
        return None
    if not candidates[0].is_named(name):
        _keep_present_name(row, candidates[0])
    return candidates[0]


def _still_there(candidates: list[Known]) -> list[Known]:
    """Those in the register; only if there is none, those whose import was undone."""
    return [one for one in candidates if not one.is_retired] or candidates


def _keep_present_name(row: Row, actor: Known) -> None:
    """The row uses a former name: that must not become the present one again."""
    row.warn("matched_by_former_name", "name", known=actor.name)
    row.values["name"] = actor.name
