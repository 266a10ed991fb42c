"""The files that `lianshang policies new` writes."""

import re

ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")

POLICY = """\
# 新政策。写法见 docs/policy-format.md；可用的事实及口径见 policies/catalogue.yaml。
# 写完后：lianshang policies check --folder <文件夹>；lianshang policies test --folder <文件夹>
id: {id}                       # 全库唯一，与文件名相同
family: {id}                   # 同一政策的各版本写同一个 family，有效期不能重叠
name: {{zh: 新政策（请改名）, en: New policy (rename)}}
issuer: {{zh: 示例管委会, en: Example Administrative Committee}}
level: zone                    # national | province | city | zone
kind: grant                    # title | tax_relief | grant | classification
channel: application           # automatic | fast | application | self_assessed
valid: {{from: 2026-01-01, until: 2026-12-31}}   # 首尾两天都算；until: null 为长期
confirm: true                  # 没有读到官方文本前保持 true，页面显示「待核」
# note: {{zh: 怎样理解条文、哪些没有写进来, en: How the text was read}}

sources:                       # 每个条款和数字都要以这里的某个键开头，再写条号
  d1:
    document: 示例〔2026〕1号
    title: {{zh: 示例扶持办法, en: Example measures}}
    level: V1                  # P 读过全文副本 | V2 两处以上 | V1 一处 | M 凭记忆
    url: null

parameters:                    # 带单位的数字都是参数，注明出处和起始日
  revenue_min:
    label: {{zh: 营业收入下限, en: Lowest revenue}}
    unit: 万元
    source: d1 第一条
    values: [{{from: 2026-01-01, value: 2000}}]
  reward:
    label: {{zh: 奖励金额, en: Reward}}
    unit: 万元
    source: d1 第二条
    values: [{{from: 2026-01-01, value: 10}}]

require:                       # all 全部 | any 任一 | at_least: {{n: 2, of: [...]}}
  all:
    - id: C1
      label: {{zh: 有效期内高新技术企业, en: Valid HNTE certificate}}
      source: d1 第一条
      change: firm             # firm | document 缺材料 | fixed 不可变 | expert
      when: title_hnte
    - id: C2
      label: {{zh: 上年度营业收入不低于 2000 万元, en: Revenue of 20 million or more}}
      source: d1 第一条
      change: firm
      when: revenue_y0 >= revenue_min

benefit:
  label: {{zh: 一次性奖励 10 万元, en: A single reward of 100,000}}
  amount: reward               # 单位必须是元（万元的参数会换算）；没有金额写 null
  per: once                    # year | once
# stacking: {{group: zone.hnte, rule: highest}}    # 从高不重复
# windows:                                         # 已知的申报期，首尾两天都算
#   - {{from: 2026-06-01, until: 2026-08-31, source: d1 第三条}}
# disputes:
#   - {{id: X1, text: {{zh: 说法不一之处, en: What sources dispute}}}}
office: {{zh: 示例管委会经济发展局, en: Example economic office}}
deadline: {{zh: 以当年通知为准, en: See the notice of the year}}
materials:
  - {{zh: 申请表, en: Application form}}
"""

CASES = """\
# 每个门槛写三例：恰好、差一步、多一步；有效期的第一天和最后一天各一例；缺事实一例。
policy: {id}
money: 万元                    # 下面金额的单位
cases:
  - name: 营业收入恰为 2000 万元，第一天
    mark: derived              # copied-from-official | copied-from-secondary | derived
    on: 2026-01-01
    facts: &firm {{title_hnte: true, revenue_y0: 2000}}
    expect: {{state: met, amount: 10}}
  - name: 少一分钱
    mark: derived
    on: 2026-06-30
    facts: {{<<: *firm, revenue_y0: 1999.999999}}
    expect: {{state: not_met, steps: 1, clauses: {{C2: not_met}}}}
  - name: 多一分钱，最后一天
    mark: derived
    on: 2026-12-31
    facts: {{<<: *firm, revenue_y0: 2000.000001}}
    expect: {{state: met}}
  - name: 没有登记营业收入
    mark: derived
    on: 2026-06-30
    facts: {{title_hnte: true}}
    expect: {{state: not_known, missing: [revenue_y0]}}
"""


def skeleton(policy_id: str) -> dict[str, str] | None:
    """File name → text of a policy that passes its check and its cases; None for no id."""
    if len(policy_id) > 60 or not ID.fullmatch(policy_id):
        return None
    return {
        f"{policy_id}.yaml": POLICY.format(id=policy_id),
        f"{policy_id}.test.yaml": CASES.format(id=policy_id),
    }
