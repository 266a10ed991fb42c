"""The offices' files: the same zone every time, one of every kind of file, nothing real in them."""

import re
from datetime import date
from pathlib import Path

import yaml
from tests.cli.demo.conftest import TODAY, Reader

from lianshang.cli.demo.registers import RegisterFile, write_registers
from lianshang.cli.demo.sizes import SCALES, Size


def test_the_same_seed_and_day_give_the_same_bytes(
    small_zone: list[RegisterFile], tmp_path: Path
) -> None:
    again = write_registers(tmp_path, Size.S, 1, today=TODAY)
    assert [one.path.name for one in again] == [one.path.name for one in small_zone]
    for first, second in zip(small_zone, again, strict=True):
        assert first.path.read_bytes() == second.path.read_bytes(), first.path.name


def test_another_seed_is_another_zone(
    small_zone: list[RegisterFile], tmp_path: Path, read: Reader
) -> None:
    other = write_registers(tmp_path, Size.S, 2, today=TODAY)
    names = {row["企业名称"] for row in read(small_zone[0])}
    other_names = {row["企业名称"] for row in read(other[0])}
    assert len(names & other_names) < 10


def test_the_years_in_the_headings_follow_the_day(tmp_path: Path, read: Reader) -> None:
    files = write_registers(tmp_path, Size.S, 1, today=date(2031, 2, 3))
    annual_report = next(one for one in files if one.source == "annual_report")
    assert annual_report.sheet == "2030年报"
    assert "2028年营业收入（万元）" in read(annual_report)[0]


def test_each_office_keeps_its_own_file_and_says_where_it_comes_from(
    small_zone: list[RegisterFile],
) -> None:
    told = [(one.path.stem, one.sheet, one.register, one.source) for one in small_zone]
    assert told == [
        ("市场主体名录", "名录", "enterprises", "market"),
        ("企业年报汇总", "2025年报", "facts", "annual_report"),
        ("科技统计", "科技统计", "facts", "statistics"),
        ("税务台账", "台账", "facts", "tax"),
        ("企业自报补充", "经营与研发", "facts", "firm"),
        ("企业自报补充", "人员", "facts", "firm"),
        ("企业自报补充", "涉税自愿填报", "facts", "firm"),
        ("企业自报补充", "资质与市场", "facts", "firm"),
        ("企业自报补充", "亏损弥补", "facts", "firm"),
        ("知识产权台账", "台账", "facts", "public_list"),
        ("高新技术企业名单", "高新技术企业", "titles", "public_list"),
        ("科技型中小企业入库名单", "科技型中小企业", "titles", "public_list"),
        ("优质中小企业名单", "创新型", "titles", "public_list"),
        ("优质中小企业名单", "专精特新", "titles", "public_list"),
        ("优质中小企业名单", "小巨人", "titles", "public_list"),
        ("2026年先进制造业企业名单", "名单", "facts", "public_list"),
        ("合规核查表", "核查表", "facts", "officer"),
        ("预评打分", "打分", "facts", "officer"),
        ("服务专员分工", "分工", "officers", ""),
    ]


def test_a_sheet_without_a_year_says_which_year_it_is(
    small_zone: list[RegisterFile], read: Reader
) -> None:
    staff = next(one for one in small_zone if one.sheet == "人员")
    assert staff.options == {"year": 2025}
    assert not [header for header in read(staff)[0] if "年度" in header or "2025" in header]


def test_every_firm_and_person_is_plainly_invented(
    small_zone: list[RegisterFile], read: Reader
) -> None:
    for register_file in small_zone:
        name_header = next(one.header for one in register_file.columns if one.target == "name")
        for row in read(register_file):
            name = str(row[name_header])
            assert re.match(r"示例|共 \d+ 户", name), (register_file.path.name, name)
    for row in read(small_zone[0]):
        assert str(row["联系人"])[:2] in {"示例", "", "-", "/", "—"}
        assert str(row["注册地址"])[:3] in {"示例市", "", "-", "/", "—"}
        assert not re.match(r"1[3-9]", str(row["联系电话"])), "could be somebody's number"


def test_sizes_are_those_of_real_zones() -> None:
    assert {size.value: SCALES[size].firms for size in Size} == {
        "S": 150,
        "M": 1_100,
        "L": 20_000,
        "XL": 200_000,
    }
    assert [SCALES[size].actors for size in Size] == [166, 1_167, 21_085, 212_910]


def test_each_file_is_what_the_offices_hand_over(
    small_zone: list[RegisterFile], read: Reader
) -> None:
    market = read(small_zone[0])
    actors, repeats, totals = 166, 3, 1
    assert len(market) == actors + repeats + totals
    assert market[-1]["统一社会信用代码"] == "合计"
    assert market[-1]["企业名称"] == "共 169 户"


def test_every_column_of_money_says_its_unit(small_zone: list[RegisterFile]) -> None:
    folder = Path(__file__).parents[3] / "policies"
    quantities = yaml.safe_load((folder / "catalogue.yaml").read_text("utf-8"))["quantities"]
    money = [
        column
        for one in small_zone
        for column in one.columns
        if quantities.get(column.target, {}).get("unit") == "元"
    ]
    assert len(money) > 80
    assert {column.unit for column in money} == {"元", "千元", "万元"}
