"""The files that `lianshang pack new` writes."""

import re

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

PACK = """\
# 实践包 {id}。写完后检查：lianshang pack verify <文件夹>/；安装：lianshang pack install <文件夹>/
# 各项说明见 docs/packs.md。
id: {id}
version: "0.1.0"                 # 改了内容就升版本号
name: {{zh: 新实践, en: New practice}}
zone: ""                         # 做法出自哪个高新区；没有就留空
practice: {{zh: 新实践, en: New practice}}
summary: {{zh: 一两句话说明谁做什么。, en: Who does what in a sentence or two.}}
source: {{document: 请写明出处, date: "2026"}}
reported: []                     # 报道数据：- {{label: 党组织, value: 65个, source: 某报道}}
requires: {{lianshang: "0.1.0"}}   # 依赖的其他包：packs: [another-pack]
guide: guide.md

participation:                   # 怎样参与；强制签到、拍照、定位会被拒绝并指明条款
  check_in: {{mode: voluntary}}

units: []                        # 单位：
#  - {{key: team, name: 示例工作组, kind: organization, parent: zone}}

duty_kinds: []                   # 事项类别，带时限和升级阶梯：
#  - code: {code}.question
#    name: {{zh: 问题, en: Question}}
#    flow: request               # task | request | instruction | rectification | deed
#    clocks:
#      - {{clock: close, amount: 5, unit: working_days, start: next}}
#    ladder:
#      - {{code: due, side: after, audience: owner, text: 已到期}}

scenery:                         # 演示数据（虚构，只在 --scenery 时装入）
  units: []
"""

GUIDE = """\
# 新实践：谁做什么

| 谁 | 做什么 | 在哪里 |
|--|--|--|
| | | |
"""


def skeleton(name: str) -> dict[str, str] | None:
    """File name → text of a pack that passes validation; None for an impossible name."""
    if len(name) > 60 or not NAME.fullmatch(name):
        return None
    return {"pack.yaml": PACK.format(id=name, code=name.replace("-", "_")), "guide.md": GUIDE}
