"""The front end: pinned to the letter, small, and asking nobody else for anything."""

import gzip
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BUILD = ROOT / "src" / "lianshang" / "core" / "ui" / "static" / "build"
LARGEST = {"main.css": 16_000, "main.js": 24_000}  # bytes over the wire, compressed


def test_every_package_is_pinned_exactly() -> None:
    packages = json.loads((ROOT / "frontend" / "package.json").read_text())
    wanted = {**packages.get("dependencies", {}), **packages["devDependencies"]}
    assert [name for name, version in wanted.items() if not re.fullmatch(r"[\d.]+", version)] == []


def test_the_lock_file_names_checksums_and_no_host() -> None:
    locked = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"]
    packages = {name: entry for name, entry in locked.items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


@pytest.mark.parametrize("name", LARGEST)
def test_what_every_page_loads_stays_small(name: str) -> None:
    compressed = BUILD / f"{name}.gz"
    assert gzip.decompress(compressed.read_bytes()) == (BUILD / name).read_bytes()
    assert compressed.stat().st_size <= LARGEST[name]


@pytest.mark.parametrize("name", LARGEST)
def test_what_every_page_loads_asks_no_other_host(name: str) -> None:
    text = (BUILD / name).read_text()
    assert re.findall(r"url\((?!['\"]?data:)[^)]*\)|@import|https?://(?!www\.w3\.org)", text) == []


def test_the_styles_know_no_inline_and_no_hard_colours_outside_the_tokens() -> None:
    folder = ROOT / "frontend" / "src" / "css"
    wrong = [
        f"{path.name}: {line.strip()}"
        for path in sorted(folder.glob("*.css"))
        if path.name not in {"tokens.css", "print.css"}
        for line in path.read_text().splitlines()
        if re.search(r"#[0-9a-f]{3,8}\b|rgb\(", line) and "/*" not in line
    ]
    assert [one for one in wrong if "box-shadow" not in one] == []
