"""The registers of an invented zone as files on disk, in the order in which they are imported."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lianshang.cli.demo.actors import Actor, actors
from lianshang.cli.demo.books import keep_books
from lianshang.cli.demo.dirt import plan_dirt
from lianshang.cli.demo.offices import annual, checks, duty, rights, supplement, survey, tax
from lianshang.cli.demo.offices.market import MarketRegister
from lianshang.cli.demo.offices.sheets import Column, Workbook
from lianshang.cli.demo.sizes import SCALES, Scale, Size
from lianshang.cli.demo.workbooks import Filing


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """One import: a sheet of a file, the register it goes into, and what the importer is told.

    `columns` maps each header to what it means; `options` are the answers a person would give in
    the import wizard (the year of a sheet without one).
    """

    path: Path
    sheet: str
    register: str
    source: str
    header_row: int
    columns: tuple[Column, ...]
    options: Mapping[str, object] = field(default_factory=dict)
    planted: Mapping[str, int] = field(default_factory=dict)  # dirt, by kind


def write_registers(
    folder: Path,
    size: Size,
    seed: int,
    *,
    today: date | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[RegisterFile]:
    """Write the workbooks of an invented zone and say how to import them, in order.

    The same size, seed and day give the same bytes. `progress` is told actors done and in all.
    """
    if today is None:
        from lianshang.core import clock

        today = clock.today()
    scale = SCALES[size]
    folder.mkdir(parents=True, exist_ok=True)
    market = MarketRegister(plan_dirt(scale.actors, seed), today)
    filings = [Filing(book, folder, seed, today) for book in _workbooks(market, scale, today)]
    for done, actor in enumerate(actors(scale, seed, today), start=1):
        known = keep_books(actor, scale, seed, today)
        for filing in filings:
            filing.tell(known)
        if done % 100 == 0 or done == scale.actors:
            progress(done, scale.actors)
    for filing in filings:
        filing.close()
    planted = {fault.value: count for fault, count in market.plan.counts.items()}
    return [one for filing in filings for one in _register_files(filing, planted)]


def first_actor(size: Size, seed: int, today: date) -> Actor:
    """The firm whose page the demo's enterprise account owns."""
    return next(actors(SCALES[size], seed, today))


def _workbooks(market: MarketRegister, scale: Scale, today: date) -> Iterator[Workbook]:
    yield market.workbook()
    yield annual.workbook(today)
    yield survey.workbook(today)
    yield tax.workbook(today)
    yield supplement.workbook(today)
    yield rights.ledger(today)
    yield from rights.lists(today)
    yield checks.conduct(today)
    yield checks.scores()
    yield duty.workbook(scale.officers)


def _register_files(filing: Filing, planted: Mapping[str, int]) -> Iterator[RegisterFile]:
    for path in filing.paths:
        for sheet in filing.workbook.sheets:
            yield RegisterFile(
                path=path,
                sheet=sheet.name,
                register=sheet.register,
                source=sheet.source,
                header_row=sheet.header_row,
                columns=sheet.columns,
                options=sheet.options,
                planted=planted if sheet.register == "enterprises" else {},
            )
