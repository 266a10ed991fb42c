"""The glossary tells the truth: its identifiers are in the code."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


def test_every_identifier_of_today_is_in_the_code() -> None:
    text = (REPOSITORY / "docs" / "glossary.md").read_text()
    today = text.split("## In the code today")[1].split("## Decided for later")[0]
    identifiers = [
        name
        for line in today.splitlines()
        for name in re.findall(r"`(\w+)`", line.split("|")[2] if line.startswith("|") else "")
    ]
    source = "\n".join(path.read_text() for path in (REPOSITORY / "src").rglob("*.py"))
    assert len(identifiers) > 20
    assert [name for name in identifiers if not re.search(rf"\b{name}\b", source)] == []
