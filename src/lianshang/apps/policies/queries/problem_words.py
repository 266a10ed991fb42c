"""What the rules engine finds wrong, in the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.queries.wording import label_language

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from lianshang.engines.rules.problems import Problem

# Code of the engine → what is wrong and what to do. In English the engine's own words are shown.
WORDS: dict[str, str | Promise] = {
    "assume": gettext_lazy("假定的值不可用，请核对数据项和取值"),
    "bounds": gettext_lazy("上下限不可用，请核对最小值和最大值"),
    "codes": gettext_lazy("代码表不可用，请核对代码"),
    "contradiction": gettext_lazy("这几条不可能同时成立，请核对门槛和方向"),
    "cycle": gettext_lazy("互相引用成了循环，请断开其中一处"),
    "dates": gettext_lazy("有效期的止日早于起日，请改正"),
    "dead-clause": gettext_lazy("按数据目录的上下限，这一条永远成立或永远不成立，请核对门槛和单位"),
    "division": gettext_lazy("除数可能为负或为零，请写成 a / NULLIF(b, 0)"),
    "duplicate": gettext_lazy("编号重复，请改名"),
    "fact": gettext_lazy("数据项或其值不可用，请核对名称、类型和上下限"),
    "missing-field": gettext_lazy("缺少必填的一项，请补上"),
    "name": gettext_lazy("名称不可用：只用字母、数字和下划线，且不与别的名称重复"),
    "negative-amount": gettext_lazy("金额可能小于 0，请写成 larger(…, 0)"),
    "no-currency": gettext_lazy("金额没有货币单位，请用带“元”或“万元”的参数"),
    "no-value": gettext_lazy("这个参数在有效期的头一天还没有值，请补上更早的日期和值"),
    "overflow": gettext_lazy("数值可能超出可计算的范围，请核对单位"),
    "overlap": gettext_lazy("与另一版本的有效期重叠，请让旧版在新版前一日结束"),
    "parameter": gettext_lazy("没有这个参数，或它的值不是数"),
    "result": gettext_lazy("没有政策给出这个结果"),
    "schedule": gettext_lazy("分期支付写法不对：各期比例之和须为 1，且比例与金额只用一种"),
    "source": gettext_lazy("没有写明依据：以“文件”中的代号开头，后接条款，例如 d1 第三条"),
    "structure": gettext_lazy("写法不对：缺少内容，或这里应是另一种内容"),
    "syntax": gettext_lazy("表达式写法有误"),
    "title": gettext_lazy("没有政策授予这个资格"),
    "type": gettext_lazy("类型不符：条件要用比较或是非项，金额要用数"),
    "unit-clash": gettext_lazy("单位不一致，不能相加或比较；带单位的数请写成参数"),
    "unknown-code": gettext_lazy("代码表中没有这个代码"),
    "unknown-field": gettext_lazy("这里没有这一项，请核对拼写"),
    "unknown-name": gettext_lazy("没有这个名称：既不是数据项，也不是参数"),
    "unknown-unit": gettext_lazy("不认识的单位"),
    "unreachable": gettext_lazy("这一档永远到不了，请从最严的一档写起"),
    "unused": gettext_lazy("写了却没有用到，可以删去"),
}
_QUOTED = re.compile(r"'([^']{1,60})'")
_MEANT = re.compile(r"Did you mean (.+)\?")


def told(problem: Problem) -> str:
    """One finding as a sentence: what is wrong, which words, what was perhaps meant."""
    if label_language() == "en" or problem.code not in WORDS:
        return f"{problem.what} {problem.hint}".rstrip()
    words = "、".join(dict.fromkeys(_QUOTED.findall(problem.what)))
    text = str(WORDS[problem.code]) + (f"（{words}）" if words else "")
    if meant := _MEANT.search(problem.hint):
        names = meant[1].replace(" or ", _(" 或 "))
        text += _("；是否想写 %(names)s？") % {"names": names}
    if problem.position is not None:
        text += _("（表达式第 %(n)d 个字符）") % {"n": problem.position + 1}
    return text
