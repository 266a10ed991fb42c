"""What is already held: the quantities of the catalogue and the columns of the firm register."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lianshang.core.policy_files import default_folder, read_yaml

REGISTER = (
    *("企业名称", "统一社会信用代码", "成立日期", "注册日期", "行业代码", "所属行业", "注册地址"),
    *("经营地址", "所在园区", "unified social credit code", "registered address"),
)
ALSO_CALLED = {
    "营收": "营业收入",
    "年营业额": "营业收入",
    "职工人数": "职工总数",
    "员工人数": "职工总数",
}
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_YEARS = re.compile(r"(?:\d{4}|上|本|当|去|今|全|近[一二三两]|前[一二三两])年度?|年度|年末|年初")
_POLITE = re.compile(r"^(?:请填写|请填报|请输入|填写|填报|贵公司|贵企业|贵单位|企业|公司|单位)+")
_MARKS = re.compile(r"[\s:：、，,。.*_\-—/?？]+")


@dataclass(frozen=True)
class Held:
    """Codes of what is held, and its names (normalised) with the code or name to show."""

    codes: frozenset[str]
    names: Mapping[str, str]

    def called(self, label: str) -> str:
        """The held thing that a label asks for, or nothing."""
        for form in _forms(label):
            if form in self.names:
                return self.names[form]
        return ""

    def collected(self, name: str) -> str:
        """The held thing that `collect:` names by code or by label, or nothing."""
        return name if name in self.codes else self.called(name)


def normal(label: str) -> str:
    """企业上年营业收入（万元）： → 企业营业收入"""
    return _MARKS.sub("", _YEARS.sub("", _BRACKETS.sub("", label))).lower()


def _forms(label: str) -> tuple[str, ...]:
    plain = normal(label)
    bare = _POLITE.sub("", plain)
    return plain, bare, ALSO_CALLED.get(bare, "")


@functools.cache
def held() -> Held:
    """What the catalogue in force and the firm register hold."""
    quantities = read_yaml(default_folder() / "catalogue.yaml")["quantities"]
    names = {normal(name): name for name in REGISTER}
    for code, quantity in quantities.items():
        for text in dict(quantity.get("label", {})).values():
            names.setdefault(normal(str(text)), f"{code} {text}")
    names.pop("", None)
    return Held(frozenset(quantities), names)
