"""The wizard in a browser's place: upload, columns, preview, result, correction, undo, export."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import factories
from tests.core.imports.tables import Rows, code, imported, workbook

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.places.models import Park
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.audit.models import AccessLog
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.running import run_check, run_commit, run_undo

pytestmark = pytest.mark.django_db
HEADER = ("统一社会信用代码", "企业名称", "行业代码", "联系电话")
ROWS = [
    HEADER,
    (code(1), "示例光电科技有限公司", "6513", "13800000001"),
    (code(2), "示例软件有限公司", "9999", ""),
]


@pytest.fixture
def office() -> User:
    factories.zone()
    return factories.office()


@pytest.fixture
def browser(client: Client, office: User) -> Client:
    client.force_login(office)
    return client


def upload(browser: Client, rows: Rows, register: str = "enterprises", **given: Any) -> Any:
    """Post a file to the first step."""
    content = workbook(rows, sheet="企业名录").getvalue()
    file = SimpleUploadedFile("企业名录.xlsx", content)
    address = reverse("imports:new", args=[register])
    return browser.post(address, {"file": file, "on_duplicate": "update", **given})


def mapping_of(page: Any) -> dict[str, str]:
    """What the form of the second step would send if nobody touched it."""
    form = page.context["form"]
    return {field.name: field.value() or "" for field in form.visible_fields()}


def brought_in(browser: Client) -> ImportBatch:
    """A batch uploaded, mapped and checked, by way of the pages."""
    there = upload(browser, ROWS)["Location"]
    page = browser.get(there)
    browser.post(there, mapping_of(page))
    return run_check(ImportBatch.objects.get())


def test_the_list_offers_every_register_with_its_template(browser: Client) -> None:
    text = browser.get(reverse("imports:batches")).content.decode()
    for name in ("enterprises", "facts", "titles", "officers"):
        assert reverse("imports:new", args=[name]) in text
        assert reverse("imports:template", args=[name]) in text


def test_others_may_not_import(client: Client, office: User) -> None:
    client.force_login(factories.user(Role.SERVICE_OFFICER))
    assert client.get(reverse("imports:batches")).status_code == 403


def test_from_a_file_to_the_register_and_back(browser: Client, office: User) -> None:
    there = upload(browser, ROWS)["Location"]
    page = browser.get(there)
    text = page.content.decode()
    assert "示例光电科技有限公司" in text
    assert mapping_of(page)["column_2"] == "行业代码"
    answer = browser.post(there, mapping_of(page))
    assert answer["Location"] == there.removesuffix("columns/")
    assert "0 / 2 行" in browser.get(answer["Location"]).content.decode()
    batch = run_check(ImportBatch.objects.get())
    preview = browser.get(answer["Location"]).content.decode()
    assert "将新增" in preview
    assert "应为GB/T 4754-2017 的行业代码" in preview
    assert "13800000001" not in preview
    browser.post(reverse("imports:start", args=[batch.pk]))
    run_commit(ImportBatch.objects.get())
    assert Enterprise.objects.get().credit_code == code(1)
    assert "撤销这次导入" in browser.get(answer["Location"]).content.decode()
    browser.post(reverse("imports:undo", args=[batch.pk]), {"reason": "导错了文件"})
    batch = run_undo(ImportBatch.objects.get())
    assert (batch.state, batch.retired_by) == ("retired", office)
    assert not Enterprise.objects.present().exists()


def test_a_working_import_is_asked_again_until_it_is_done(browser: Client) -> None:
    there = upload(browser, ROWS)["Location"]
    browser.post(there, mapping_of(browser.get(there)))
    batch = ImportBatch.objects.get()
    address = reverse("imports:batch", args=[batch.pk])
    polled = browser.get(address, headers={"HX-Request": "true", "HX-Target": "import-state"})
    assert 'hx-trigger="every 1s"' in polled.content.decode()
    assert "<html" not in polled.content.decode()
    run_check(batch)
    polled = browser.get(address, headers={"HX-Request": "true", "HX-Target": "import-state"})
    assert polled.headers["HX-Refresh"] == "true"


def test_a_file_that_is_no_table_is_refused_in_the_form(browser: Client) -> None:
    address = reverse("imports:new", args=["enterprises"])
    file = SimpleUploadedFile("名单.xls", b"<html><table></table></html>")
    answer = browser.post(address, {"file": file, "on_duplicate": "update"})
    assert answer.status_code == 422
    assert "读到“网页（HTML）”；应为.xlsx、.xls、.ods 或 .csv 表格。" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_missing_column_is_told_where_it_can_be_chosen(browser: Client) -> None:
    there = upload(browser, ROWS)["Location"]
    chosen = mapping_of(browser.get(there)) | {"column_1": ""}
    answer = browser.post(there, chosen)
    assert answer.status_code == 422
    assert "应为有一列是“企业名称”。" in answer.content.decode()


def test_a_unit_and_a_quantity_are_chosen_by_hand(browser: Client, office: User) -> None:
    imported("enterprises", ROWS[:2])
    rows = [("企业名称", "去年卖了多少"), ("示例光电科技有限公司", 100)]
    there = upload(browser, rows, "facts", source="firm", year="2025")["Location"]
    chosen = mapping_of(browser.get(there)) | {"column_1": "营业收入"}
    answer = browser.post(there, chosen)
    assert "请在“列对应”页选定这一列的单位。" in answer.content.decode()
    browser.post(there, chosen | {"unit_1": "万元"})
    batch = run_check(ImportBatch.objects.get(register="facts"))
    assert batch.rows.get().values["revenue"] == "1000000"


def test_a_row_is_put_right_on_its_page_and_a_masked_cell_left_alone(browser: Client) -> None:
    batch = brought_in(browser)
    ImportBatch.objects.filter(pk=batch.pk).update(total_rows=2)
    address = reverse("imports:row", args=[batch.pk, 3])
    page = browser.get(address)
    assert "没有这个代码，请核对。" in page.content.decode()
    form = {field.name: field.value() or "" for field in page.context["form"].visible_fields()}
    answer = browser.post(address, form | {"cell_industry_code": "6560", "reason": "电话核实"})
    assert answer["Location"] == reverse("imports:batch", args=[batch.pk])
    row = batch.rows.get(number=3)
    assert (row.state, row.cells["industry_code"], len(row.handling)) == ("ready", "6560", 1)


def test_a_row_is_dismissed_with_a_reason(browser: Client) -> None:
    batch = brought_in(browser)
    browser.post(reverse("imports:dismiss", args=[batch.pk, 3]), {"reason": "已注销"})
    assert batch.rows.get(number=3).state == "dismissed"


def test_the_rows_can_be_listed_by_what_became_of_them(browser: Client) -> None:
    batch = brought_in(browser)
    address = reverse("imports:rows", args=[batch.pk])
    text = browser.get(address, {"state": "quarantined"}).content.decode()
    assert "示例软件有限公司" in text
    assert "示例光电科技有限公司" not in text


def test_an_import_is_let_go_with_its_file_and_rows(browser: Client) -> None:
    batch = brought_in(browser)
    storage, name = batch.file.storage, str(batch.file.name)
    assert storage.exists(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda done: done())
        browser.post(reverse("imports:discard", args=[batch.pk]), {"reason": "选错了"})
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), bool(batch.file)) == ("stopped", 0, False)
    assert not storage.exists(name)


def test_an_old_page_cannot_do_a_thing_twice(browser: Client) -> None:
    batch = brought_in(browser)
    for _time in range(2):
        answer = browser.post(reverse("imports:start", args=[batch.pk]), follow=True)
    assert "此导入现在是“导入中”，不能这样做；请刷新页面。" in answer.content.decode()


def test_the_template_is_a_workbook(browser: Client) -> None:
    answer = browser.get(reverse("imports:template", args=["enterprises"]))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file response
    assert content.startswith(b"PK")
    assert "%E4%BC%81%E4%B8%9A%E5%90%8D%E5%BD%95.xlsx" in answer.headers["Content-Disposition"]


def test_an_export_goes_out_as_a_file_and_into_the_access_log(
    browser: Client, office: User
) -> None:
    imported("enterprises", ROWS[:2])
    address = reverse("imports:export", args=["enterprises"])
    answer = browser.post(address, {"kind": "csv", "purpose": "service"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a file response
    assert text.splitlines()[1].startswith(f"{code(1)},示例光电科技有限公司,")
    assert AccessLog.objects.get().user == office


def test_pages_keep_the_content_security_policy(browser: Client) -> None:
    batch = brought_in(browser)
    for name in ("batch", "columns", "rows"):
        text = browser.get(reverse(f"imports:{name}", args=[batch.pk])).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", text)


def test_a_stored_file_is_not_readable_on_the_disk(browser: Client) -> None:
    upload(browser, ROWS)
    batch = ImportBatch.objects.get()
    with batch.file.open("rb") as handle:
        stored = handle.read()
    assert not io.BytesIO(stored).read(4).startswith(b"PK")
    assert Park.objects.count() == 0


@pytest.mark.parametrize("name", ["batches", "rows"])
def test_more_rows_ask_no_more_questions(
    browser: Client, office: User, django_assert_max_num_queries: Any, name: str
) -> None:
    imported("enterprises", ROWS[:2], actor=office)
    rows = [("企业名称", "Ⅰ类知识产权"), *[("示例光电科技有限公司", n) for n in range(9)]]
    batches = [imported("facts", rows, source="firm", actor=office) for _time in range(5)]
    address = reverse(f"imports:{name}", args=[batches[0].pk] if name == "rows" else [])
    browser.get(address)
    with django_assert_max_num_queries(8):
        browser.get(address)
