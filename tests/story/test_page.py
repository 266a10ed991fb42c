"""Finding things on a page by what they are called, without a browser."""

from pathlib import Path

import pytest

from lianshang.story import controls, forms, htmx
from lianshang.story.answers import Answer
from lianshang.story.expectations import Known, check
from lianshang.story.grammar import Expectation
from lianshang.story.page import Page, text_of
from lianshang.story.problems import StepFailed

FORM = """<html><body><nav><a href="/a/">事项</a><button>提交</button></nav><main>
<h1>承办单</h1>
<form id="f" method="post" action="/go/">
  <input type="hidden" name="token" value="t">
  <label for="i">编号 <span class="field-optional">选填</span></label><input id="i" name="number">
  <fieldset><legend>第 1 行</legend><label>单位 *<input name="u1"></label></fieldset>
  <fieldset><legend>第 2 行</legend><label>单位 *<input name="u2"></label></fieldset>
  <fieldset><legend>是否紧急</legend>
    <label><input type="radio" name="urgent" value="1" checked>是</label>
    <label><input type="radio" name="urgent" value="0">否</label></fieldset>
  <fieldset><legend>方式</legend>
    <label><input type="checkbox" name="way" value="v" checked>上门</label>
    <label><input type="checkbox" name="way" value="p">电话</label></fieldset>
  <label for="s">街道</label><select id="s" name="street"><option value="">—</option>
    <option value="7">示例街道</option></select>
  <label for="d">时限</label><input id="d" type="datetime-local" name="due">
  <textarea name="text" aria-label="说明">旧</textarea>
  <button name="step" value="next">提交</button></form>
<section><h2>甲</h2><a href="/x/1/">查看</a></section>
<section><h2>乙</h2><a href="/x/2/">查看</a></section>
<table><thead><tr><th>事项</th><th>状态 <span aria-hidden="true">▲</span></th></tr></thead>
<tbody><tr><th><a href="/d/1/">停车难</a><span class="sub">2 号楼</span></th><td>办理中</td></tr>
<tr><th><a href="/d/2/">用电</a></th><td><button hx-post="/d/2/close/" hx-target="closest tr"
 hx-swap="outerHTML" hx-vals='{"why": "done"}'>办结</button></td></tr></tbody></table>
</main></body></html>"""


@pytest.fixture
def page() -> Page:
    return Page(FORM, url="/form/", status=200)


def fill(page: Page, label: str, value: str | tuple[str, ...], region: str = "") -> None:
    for edit in controls.edits(page, label, value, region, Path(__file__).parent):
        forms.carry_out(page, edit)


def sent(page: Page) -> dict[str, list[str]]:
    form = page.root.get_element_by_id("f")
    found: dict[str, list[str]] = {}
    button = page.button("提交")
    for name, value in forms.values_of(page, form, button).pairs:
        found.setdefault(name, []).append(value)
    return found


def test_fields_are_filled_by_their_labels_and_sent_as_a_browser_sends_them(page: Page) -> None:
    fill(page, "编号", "12")
    fill(page, "单位", "乙局", "第 2 行")
    fill(page, "是否紧急", "否")
    fill(page, "方式", ("电话",))
    fill(page, "街道", "示例街道")
    fill(page, "时限", "2026-10-09 16:40")
    fill(page, "说明", "一\n二")
    assert sent(page) == {
        "token": ["t"],
        "number": ["12"],
        "u1": [""],
        "u2": ["乙局"],
        "urgent": ["0"],
        "way": ["p"],
        "street": ["7"],
        "due": ["2026-10-09T16:40"],
        "text": ["一\r\n二"],
        "step": ["next"],
    }


def test_a_label_that_two_fields_share_asks_where(page: Page) -> None:
    with pytest.raises(StepFailed) as failure:
        fill(page, "单位", "甲局")
    assert "there are 2: say which with `in:`" in str(failure.value)


def test_a_file_from_elsewhere_is_refused(page: Page) -> None:
    page.root.get_element_by_id("i").set("type", "file")
    with pytest.raises(StepFailed) as failure:
        fill(page, "编号", "../conftest.py")
    assert failure.value.expected == "a file “../conftest.py” beside the story"


def test_the_content_of_the_page_comes_before_its_frame(page: Page) -> None:
    assert page.button("提交").get("name") == "step"
    assert page.link("查看", "乙").get("href") == "/x/2/"
    with pytest.raises(StepFailed) as failure:
        page.link("查看")
    assert "there are 2" in str(failure.value)


def test_a_row_is_a_part_of_the_page(page: Page) -> None:
    assert text_of(page.part("停车难")) == "停车难 2 号楼 办理中"
    with pytest.raises(StepFailed) as failure:
        page.part("停车易")
    assert "nearest parts: “停车难”" in str(failure.value)


def test_htmx_asks_and_puts_the_answer_in_its_place(page: Page) -> None:
    request = htmx.request_of(page, page.button("办结", "用电"))
    assert (request.method, request.url, request.sent.pairs) == (
        "post",
        "/d/2/close/",
        [("why", "done")],
    )
    answer = '<tr><th>用电</th><td>已办结</td></tr><p id="none" hx-swap-oob="true">x</p>'
    htmx.swap_in(page, request.target, request.swap, answer)
    row = Expectation(row={"事项": "用电", "状态": "已办结"}, rows=2)
    check(row, Answer(200, "", page), "", known())


def known() -> Known:
    return Known()


def test_a_cell_is_met_by_one_part_of_it(page: Page) -> None:
    answer = Answer(200, "", page)
    check(Expectation(row={"事项": "停车难", "状态": "办理中"}), answer, "", known())
    check(Expectation(no_row={"事项": "停车"}), answer, "", known())
    with pytest.raises(StepFailed):
        check(Expectation(no_row={"事项": "停车难"}), answer, "", known())
    with pytest.raises(StepFailed):
        check(Expectation(row={"事项": "停车难", "状态": "已办结"}), answer, "", known())
