"""What single verbs do, and what a step that does not come true says."""

import textwrap

from tests.story.conftest import PlaySteps

OFFICE = """
- sign in: office
- open: 企业
- follow: 示例甲企业有限公司
"""


def steps(text: str) -> str:
    return OFFICE + textwrap.dedent(text)


def test_a_wrong_button_gives_the_near_ones(play: PlaySteps) -> None:
    outcome = play(steps("- follow: 安排\n- press: 保 管\n"))
    assert outcome.done == 4
    text = str(outcome)
    assert text.splitlines()[0].endswith("story.yaml:18: step 5, press “保 管”, as office")
    assert "expected: a button “保 管”" in text
    assert "the page: 安排服务专员 (/enterprises/1/officers/new/, 200)" in text
    assert "nearest buttons: “保存”" in text


def test_a_wrong_label_or_choice_gives_the_near_ones(play: PlaySteps) -> None:
    text = str(play(steps("- follow: 安排\n- fill: {企服专家: 示例专员}\n")))
    assert "nearest fields: “企服专员”" in text
    text = str(play(steps("- follow: 安排\n- fill: {企服专员: 示例专家}\n")))
    assert "expected: “企服专员” offers “示例专家”" in text
    assert "“示例专员”" in text


def test_a_link_is_no_button(play: PlaySteps) -> None:
    assert "it is a link: use follow" in str(play(steps("- press: 安排\n")))


def test_a_page_that_refuses_fails_the_story_unless_it_is_expected(play: PlaySteps) -> None:
    empty = "- follow: 安排\n- press: 保存\n"
    text = str(play(steps(empty)))
    assert "expected: an answer that does not refuse" in text
    assert "it says: 还不能提交" in text
    assert play(steps(f"{empty}- expect: {{status: 422}}\n")).passed
    assert not play(steps("- open: /account/users/\n")).passed
    assert play(steps("- open: /account/users/\n- expect: {status: 403, text: 没有权限}\n")).passed


def test_scenery_does_not_count(play: PlaySteps) -> None:
    row = "- open: 企业\n- expect: {row: {名称: 示例甲企业有限公司}%s}\n"
    text = str(play(steps(row % "")))
    assert "scenery does not count: “示例甲企业有限公司" in text
    assert play(steps(row % ", scenery: true")).passed


def test_a_missing_row_shows_the_columns_and_the_near_rows(play: PlaySteps) -> None:
    text = str(play(steps("- open: 企业\n- expect: {row: {名称: 示例乙企业有限公司}}\n")))
    assert "columns: 名称、行业、园区、类型、成立日期、登记状态" in text
    assert "nearest rows: “示例甲企业有限公司" in text


def test_a_call_answers_in_json_and_what_is_kept_is_used(play: PlaySteps) -> None:
    outcome = play(
        steps("""
        - call: {path: /api/v1/enterprises}
        - expect: {status: 200, json: {items.0.name: 示例甲企业有限公司, next: null}}
        - keep: {firm: {json: items.0.id}}
        - open: /enterprises/${firm}/
        - expect: 91610131MA6TG1J056
        """)
    )
    assert outcome.passed, str(outcome)


def test_an_unknown_name_is_told(play: PlaySteps) -> None:
    text = str(play(steps("- open: /enterprises/${frim}/\n")))
    assert "expected: a value kept as “frim”" in text


def test_a_command_is_a_step_like_any_other(play: PlaySteps) -> None:
    outcome = play(
        steps("""
        - call: {cli: [explain, 91610131MA6TG1J056, --json]}
        - expect: {status: 0, json: {enterprise: 示例甲企业有限公司}}
        - call: {cli: [explain, "000"]}
        - expect: {status: 1, text: No enterprise has the credit code 000}
        """)
    )
    assert outcome.passed, str(outcome)


def test_a_downloaded_file_is_read(play: PlaySteps) -> None:
    for name, link in (("企业*.xlsx", "Excel (.xlsx)"), ("企业*.csv", "CSV (.csv)")):
        outcome = play(
            steps(f"""
            - open: 企业
            - follow: {link}
            - expect: {{download: {{name: "{name}", text: [示例甲企业有限公司], no text: 示例乙}}}}
            - follow: 示例甲企业有限公司
            """)
        )
        assert outcome.passed, str(outcome)


def test_several_people_are_signed_in_side_by_side(play: PlaySteps) -> None:
    outcome = play(
        steps("""
        - sign in: security
        - expect: 示例安全员
        - open: /enterprises/
          as: office
        - expect: {text: 示例经办, no text: 示例安全员}
        - sign out:
        - expect: {no text: 示例经办}
        - open: /account/users/
          as: security
        - open: /enterprises/
          as: office
        """)
    )
    assert outcome.done == 10
    assert "expected: office is signed in" in str(outcome)


def test_waiting_goes_by_the_zones_calendar_and_never_back(play: PlaySteps) -> None:
    text = str(play("- wait until: +3 working days\n- wait until: 2026-10-10 09:00\n"))
    assert "“2026-10-09" not in text  # 30 September, 8 and 9 October, then Saturday the 10th
    outcome = play("- wait until: +3 working days\n- wait until: 2026-10-09 09:00\n")
    assert outcome.done == 1
    assert "is not later than the story's clock, 2026-10-09 09:00" in str(outcome)
