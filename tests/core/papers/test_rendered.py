"""The four papers opened in LibreOffice: pages, and the lines somebody looks for."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from tests.core.papers.made import made

from lianshang.core.papers.contexts import Decision
from lianshang.core.papers.kinds import KINDS

TOOLS = ("soffice", "pdftotext", "pdfinfo")
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="LibreOffice and poppler are not installed"
)
DECISIONS = tuple(
    Decision(matter=f"办理事项{n}", owner="示例建设管理局", due=date(2026, 12, n))
    for n in range(1, 31)
)
LONG = "新建产线申请临时用电扩容，" * 77


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=True, timeout=500
    )
    return done.stdout


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Name → the text of each page."""
    folder = tmp_path_factory.mktemp("papers")
    papers = {
        **{kind: made(kind) for kind in KINDS},
        "thirty": made("minutes", decisions=DECISIONS),
        "long": made("handling_slip", request=LONG[:1000]),
    }
    for name, content in papers.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [folder / f"{name}.docx" for name in papers]
    run("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, *files)
    texts = {name: run("pdftotext", "-layout", folder / f"{name}.pdf", "-") for name in papers}
    return {
        name: [page.replace(" ", "") for page in text.split("\f")[:-1]]
        for name, text in texts.items()
    }


def test_each_paper_has_its_pages(pages: dict[str, list[str]]) -> None:
    assert {name: len(pages[name]) for name in KINDS} == {
        "handling_slip": 1,
        "supervision_letter": 1,
        "minutes": 2,
        "bulletin": 2,
        "answer_sheet": 1,
        "payment_letter": 2,
    }


@pytest.mark.parametrize(
    ("name", "page", "lines"),
    [
        ("handling_slip", 0, ("示例高新区管委会承办单", "示例供电服务中心2026年11月27日")),
        ("supervision_letter", 0, ("示例建设管理局：", "特此督办。", "抄送：示例供电服务中心")),
        ("minutes", 0, ("示例高新区管委会会议纪要", "时间：2026年11月20日14:30", "—1—")),
        ("minutes", 1, ("出席：示例党建工作办公室甲", "2026年11月23日印发", "—2—")),
        ("bulletin", 0, ("企业服务简报", "第3期", "一、诉求办理")),
        ("bulletin", 1, ("企业确认解决率", "报：示例党工委、示例高新区管委会。")),
    ],
)
def test_the_lines_stand_on_their_page(
    pages: dict[str, list[str]], name: str, page: int, lines: tuple[str, ...]
) -> None:
    assert [line for line in lines if line not in pages[name][page]] == []


def test_a_letter_s_first_page_bears_no_number(pages: dict[str, list[str]]) -> None:
    assert "—1—" not in pages["supervision_letter"][0]


def test_thirty_decisions_flow_under_repeated_headings(pages: dict[str, list[str]]) -> None:
    with_rows = [page for page in pages["thirty"] if "办理事项" in page]
    assert len(with_rows) > 1
    assert all("牵头单位" in page for page in with_rows)
    text = "".join(pages["thirty"])
    assert [n for n in range(1, 31) if f"办理事项{n}" not in text] == []
    assert "2026年11月23日印发" in pages["thirty"][-1]


def test_a_long_request_keeps_each_signature_with_its_box(pages: dict[str, list[str]]) -> None:
    last = pages["long"][-1]
    assert len(pages["long"]) == 3
    for label in ("领导批示", "办理结果", "提出方评价"):
        assert label in last
    assert last.count("年月日") == "".join(pages["long"]).count("年月日") == 4
