"""A broken pack is refused with file and line, what was read and what to do."""

from pathlib import Path

import pytest
from tests.apps.practices import packing

from lianshang.apps.practices.queries import shelf
from lianshang.apps.practices.queries.checking import Pack
from lianshang.apps.practices.queries.problems import PackRefused
from lianshang.apps.practices.queries.yaml_lines import read_document


def refusal(folder: Path) -> PackRefused:
    with pytest.raises(PackRefused) as refused:
        shelf.find(f"{folder}/")
    return refused.value


def read(folder: Path) -> Pack:
    return shelf.find(f"{folder}/")


def test_a_sound_pack_is_read_with_its_rows_in_the_order_of_installing(tmp_path: Path) -> None:
    pack = read(packing.write(tmp_path / "demo"))
    rows = [(section.name, section.key(row)) for section, row, _ in pack.rows(with_scenery=True)]
    assert rows == [
        ("units", "team"),
        ("units", "branch"),
        ("units", "demo"),
        ("special_days", "2026-11-30"),
        ("duty_kinds", "demo.question"),
        ("policies", "zone.demo.grant"),
    ]
    assert (pack.definition.name.zh, pack.definition.practice.zh) == ("示例走访", "示例走访")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kind: organization, parent: zone", "kind: firm, parent: zone", 9, "应为其中之一"),
        ("flow: request", "flow: requst", 16, "应为其中之一"),
        ("name: 示例支部,", "nmae: 示例支部,", 10, "是否想写 name"),
        ("amount: 5,", "amount: five,", 18, "应为整数"),
        ("amount: 5,", "", 18, "这里缺少必填项"),
        ("parent: team", "parent: tema", 10, "前面没有这个键"),
        ("key: branch", "key: team", 10, "同一部分的键只能用一次"),
        ("on: 2026-11-30", "on: 2026-11-31", 12, "应为存在的日期或数"),
        ('version: "1.0.0"', "version: 1.0", 2, "应为文字"),
        ('version: "1.0.0"', "version: one", 2, "版本应为数字和点"),
        ("units:\n", "unit:\n", 8, "是否想写 units"),
        ('version: "1.0.0"\n', 'version: "1.0.0"\nid: again\n', 3, "同一名称只写一次"),
        ("  - {key: team", "\t- {key: team", 9, "缩进应为空格"),
        ("  - {key: team", "  - &a {key: team", 9, "不得使用锚点和引用"),
        ("name: 示例支部,", "name: !!python/name:os.system 1,", 10, "不得使用类型标签"),
        ("units:\n", "units: [\n", 9, "应为合法的 YAML"),
        (
            "duty_kinds:\n",
            "paper_templates: rules\nduty_kinds:\n",
            13,
            "本版本的程序还不支持这一部分",
        ),
        ('lianshang: "0.1.0"', 'lianshang: "99.0"', 7, "需要更高版本的程序"),
        ("units:\n", "guide: ../../secret.md\nunits:\n", 8, "路径不得离开实践包"),
        ("units:\n", "guide: /etc/passwd\nunits:\n", 8, "路径不得离开实践包"),
        ("units:\n", "guide: guide.md\nunits:\n", 8, "包内没有这个文件"),
        ("id: demo-visits", "id: Demo Visits", 1, "编号应为小写字母"),
    ],
)
def test_a_fault_is_told_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    refused = refusal(packing.write(tmp_path / "demo", (old, new)))
    text = "\n".join(refused.messages)
    assert f"demo/pack.yaml:{line}" in text
    assert said in text


def test_every_fault_is_told_at_once_with_what_was_read(tmp_path: Path) -> None:
    folder = packing.write(
        tmp_path / "demo", ("flow: request", "flow: requst"), ("parent: zone", "parent: 7")
    )
    assert [(one.where, one.path, one.read) for one in refusal(folder).problems] == [
        ("demo/pack.yaml:9", "units[0].parent", "7"),
        ("demo/pack.yaml:16", "duty_kinds[0].flow", "requst"),
    ]


def test_a_pack_that_asks_for_show_is_refused_with_the_clause(tmp_path: Path) -> None:
    extra = "participation:\n  check_in: {mode: forced}\nunits:\n"
    text = refusal(packing.write(tmp_path / "demo", ("units:\n", extra))).messages[0]
    assert text.startswith("demo/pack.yaml:9（participation.check_in）：强制签到、打卡")
    assert "国办函〔2026〕12号" in text
    assert "（2）不得强制签到打卡" in text


def test_points_of_people_are_refused_by_clause_even_where_the_name_is_unknown(
    tmp_path: Path,
) -> None:
    folder = packing.write(tmp_path / "demo", ("units:\n", "points: {of: members}\nunits:\n"))
    texts = refusal(folder).messages
    assert any("对个人积分、打分" in text and ":8（points）" in text for text in texts)


def test_a_form_may_not_ask_for_what_is_held(tmp_path: Path) -> None:
    form = (
        "forms:\n  - key: survey\n    title: 调研表\n    fields:\n"
        "      - {key: a, label: 需要协调的问题}\n      - {key: b, label: 上年营业收入（万元）}\n"
    )
    folder = packing.write(tmp_path / "demo", ("units:\n", form + "units:\n"))
    (text,) = refusal(folder).messages
    assert text.startswith("demo/pack.yaml:13（forms[0].fields[1].label）")
    assert "（1）不得随意、重复向基层索要" in text
    bound = form.replace("label: 上年营业收入（万元）", "label: 上年营业收入, fact: revenue")
    assert read(packing.write(tmp_path / "bound", ("units:\n", bound + "units:\n"))).warnings == ()


def test_a_ranking_of_branches_is_a_warning(tmp_path: Path) -> None:
    folder = packing.write(tmp_path / "demo", ("zh: 走访支部，", "zh: 走访支部，支部排名公布。"))
    assert [(one.level, one.path) for one in read(folder).warnings] == [("warn", "summary.zh")]


def test_a_file_of_more_than_a_megabyte_is_refused(tmp_path: Path) -> None:
    folder = packing.write(tmp_path / "demo", guide_md="长" * 400_000)
    assert "每个文件应不超过 1 MB" in refusal(folder).messages[0]


def test_a_link_in_the_folder_is_refused(tmp_path: Path) -> None:
    folder = packing.write(tmp_path / "demo")
    (tmp_path / "secret").write_text("geheim")
    (folder / "guide.md").symlink_to(tmp_path / "secret")
    assert "不得使用符号链接" in refusal(folder).messages[0]


def test_a_folder_without_pack_file_and_an_unknown_id_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "lianshang pack new" in refusal(tmp_path / "empty").messages[0]
    with pytest.raises(PackRefused, match=r"现有：.*xian-joint-consortium"):
        shelf.find("no-such-pack")


def test_deep_nesting_and_a_second_document_are_refused() -> None:
    with pytest.raises(PackRefused, match="层次应不超过 30 层"):
        read_document(b"a: " + b"[" * 5000, "x.yaml")
    with pytest.raises(PackRefused, match=r"x\.yaml:3"):
        read_document(b"a: 1\nb: 2\n---\nc: 3\n", "x.yaml")
    with pytest.raises(PackRefused, match=r"x\.yaml:2.*UTF-8"):
        read_document(b"a: 1\nb: \xff\n", "x.yaml")


def test_a_builtin_pack_is_called_like_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANSHANG_PACKS", str(tmp_path))
    packing.write(tmp_path / "other-name")
    (offer,) = shelf.offers()
    assert offer.pack is None
    assert "应与文件夹同名：other-name" in offer.problems.messages[0]
