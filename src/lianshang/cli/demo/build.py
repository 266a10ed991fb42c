"""From an empty database to a zone whose every firm knows what it is entitled to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from lianshang.cli.demo import database
from lianshang.cli.demo.importing import Imported, import_sheet
from lianshang.cli.demo.registers import first_actor, write_registers
from lianshang.cli.demo.report import Summary, take_stock
from lianshang.cli.demo.sizes import SCALES, Size

if TYPE_CHECKING:
    from lianshang.cli.demo.steps import Steps

FOUNDED_BEFORE = timedelta(days=120)  # its people have been at work for a while


def build_zone(name: str, folder: Path, size: Size, seed: int, steps: Steps) -> Summary:
    """Every step of a zone's first day, each shown with its progress."""
    with steps.step("An empty database"):
        database.start_afresh(name)
    from lianshang.cli.demo.founding import REASON, admit_firm, found_zone
    from lianshang.core import clock

    today = clock.today()
    before = clock.moved_to(clock.now() - FOUNDED_BEFORE)
    with steps.step("Bodies, parks, people, policies"), before:
        importer = found_zone(SCALES[size])
    with steps.step("The offices write their workbooks") as report:
        files = write_registers(folder, size, seed, today=today, progress=report)
    imported: list[Imported] = []
    for number, one in enumerate(files, start=1):
        title = f"Import {number}/{len(files)}: {one.path.name} · {one.sheet}"
        with steps.step(title) as report:
            imported.append(import_sheet(one, actor=importer, progress=report))
    with steps.step("The demo firm signs in and lets the zone use its tax data"):
        admit_firm(first_actor(size, seed, today).credit_code)
    with steps.step("Three weeks of duties"):
        from lianshang.cli.demo.duties import live_through

        live_through(clock.now())
    with steps.step("Evaluate every policy") as report:
        from lianshang.apps.policies.actions.evaluation import evaluate_register

        evaluate_register(actor=None, progress=report, reason=REASON)
    with steps.step("Take stock"):
        return take_stock(size, seed, imported, steps.seconds)
