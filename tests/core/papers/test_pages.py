"""Papers in the browser: write, download, take the scan back, edit templates."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.core.papers.made import opened, text_of

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.audit.models import AccessLog
from lianshang.core.files.models import Attachment
from lianshang.core.papers.actions.issuing import issue_paper
from lianshang.core.papers.kinds import KINDS
from lianshang.core.papers.layout import as_bytes
from lianshang.core.papers.models import Paper, PaperTemplate
from lianshang.core.papers.samples import BULLETIN, SUPERVISION_LETTER

pytestmark = pytest.mark.django_db
SCAN = b"\xff\xd8\xff\xe0 stamped"


@pytest.fixture
def officer() -> User:
    return factories.office()


@pytest.fixture
def browser(client: Client, officer: User) -> Client:
    client.force_login(officer)
    return client


def written(officer: User, **changes: str) -> dict[str, str]:
    """What somebody types into the form of a bulletin."""
    unit = officer.current_memberships[0].unit
    return {
        "unit": str(unit.pk),
        "name": "企业服务简报",
        "headline": "十一月办结三十一件",
        "lead": "",
        "items": "诉求办理\r\n当月办结三十一件。\r\n\r\n政策直达\r\n推送一百二十家。",
        "figures": "收到诉求 | 36 | 件 | 诉求台账 | 2026-11-20",
        "report_to": "示例党工委，示例管委会",
        "send_to": "",
        "copy_to": "",
        **changes,
    }


def letter(officer: User, subject: Any = None) -> Paper:
    return issue_paper(
        actor=officer, kind="supervision_letter", subject=subject, context=SUPERVISION_LETTER
    )


def test_a_bulletin_is_written_by_hand(browser: Client, officer: User) -> None:
    assert browser.get(reverse("papers:bulletin")).status_code == 200
    answer = browser.post(reverse("papers:bulletin"), written(officer))
    paper = Paper.objects.get()
    assert answer["Location"] == paper.get_absolute_url()
    text = text_of(paper.read())
    assert "一、诉求办理\n当月办结三十一件。\n二、政策直达\n推送一百二十家。" in text
    assert "36件" in text
    assert "报：示例党工委、示例管委会。" in text
    assert "送：" not in text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("items", "只有小标题", "“只有小标题”下面没有内容：请在小标题下一行写内容。"),
        ("figures", "诉求 | 36", "“诉求 | 36”应写作：指标 | 数值 | 单位 | 来源 | 数据日期"),
        ("figures", "诉求 | 36 | 件 | | ", "应写作：指标 | 数值 | 单位 | 来源 | 数据日期"),
    ],
)
def test_a_figure_without_source_and_an_item_without_text_are_refused(
    browser: Client, officer: User, field: str, value: str, said: str
) -> None:
    answer = browser.post(reverse("papers:bulletin"), written(officer, **{field: value}))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Paper.objects.exists()


def test_the_list_says_what_is_still_out(browser: Client, officer: User) -> None:
    paper = letter(officer)
    page = browser.get(reverse("papers:papers")).content.decode()
    assert paper.number in page
    assert "待盖章回传" in page
    for query, found in (("returned=no", True), ("returned=yes", False)):
        page = browser.get(f"{reverse('papers:papers')}?{query}").content.decode()
        assert (paper.number in page) is found


def test_the_paper_goes_out_and_its_scan_comes_back(browser: Client, officer: User) -> None:
    paper = letter(officer)
    answer = browser.get(reverse("papers:download", args=[paper.pk]))
    assert answer.content == paper.read()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert AccessLog.objects.get().subject_text == paper.title
    page = browser.get(paper.get_absolute_url()).content.decode()
    assert "A4 纸双面打印" in page
    file = SimpleUploadedFile("盖章.jpg", SCAN)
    today = clock.today().isoformat()
    there = reverse("papers:scan", args=[paper.pk])
    answer = browser.post(there, {"file": file, "sealed_on": today, "reason": "已签"})
    assert answer["Location"] == paper.get_absolute_url()
    page = browser.get(paper.get_absolute_url()).content.decode()
    scan = Attachment.objects.get(purpose="stamped")
    assert "已盖章回传" in page
    assert scan.sha256 in page
    assert officer.name in page
    answer = browser.get(reverse("files:download", args=[scan.pk]))
    assert answer.content == SCAN


def test_a_scan_from_before_the_paper_is_refused_in_the_form(
    browser: Client, officer: User
) -> None:
    paper = letter(officer)
    file = SimpleUploadedFile("盖章.jpg", SCAN)
    answer = browser.post(
        reverse("papers:scan", args=[paper.pk]), {"file": file, "sealed_on": "2020-01-01"}
    )
    assert answer.status_code == 422
    assert "盖章日期应在印发日期" in answer.content.decode()


def test_a_paper_is_seen_by_its_office_and_by_who_sees_its_subject(
    client: Client, officer: User
) -> None:
    about_nothing = letter(officer)
    about_a_firm = letter(officer, factories.firm())
    client.force_login(factories.office())
    page = client.get(reverse("papers:papers")).content.decode()
    assert about_a_firm.number in page
    assert about_nothing.number not in page
    assert client.get(about_nothing.get_absolute_url()).status_code == 404
    assert client.get(about_a_firm.get_absolute_url()).status_code == 200


def test_officers_look_but_do_not_issue_and_firms_see_nothing(
    client: Client, officer: User
) -> None:
    firm = factories.firm()
    paper = letter(officer, firm)
    client.force_login(factories.user(Role.SERVICE_OFFICER))
    assert client.get(reverse("papers:bulletin")).status_code == 403
    assert client.get(reverse("papers:scan", args=[paper.pk])).status_code == 403
    assert client.get(reverse("papers:templates")).status_code == 403
    client.force_login(factories.user(Role.ENTERPRISE, unit=firm.unit))
    assert client.get(paper.get_absolute_url()).status_code == 403


def test_a_template_goes_out_is_edited_and_comes_back(browser: Client, officer: User) -> None:
    page = browser.get(reverse("papers:templates")).content.decode()
    assert "decisions.owner" in page
    there = reverse("papers:template", args=["bulletin", 0])
    document = opened(browser.get(there).content)
    document.add_paragraph("编辑：{{ office }}")
    upload = reverse("papers:upload", args=["bulletin"])
    file = SimpleUploadedFile("简报.docx", as_bytes(document))
    answer = browser.post(upload, {"file": file, "note": "加编辑"})
    assert answer["Location"] == reverse("papers:templates")
    template = PaperTemplate.objects.get()
    assert browser.get(reverse("papers:template", args=["bulletin", 1])).content == template.read()
    paper = issue_paper(actor=officer, kind="bulletin", subject=None, context=BULLETIN)
    assert "编辑：示例党建工作办公室" in text_of(paper.read())
    back = reverse("papers:use", args=["bulletin", 0])
    assert browser.post(back, {"reason": "恢复"}).status_code == 302
    template.refresh_from_db()
    assert template.is_active is False


def test_a_bad_template_is_refused_on_the_page(browser: Client) -> None:
    document = opened(KINDS["bulletin"].built_in("示例"))
    document.add_paragraph("{{ nobody }}")
    file = SimpleUploadedFile("简报.docx", as_bytes(document))
    upload = reverse("papers:upload", args=["bulletin"])
    answer = browser.post(upload, {"file": file, "note": "误"})
    assert answer.status_code == 422
    assert "没有“nobody”这一项" in answer.content.decode()
    assert browser.get(reverse("papers:upload", args=["nothing"])).status_code == 404


def test_an_office_chooses_the_word_of_its_numbers(browser: Client, officer: User) -> None:
    unit = officer.current_memberships[0].unit
    there = reverse("papers:word", args=["supervision_letter"])
    answer = browser.post(there, {"unit": unit.pk, "word": "示高管督〔2026〕"})
    assert "不含年份和括号" in answer.content.decode()
    browser.post(there, {"unit": unit.pk, "word": "示高管督"})
    assert letter(officer).number == f"示高管督〔{clock.today().year}〕1号"


def test_the_list_asks_no_more_for_more_papers(browser: Client, officer: User) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            letter(officer, factories.firm())
        browser.get(reverse("papers:papers"))
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("papers:papers"))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_built_in_file_opens(browser: Client) -> None:
    for kind in KINDS:
        content = browser.get(reverse("papers:template", args=[kind, 0])).content
        assert opened(content).sections[0].page_width.cm == pytest.approx(21, abs=0.01)
