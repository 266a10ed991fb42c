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
    from collections.abc import Sequence

    from lianshang.cli.demo.registers import RegisterFile
    from lianshang.cli.demo.steps import Steps
    from lianshang.core.accounts.models import User

FOUNDED_BEFORE = timedelta(days=120)  # its people have been at work for a while
IMPORTED_BEFORE = timedelta(days=60)  # so that its rewards could be listed and decided since
MOST_FIRMS = 2_000  # of a demo whose automatic reward is delivered, case by case


def build_zone(name: str, folder: Path, size: Size, seed: int, steps: Steps) -> Summary:
    """Every step of a zone's first day, each shown with its progress."""
    with steps.step("An empty database"):
        database.start_afresh(name)
    from lianshang.cli.demo.founding import admit_firm, found_zone
    from lianshang.core import clock

    today = clock.today()
    before = clock.moved_to(clock.now() - FOUNDED_BEFORE)
    with steps.step("Bodies, parks, people, policies"), before:
        importer = found_zone(SCALES[size])
    with steps.step("The offices write their workbooks") as report:
        files = write_registers(folder, size, seed, today=today, progress=report)
    imported = _import_all(files, importer, steps)
    before = clock.moved_to(clock.now() - IMPORTED_BEFORE)
    with steps.step("The demo firm signs in and lets the zone use its tax data"), before:
        admit_firm(first_actor(size, seed, today).credit_code)
    _live(size, steps)
    with steps.step("Take stock"):
        return take_stock(size, seed, imported, steps.seconds)


def _import_all(files: Sequence[RegisterFile], importer: User, steps: Steps) -> list[Imported]:
    """The workbooks came in some weeks ago, so that a list could be made of them since."""
    from lianshang.core import clock

    imported = []
    for number, one in enumerate(files, start=1):
        title = f"Import {number}/{len(files)}: {one.path.name} · {one.sheet}"
        before = clock.moved_to(clock.now() - IMPORTED_BEFORE)
        with steps.step(title) as report, before:
            imported.append(import_sheet(one, actor=importer, progress=report))
    return imported


def _live(size: Size, steps: Steps) -> None:
    """What offices and firms did since, and what every policy says of every firm now."""
    from lianshang.apps.policies.actions.evaluation import evaluate_register
    from lianshang.cli.demo.delivery import desk, story
    from lianshang.cli.demo.duties import live_through
    from lianshang.cli.demo.founding import REASON
    from lianshang.cli.demo.party import organise
    from lianshang.core import clock

    now = clock.now()
    with steps.step("Three weeks of duties"):
        live_through(now)
    with steps.step("Six weeks of the zone's own policies"):
        story.deliver(now, with_list=SCALES[size].firms <= MOST_FIRMS)
        desk.write_drafts(now)
        desk.supply_facts(now)
    with steps.step("Organisations, and the firms they cover"):
        organise(clock.today())
    with steps.step("Evaluate every policy") as report:
        evaluate_register(actor=None, progress=report, reason=REASON)
    with steps.step("Tell firms what one step would bring them"):
        desk.tell_firms()
