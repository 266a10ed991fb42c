"""`python -m bench.rules [--firms N] [--policies N] [--rounds N] [--json]`."""

import argparse
import json
import platform
from collections.abc import Callable
from importlib import metadata

from bench.rounds import Line, table
from bench.rules import library, register, single, zone

PEERS = ("polars", "duckdb", "OpenFisca-Core", "numpy", "rule-engine")
LARGE = 1000  # policies asked about one firm


def main() -> None:
    """Measure, then print the tables or one JSON object."""
    chosen = _arguments()
    size, count, rounds = chosen.firms, chosen.policies, chosen.rounds
    demo, whole = chosen.zone or "M", chosen.size or chosen.zone or "L"
    parts: dict[str, tuple[str, Callable[[], list[Line]]]] = {
        "library": (
            f"{count} policies × {size:,} firms",
            lambda: library.compare(count, size, rounds),
        ),
        "firm": (f"one firm × {LARGE:,} policies", lambda: single.one_firm(LARGE, rounds)),
        "policy": (
            f"one policy × {size:,} firms",
            lambda: single.one_policy(min(count, single.CHANGED), size, rounds),
        ),
        "zone": (
            f"a zone of size {demo} in PostgreSQL",
            lambda: zone.measure(demo, rounds),
        ),
        "register": (
            f"a register of size {whole} in PostgreSQL",
            lambda: register.measure(whole, rounds),
        ),
    }
    usual = [name for name in parts if name != "register"]  # it takes its own process
    found = {name: (parts[name][0], parts[name][1]()) for name in chosen.parts or usual}
    if chosen.json:
        print(json.dumps(_as_json(chosen, found), ensure_ascii=False))
    else:
        print(_machine())
        print("\n\n".join(["", *(table(title, lines) for title, lines in found.values())]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=__doc__)
    parser.add_argument("--firms", type=int, default=200_000)
    parser.add_argument("--policies", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    sizes = list(register.SIZES)
    parser.add_argument(
        "--zone", choices=("S", "M", "L", "XL"), help="size of `zone` and `register`"
    )
    parser.add_argument("--size", choices=sizes, help="the same, of `register` alone")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    names = ("library", "firm", "policy", "zone", "register")
    parser.add_argument("--parts", nargs="+", choices=names, help="only these tables")
    return parser.parse_args()


def _machine() -> str:
    versions = (f"{name} {version}" for name, version in _versions().items())
    return f"Python {platform.python_version()}, {', '.join(versions)}; one thread"


def _versions() -> dict[str, str]:
    found = {}
    for name in PEERS:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def _as_json(
    chosen: argparse.Namespace, found: dict[str, tuple[str, list[Line]]]
) -> dict[str, object]:
    return {
        "bench": "rules",
        "python": platform.python_version(),
        "versions": _versions(),
        "firms": chosen.firms,
        "policies": chosen.policies,
        "rounds": chosen.rounds,
        "parts": {
            name: {"title": title, "lines": [line.as_json() for line in lines]}
            for name, (title, lines) in found.items()
        },
    }


if __name__ == "__main__":
    main()
