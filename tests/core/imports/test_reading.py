"""Sheets as people save them: encodings, delimiters, hidden sheets, formulas, cells far out."""

import io
import zipfile

import pytest
import xlsxwriter
from tests.core.imports.tables import file, workbook

from lianshang.core.files.guard import TableFile, check_table
from lianshang.core.files.refusals import FileRefused
from lianshang.core.imports.reading.isolated import read_isolated
from lianshang.core.imports.reading.tables import read_table


def csv_file(text: str, encoding: str) -> TableFile:
    return check_table(io.BytesIO(text.encode(encoding)), "名单.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file_is_read_in_the_usual_encodings(encoding: str) -> None:
    sheet = read_table(csv_file("企业名称,年度\n示例公司,2025\n", encoding)).sheet
    assert sheet.rows == [["企业名称", "年度"], ["示例公司", "2025"]]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_a_csv_file_may_use_other_delimiters(sign: str) -> None:
    text = f"企业名称{sign}年度\n示例公司{sign}2025\n"
    assert read_table(csv_file(text, "utf-8")).sheet.rows[1] == ["示例公司", "2025"]


def test_rows_of_a_csv_file_are_made_equally_long() -> None:
    assert read_table(csv_file("a,b,c\n1\n", "utf-8")).sheet.rows[1] == ["1", "", ""]


def test_a_quote_that_is_not_closed_is_told_with_its_line() -> None:
    with pytest.raises(FileRefused) as caught:
        read_table(csv_file('企业名称,年度\n"示例公司,2025\n示例二,2024', "utf-8"))
    assert str(caught.value).startswith("读到“第 3 行附近”；应为成对的双引号。")


def test_other_encodings_are_refused() -> None:
    with pytest.raises(FileRefused, match="UTF-8 或 GB18030 编码的文本"):
        read_table(check_table(io.BytesIO(b"\xff\xff\xff,\xff\xff\n"), "a.csv"))


def test_hidden_sheets_are_not_read() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("目录").hide()
        shown = book.add_worksheet("名单")
        shown.write(0, 0, "企业名称")
        shown.activate()
        book.add_worksheet("备份")
    table = read_table(check_table(content, "名单.xlsx"))
    assert (table.sheets, table.sheet.name) == (["名单", "备份"], "名单")


def test_another_sheet_can_be_chosen() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("一").write(0, 0, "甲")
        book.add_worksheet("二").write(0, 0, "乙")
    assert read_table(check_table(content, "a.xlsx"), "二").sheet.rows == [["乙"]]


def test_formulas_are_counted_and_those_without_a_value_found() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [1, 2])
        page.write_formula(1, 0, "=A1+B1", None, 3)
        page.write_formula(1, 1, "=A1*B1", None, "")
    sheet = read_table(check_table(content, "a.xlsx")).sheet
    assert sheet.rows[1] == [3.0, ""]
    assert (sheet.formulas, sheet.formulas_without_value) == (2, frozenset({(1, 1)}))


def test_a_cell_merged_downwards_counts_for_every_row() -> None:
    rows = [("企业名称", "年度"), ("示例公司", 2024), ("", 2025)]
    sheet = read_table(file(rows, merged=[(1, 0, 2, 0)])).sheet
    assert [row[0] for row in sheet.rows] == ["企业名称", "示例公司", "示例公司"]


def replaced(content: io.BytesIO, part: str, old: bytes, new: bytes) -> TableFile:
    """The same workbook with other XML in one of its parts."""
    changed = io.BytesIO()
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new) if name == part else data)
    return check_table(changed, "名单.xlsx")


@pytest.mark.parametrize(
    "far",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 100 + b"</row></sheetData>",
    ],
    ids=["placed", "unplaced"],
)
def test_a_cell_far_out_is_refused_before_the_reader_would_ask_for_500_gb(far: bytes) -> None:
    table = replaced(
        workbook([["企业名称"], ["示例公司"]]), "xl/worksheets/sheet1.xml", b"</sheetData>", far
    )
    with pytest.raises(FileRefused) as caught:
        read_table(table)
    assert "应为不超过 20,000,000 个单元格。表格边缘可能有误填的单元格" in str(caught.value)


def test_formats_without_content_far_out_do_no_harm() -> None:
    styled = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    table = replaced(
        workbook([["企业名称"], ["示例公司"]]), "xl/worksheets/sheet1.xml", b"</sheetData>", styled
    )
    assert read_table(table).sheet.rows == [["企业名称"], ["示例公司"]]


def spreadsheet(rows: str) -> TableFile:
    """An .ods file of one sheet, from the XML of its rows."""
    content = io.BytesIO()
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{spaces}:office:1.0"'
            f' xmlns:table="{spaces}:table:1.0" xmlns:text="{spaces}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="名单">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return check_table(content, "名单.ods")


CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def test_an_ods_file_is_read() -> None:
    row = f"<table:table-row>{CELL.format('', '企业名称')}</table:table-row>"
    empty = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read_table(spreadsheet(row + empty)).sheet.rows == [["企业名称"]]


def test_an_ods_file_that_repeats_a_cell_a_billion_times_is_refused() -> None:
    cell = CELL.format(' table:number-columns-repeated="16384"', "x")
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(FileRefused, match="不超过 20,000,000 个单元格"):
        read_table(spreadsheet(row))


def test_old_workbooks_are_read_in_a_process_of_their_own() -> None:
    names, chosen, rows, merged = read_isolated(
        workbook([["企业名称"], ["示例公司"]]).getvalue(), ""
    )
    assert (names, chosen, rows, merged) == (["名单"], "名单", [["企业名称"], ["示例公司"]], [])


def test_a_broken_old_workbook_does_not_take_the_program_along() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\xff" * 4096
    with pytest.raises(FileRefused) as caught:
        read_table(check_table(io.BytesIO(content), "名单.xls"))
    assert "应为完整的表格文件" in str(caught.value)
