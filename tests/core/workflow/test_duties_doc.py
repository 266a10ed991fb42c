"""docs/duties.md shows the tables of the code. LIANSHANG_WRITE_DOCS=1 renews them."""

import os
import re
from pathlib import Path

from lianshang.core.workflow import replay
from lianshang.core.workflow.choices import OPEN
from lianshang.core.workflow.flows import BASE, FLOWS, Flow, Transition

DOC = Path(__file__).parents[3] / "docs" / "duties.md"
WORD = {"asker": "asker", "third": "third", "program": "the program"}


def line(row: Transition) -> str:
    states = "any open" if row.states == OPEN else ", ".join(row.states)
    who = ", ".join(WORD.get(one, one.replace("_", "-")) for one in row.who)
    needs = ", ".join(row.needs) or "–"
    return f"| {row.act} {row.name} | {states} | {row.to or 'same'} | {who} | {needs} |"


def table(rows: tuple[Transition, ...]) -> list[str]:
    head = ["| act | from | to | who | needs |", "|--|--|--|--|--|"]
    return [*head, *map(line, rows)]


def differences(flow: Flow) -> list[str]:
    """The rows that differ from the task's, the acts it lacks, and its words."""
    changed = tuple(row for row in flow.rows if row not in BASE)
    kept = {row.act for row in flow.rows}
    missing = [f"{row.act} {row.name}" for row in BASE if row.act not in kept]
    words = [f"{state} {label}" for state, label in flow.state_labels.items()]
    lines = [f"**{flow.name}** {flow.name.label}: as `task`, but"]
    lines += ["", *table(changed)]
    notes = [f"Without: {', '.join(missing)}."] if missing else []
    notes += [f"Its words: {', '.join(words)}."] if words else []
    return [*lines, *(["", " ".join(notes)] if notes else []), ""]


def flows() -> str:
    lines = [f"**task** {FLOWS['task'].name.label}", "", *table(BASE), ""]
    for name, flow in FLOWS.items():
        if name != "task":
            lines += differences(flow)
    return "\n".join(lines).strip()


def clocks() -> str:
    text = replay.__doc__ or ""
    return "\n".join(row for row in text.splitlines() if row.startswith("|"))


def written(text: str) -> str:
    for name, content in (("flows", flows()), ("clocks", clocks())):
        block = f"<!-- {name} -->\n{content}\n<!-- /{name} -->"
        text = re.sub(f"<!-- {name} -->.*<!-- /{name} -->", lambda _m, b=block: b, text, flags=re.S)
    return text


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    text = DOC.read_text(encoding="utf-8")
    if os.environ.get("LIANSHANG_WRITE_DOCS"):
        DOC.write_text(written(text), encoding="utf-8")
    text = DOC.read_text(encoding="utf-8")
    assert text == written(text)
    assert len(re.findall(r"^\| accept ", text, flags=re.MULTILINE)) == 2
