"""A paper is numbered, kept as issued, and comes back sealed."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import DatabaseError
from tests import factories
from tests.core.papers.made import text_of

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.papers.actions.issuing import issue_paper, take_scan
from lianshang.core.papers.actions.templates import set_number_word
from lianshang.core.papers.models import NumberSeries, Paper
from lianshang.core.papers.queries import papers_of, scans_of
from lianshang.core.papers.samples import BULLETIN, HANDLING_SLIP, SUPERVISION_LETTER

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
SCAN = b"%PDF-1.7 stamped"


@pytest.fixture
def officer() -> User:
    with clock.moved_to(date(2026, 1, 5)):
        return factories.office()


def issue(officer: User, subject: object = None) -> Paper:
    with clock.moved_to(DAY):
        return issue_paper(
            actor=officer,
            kind="supervision_letter",
            subject=subject,
            context=SUPERVISION_LETTER,
        )


def scan(content: bytes = SCAN, name: str = "扫描.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_letter_is_numbered_and_kept_as_it_was_issued(officer: User) -> None:
    firm = factories.firm()
    unit = officer.current_memberships[0].unit
    set_number_word(actor=officer, unit=unit, kind="supervision_letter", word="示高管督")
    paper = issue(officer, firm)
    assert paper.number == "示高管督〔2026〕1号"
    assert paper.title == "关于解决新建产线临时用电扩容的督办函"
    assert (paper.unit, paper.issued_by, paper.template_version) == (unit, officer, 0)
    assert paper.context["reply_by"] == "2026年11月27日"
    content = paper.read()
    assert hashlib.sha256(content).hexdigest() == paper.sha256
    assert "示高管督〔2026〕1号" in text_of(content)
    assert list(papers_of(firm)) == [paper]
    assert issue(officer, firm).number == "示高管督〔2026〕2号"


def test_what_lies_on_disk_and_in_the_database_is_encrypted(officer: User) -> None:
    paper = issue(officer)
    with paper.content.open("rb") as handle:
        assert not handle.read().startswith(b"PK")
    with connection.cursor() as cursor:
        cursor.execute("SELECT filled_with FROM papers_paper")
        assert "扩容" not in cursor.fetchone()[0]


def test_a_new_year_and_another_kind_begin_at_one(officer: User) -> None:
    first = issue(officer)
    office = first.unit.name
    with clock.moved_to(date(2027, 1, 4)):
        next_year = issue_paper(
            actor=officer, kind="supervision_letter", subject=None, context=SUPERVISION_LETTER
        )
        slip = issue_paper(actor=officer, kind="handling_slip", subject=None, context=HANDLING_SLIP)
    assert [first.number, next_year.number, slip.number] == [
        f"{office}督〔2026〕1号",
        f"{office}督〔2027〕1号",
        f"{office}办〔2027〕1号",
    ]


def test_a_failed_paper_leaves_no_gap(officer: User) -> None:
    issue(officer)
    with transaction.atomic():
        assert issue(officer).serial == 2
        transaction.set_rollback(True)  # the caller's own transaction fails
    assert issue(officer).serial == 2


def test_the_wrong_filling_and_nobody_s_office_are_refused(officer: User) -> None:
    with pytest.raises(TypeError, match="minutes is filled with Minutes"):
        issue_paper(actor=officer, kind="minutes", subject=None, context=BULLETIN)
    operator = factories.user(Role.SERVICE_OFFICER)
    with pytest.raises(ValidationError, match="您不在任何可以印发文书的部门"):
        issue_paper(actor=operator, kind="bulletin", subject=None, context=BULLETIN)
    assert Paper.objects.count() == 0


def test_a_paper_never_changes(officer: User) -> None:
    paper = issue(officer)
    paper.title = "另一标题"
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        paper.save()


def test_the_stamped_scan_comes_back_byte_for_byte(officer: User) -> None:
    paper = issue(officer)
    assert Paper.objects.with_proof().get().sealed_on is None
    with clock.moved_to(date(2026, 11, 25)):
        first = take_scan(
            actor=officer, paper=paper, file=scan(), sealed_on=date(2026, 11, 24), reason="盖章"
        )
    assert first.attachment.read() == SCAN
    assert first.attachment.sha256 == hashlib.sha256(SCAN).hexdigest()
    assert first.taken_by == officer
    assert Paper.objects.with_proof().get().sealed_on == date(2026, 11, 24)


def test_a_second_scan_keeps_the_first(officer: User) -> None:
    paper = issue(officer)
    with clock.moved_to(date(2026, 11, 26)):
        for day in (24, 25):
            file = scan(SCAN + bytes([day + 40]))
            take_scan(actor=officer, paper=paper, file=file, sealed_on=date(2026, 11, day))
    assert [one.sealed_on.day for one in scans_of(paper)] == [24, 25]
    assert scans_of(paper)[0].attachment.read() == SCAN + bytes([64])


@pytest.mark.parametrize(
    ("day", "file", "said"),
    [
        (22, scan(), "盖章日期应在印发日期 2026-11-23 与今天之间。"),
        (27, scan(), "盖章日期应在印发日期 2026-11-23 与今天之间。"),
        (24, scan("已盖章".encode(), "扫描.txt"), "盖章回传件应为 PDF、JPG 或 PNG 扫描件。"),
    ],
)
def test_a_scan_that_proves_nothing_is_refused(
    officer: User, day: int, file: SimpleUploadedFile, said: str
) -> None:
    paper = issue(officer)
    with clock.moved_to(date(2026, 11, 26)), pytest.raises(ValidationError) as caught:
        take_scan(actor=officer, paper=paper, file=file, sealed_on=date(2026, 11, day))
    assert caught.value.messages == [said]
    assert not scans_of(paper)


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_get_two_numbers(officer: User) -> None:
    together = Barrier(2)

    def work(place: int) -> str:
        try:
            together.wait()
            context = replace(BULLETIN, headline=f"第{place}位撰写")
            kind = "bulletin"
            return issue_paper(actor=officer, kind=kind, subject=None, context=context).number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        numbers = sorted(pool.map(work, range(2)))
    office, year = officer.current_memberships[0].unit.name, clock.today().year
    assert numbers == [f"{office}简〔{year}〕1号", f"{office}简〔{year}〕2号"]
    assert NumberSeries.objects.get().last == 2
    assert len({paper.sha256 for paper in Paper.objects.all()}) == 2
