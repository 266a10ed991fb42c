"""What a new draft begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.queries import draft_text

if TYPE_CHECKING:
    from lianshang.apps.policies.models import Policy

EMPTY = """\
id: {code}
family: {code}
name: {{zh: {name}, en: ""}}
issuer: {{zh: {owner}}}
level: zone
kind: grant
channel: application
valid: {{from: {day}, until: null}}
confirm: true
sources: {{}}
require:
  all: []
"""
GRANT = """\
id: {code}
family: {code}
name: {{zh: {name}, en: ""}}
issuer: {{zh: {owner}}}
level: zone
kind: grant
channel: automatic
valid: {{from: {day}, until: null}}
confirm: true
sources:
  d1:
    document: 示例〔2026〕1号
    title: {{zh: {name}}}
    level: V0
    url: null
parameters:
  rd_floor:
    label: {{zh: 研发费用下限}}
    unit: 万元
    source: d1 第一条
    values:
      - {{from: {day}, value: 100}}
  reward_share:
    label: {{zh: 奖励比例}}
    unit: "1"
    source: d1 第二条
    values:
      - {{from: {day}, value: 0.05}}
  reward_cap:
    label: {{zh: 奖励上限}}
    unit: 万元
    source: d1 第二条
    values:
      - {{from: {day}, value: 50}}
require:
  all:
    - id: A1
      label: {{zh: 上年研发费用不低于下限}}
      source: d1 第一条
      change: firm
      when: rd_exp_y0 >= rd_floor
benefit:
  label: {{zh: 按上年研发费用的比例奖励，不超过上限}}
  amount: smaller(rd_exp_y0 * reward_share, reward_cap)
  per: year
office: {{zh: {owner}}}
deadline: {{zh: 无须申报}}
materials: []
"""
CASES = """\
policy: {code}
money: 万元
cases:
  - name: 达到下限
    on: {day}
    facts: {{rd_exp_y0: 100}}
    expect: {{state: met, amount: 5}}
  - name: 差一元不到下限
    on: {day}
    facts: {{rd_exp_y0: 99.9999}}
    expect: {{state: not_met, clauses: {{A1: not_met}}}}
"""
NO_CASES = "policy: {code}\nmoney: 万元\ncases: []\n"
TEMPLATES = {
    "empty": (_("空白"), EMPTY, NO_CASES),
    "grant": (_("模板：按研发费用奖励"), GRANT, CASES),
}


def from_template(template: str, *, code: str, name: str, owner: str, day: str) -> tuple[str, str]:
    """Text and test cases to begin with."""
    _label, text, cases = TEMPLATES[template]
    words = {"code": code, "name": name, "owner": owner, "day": day}
    quoted = {key: draft_text.quoted(value) for key, value in words.items() if key != "day"}
    return text.format(**{**words, **quoted}), cases.format(**{**words, **quoted})


def from_policy(policy: Policy, *, code: str) -> tuple[str, str]:
    """A published version as the text of its successor; test cases are written anew."""
    text = draft_text.write({**policy.definition, "id": code})
    return text, NO_CASES.format(code=draft_text.quoted(code))
