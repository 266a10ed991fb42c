"""What is opened and what is not, with the sentence a clerk reads."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.core.imports.tables import workbook

from lianshang.core.files.guard import check_table
from lianshang.core.files.kinds import TableKind
from lianshang.core.files.refusals import FileRefused

MEGABYTE = 1024 * 1024


def refusal(content: bytes, name: str = "名单.xlsx") -> str:
    with pytest.raises(FileRefused) as caught:
        check_table(io.BytesIO(content), name)
    return str(caught.value)


def archive(*parts: tuple[str, bytes]) -> bytes:
    """A workbook's outer shape with other things in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        for name, data in parts:
            packed.writestr(name, data)
    return content.getvalue()


def test_a_workbook_is_known_by_its_content() -> None:
    table = check_table(workbook([["企业名称"]]), "名单.csv")
    assert (table.kind, table.is_misnamed, table.name) == (TableKind.XLSX, True, "名单.csv")


def test_a_folder_in_the_name_is_left_out() -> None:
    assert check_table(workbook([["企业名称"]]), "C:\\桌面\\名单.xlsx").name == "名单.xlsx"


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path) -> None:
    big = tmp_path / "全部.xlsx"
    with big.open("wb") as handle:
        handle.truncate(100 * MEGABYTE)
    with big.open("rb") as handle, pytest.raises(FileRefused) as caught:
        check_table(handle, big.name)
    assert str(caught.value) == (
        "读到“100 MB”；应为不超过 64 MB。请按年度或园区拆成几个文件，分别导入。"
    )


def test_a_zip_bomb_is_refused_by_what_it_declares(settings: Settings) -> None:
    settings.IMPORT_LARGEST_UNPACKED = 10 * MEGABYTE
    said = refusal(archive(("xl/worksheets/sheet1.xml", b" " * 30 * MEGABYTE)))
    assert said.startswith("读到“30 MB”；应为解压后不超过 10 MB。请用 Excel 或 WPS 打开原文件")


def test_a_zip_bomb_is_refused_by_how_tightly_it_is_packed() -> None:
    said = refusal(archive(("xl/worksheets/sheet1.xml", b" " * 30 * MEGABYTE)))
    assert "应为压缩比不超过 200 倍" in said


def test_a_zip_bomb_that_lies_about_its_size_is_found_by_unpacking(
    settings: Settings,
) -> None:
    settings.IMPORT_LARGEST_UNPACKED = 10 * MEGABYTE
    content = archive(("xl/worksheets/sheet1.xml", b" " * 30 * MEGABYTE))
    said = refusal(content.replace(struct.pack("<I", 30 * MEGABYTE), struct.pack("<I", 1000)))
    assert "应为解压后不超过 10 MB" in said


def test_an_archive_inside_an_archive_is_refused() -> None:
    said = refusal(archive(("xl/more.zip", b"PK")))
    assert said.startswith("读到“xl/more.zip”；应为不含压缩包的工作簿。")


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"%PDF-1.7 ...", "PDF 文档"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页（HTML）"),
        (b"<?xml version='1.0'?><Workbook/>", "XML 文本"),
        (b"\x89PNG\r\n", "PNG 图片"),
        (b"abc\x00\x01\x02", "无法识别的二进制内容"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, read: str) -> None:
    said = refusal(content, "名单.xls")
    assert said.startswith(f"读到“{read}”；应为.xlsx、.xls、.ods 或 .csv 表格。")


def test_a_plain_archive_and_a_word_document_are_no_tables() -> None:
    plain, word = io.BytesIO(), io.BytesIO()
    for content, part in ((plain, "readme.txt"), (word, "word/document.xml")):
        with zipfile.ZipFile(content, "w") as packed:
            packed.writestr(part, "x")
    assert "读到“压缩包”" in refusal(plain.getvalue())
    assert "读到“Word 或 PowerPoint 文档”" in refusal(word.getvalue())


def test_a_workbook_with_a_password_says_where_to_take_it_off() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert refusal(content) == (
        "读到“加密的工作簿”；应为没有打开密码的工作簿。"
        "请在 Excel 的“文件—信息—保护工作簿—用密码进行加密”中清空密码，保存后再上传。"
    )


def test_an_empty_and_a_broken_file() -> None:
    assert refusal(b"  \n").startswith("应为有内容的表格。")
    assert "应为完整的表格文件" in refusal(workbook([["企业名称"]]).getvalue()[:800])
