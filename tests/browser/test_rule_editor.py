"""The editor of a policy as an official uses it: form and text side by side, checked at once."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import assert_page_is_good


def test_form_text_and_findings_follow_each_other(open_page: OpenPage) -> None:
    page = open_page("demo.science")
    page.goto("/policies/drafts/new/")
    page.get_by_label("名称", exact=True).fill("示例研发奖励")
    page.get_by_label("编号").fill("zone.example.2026")
    page.get_by_label("从哪里开始").select_option("grant")
    page.get_by_role("button", name="开始起草").click()

    expect(page.locator(".cm-editor").first).to_be_visible(timeout=30_000)  # a script of its own
    text = page.get_by_role("textbox", name="规则文本（YAML）")
    page.locator("[name='f.parameters.rd_floor.values[0].value']").fill("321")
    expect(text).to_contain_text("value: 321")

    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nwhat: 研发费用总额")
    offered = page.locator(".cm-tooltip-autocomplete li").first
    expect(offered).to_contain_text("rd_exp_y0")
    offered.click()  # a key pressed at once would be taken for typing
    expect(text).to_contain_text("what: rd_exp_y0")
    findings = page.locator("#draft-findings")
    expect(findings).to_contain_text("这里没有这一项，请核对拼写（what）")
    expect(page.locator("#draft-affected")).to_contain_text("改正错误后显示")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(findings).to_contain_text("没有错误")
    expect(page.locator("#draft-affected")).to_contain_text("可享")
    assert_page_is_good(page)
