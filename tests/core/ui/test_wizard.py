"""Several pages that ask one after the other, and files that spreadsheets read back."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
from django.test import RequestFactory

from lianshang.core.ui.exports import as_csv, as_xlsx, neutralised
from lianshang.core.ui.form_pages import WizardStep
from lianshang.core.ui.forms import ReasonForm


class ChooseFile(WizardStep):
    """The second of three made-up steps."""

    permission = None
    title = "导入"
    form_class = ReasonForm
    step_labels = ("选登记簿", "上传", "核对")
    step = 1


def test_a_step_shows_what_is_done_and_what_is_left() -> None:
    page = ChooseFile()
    page.setup(RequestFactory().get("/"))
    states = [(step.label, step.state) for step in page.context()["steps"]]
    assert states == [("选登记簿", "done"), ("上传", "current"), ("核对", "")]


def test_only_what_a_spreadsheet_would_run_is_neutralised() -> None:
    cells = ["=1+1", "+86", "-5", "@sum", "\t=1", "示例", -5, Decimal("-0.5"), None]
    assert [neutralised(cell) for cell in cells] == [
        *("'=1+1", "'+86", "'-5", "'@sum", "'\t=1", "示例", -5, Decimal("-0.5"), None)
    ]


def test_numbers_and_days_stay_numbers_and_days_in_excel() -> None:
    row = ["示例企业", Decimal("624000.35"), date(2026, 11, 23), datetime(2026, 11, 23, 16, 40)]
    response = as_xlsx("企业", ["名称", "金额", "日期", "时间"], [row])
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    read = [cell.value for cell in sheet[2]]
    assert read == ["示例企业", 624000.35, datetime(2026, 11, 23), datetime(2026, 11, 23, 16, 40)]
    assert "filename*=UTF-8''%E4%BC%81%E4%B8%9A.xlsx" in response["Content-Disposition"]


def test_excel_reads_the_chinese_of_a_csv() -> None:
    assert as_csv("企业", ["名称"], [["示例"]]).content.startswith("\ufeff名称".encode())
