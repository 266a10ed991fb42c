"""What is committed names no registry host and no machine path, and holds nobody else's code."""

import re
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
HOSTS = re.compile(r"https?://[^\s\"')]*(pypi|npmjs|pythonhosted|registry|mirror)", re.IGNORECASE)
PATHS = re.compile(r"(?<![\w.])/(work|root|home/[a-z]+|opt/pypi)\b")


def committed() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return [REPOSITORY / name for name in done.stdout.split("\0") if name]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in committed():
        if path.is_file() and path != Path(__file__):
            try:
                found.append((path, path.read_text(encoding="utf-8")))
            except UnicodeDecodeError:
                continue
    return found


def test_no_registry_host_is_named() -> None:
    assert [str(path) for path, text in texts() if HOSTS.search(text)] == []


def test_no_machine_path_is_named() -> None:
    assert [str(path) for path, text in texts() if PATHS.search(text)] == []


def test_every_requirement_is_pinned_with_hashes() -> None:
    for path in sorted((REPOSITORY / "requirements").glob("*.txt")):
        entries = re.findall(r"^([\w.-]+)(\S*)", path.read_text(), re.MULTILINE)
        assert all(rest.startswith("==") for _name, rest in entries), path
        assert path.read_text().count("--hash=") >= len(entries)


def test_nothing_large_is_committed() -> None:
    large = [path for path in committed() if path.is_file() and path.stat().st_size > 1_000_000]
    assert large == []
