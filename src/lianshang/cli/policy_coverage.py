"""The table `docs/policy-coverage.md`: which rule stands in which file, and what tests it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lianshang.core.policy_files import PolicyFile
from lianshang.engines.rules.policy import Policy

# The sections of the collection of rule facts, with the families that hold each.
SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("1.1–1.2", "高新技术企业认定：条件与评分表", ("cn.hnte.recognition",)),
    ("1.3", "高新技术企业 15% 税率", ("cn.cit.hnte15",)),
    ("2", "科技型中小企业评价", ("cn.techsme.evaluation",)),
    ("3.1", "创新型中小企业", ("cn.innovative_sme",)),
    ("3.2, 3.4", "专精特新中小企业（新、旧）", ("cn.srdi_sme",)),
    ("3.3, 3.5", "专精特新「小巨人」（新、旧）", ("cn.little_giant",)),
    ("4", "企业划型", ("cn.size", "cn.size.stat2017")),
    ("5.1", "小型微利企业", ("cn.cit.small_low_profit",)),
    ("5.2", "研发费用加计扣除（含 120%）",
     ("cn.cit.rd_super_deduction", "cn.cit.rd_super_deduction_ic")),
    ("5.3", "亏损结转十年", ("cn.cit.loss_10y",)),
    ("5.4", "技术转让所得", ("cn.cit.tech_transfer",)),
    ("5.5", "先进制造业加计抵减 5%", ("cn.vat.adv_mfg_5",)),
    ("5.6", "集成电路、工业母机、软件",
     ("cn.vat.ic_15", "cn.vat.machine_tool_15", "cn.cit.software_2_3", "cn.vat.software_refund3")),
    ("5.7", "小规模纳税人增值税", ("cn.vat.small_scale",)),
    ("5.8", "六税两费减半", ("cn.six_taxes_two_fees",)),
    ("5.9", "设备、器具一次性扣除", ("cn.cit.equipment_500",)),
    ("5.10", "西部大开发 15%", ("cn.cit.western_15",)),
    ("5.11", "创业投资 70%", ("cn.vc.70",)),
)  # fmt: skip
NOT_WRITTEN = (
    ("5.6", "集成电路企业所得税分档减免（28 纳米十年等）", "conditions and amounts not read"),
    ("5.11", "企业投入基础研究 100%", "only the title was read"),
    ("5.11", "科技企业孵化器税收", "from memory only"),
    ("5.11", "小型微利企业借款合同免印花税", "from memory only"),
)
HEAD = """\
# Which rule stands where
Written by `lianshang policies coverage > docs/policy-coverage.md`; a test proves that it is
current. § is the section of the collection of rule facts. *To confirm* = shown as 待核; D… = an
open dispute, shown to the reader (`policies/README.md`).

| § | rule | file | valid | cases | examples | windows, doubts |
|--|--|--|--|--|--|--|"""
Row = tuple[Policy, PolicyFile]


def table(policies: Sequence[Policy], files: Sequence[PolicyFile]) -> str:
    """The whole page as Markdown."""
    rows = list(zip(policies, files, strict=True))
    national = [row for row in rows if not _of_a_pack(row[1])]
    brought = [row for row in rows if _of_a_pack(row[1])]
    lines = [HEAD, *_sections(national)]
    lines += [
        "",
        "Not written as rules: no text, no number.",
        "",
        "| § | rule | why |",
        "|--|--|--|",
    ]
    lines += [f"| {section} | {rule} | {why} |" for section, rule, why in NOT_WRITTEN]
    if brought:
        lines += ["", "## Clauses of provinces, cities and zones, as data of practice packs", ""]
        lines += ["| pack | rule | file | valid | cases | examples | windows, doubts |"]
        lines += ["|--|--|--|--|--|--|--|"]
        lines += [f"| {file.path.parents[1].name} | {_row(one, file)} |" for one, file in brought]
    lines += ["", _total(rows)]
    return "\n".join(lines)


def _of_a_pack(file: PolicyFile) -> bool:
    """packs/<id>/policies/<file>"""
    return file.path.parents[2].name == "packs"


def unplaced(policies: Sequence[Policy]) -> list[str]:
    """Policies whose family no section names."""
    named = {family for _section, _rule, families in SECTIONS for family in families}
    return [policy.id for policy in policies if policy.family not in named]


def _sections(rows: list[Row]) -> Iterator[str]:
    for section, rule, families in SECTIONS:
        for family in families:
            for policy, file in rows:
                if policy.family == family:
                    yield f"| {section} | {_row(policy, file, rule)} |"
    for policy, file in rows:
        if policy.id in unplaced([policy]):
            yield f"| – | {_row(policy, file)} |"


def _row(policy: Policy, file: PolicyFile, rule: str = "") -> str:
    cases = _cases(file)
    examples = sorted({str(case["example"]) for case in cases if case.get("example")})
    place = "/".join(file.path.parts[-4 if _of_a_pack(file) else -3 :])
    cells = [
        rule or policy.name["zh"],
        f"[`{policy.id}`](../{place})",
        f"{policy.valid.start or '…'} – {policy.valid.end or '…'}",
        str(len(cases)),
        " ".join(examples) or "–",
        "; ".join(_doubts(policy)) or "–",
    ]
    return " | ".join(cells)


def _doubts(policy: Policy) -> Iterator[str]:
    for window in policy.windows:
        yield f"{window.period.start} – {window.period.end}"
    if policy.confirm:
        yield "to confirm"
    yield from (dispute.id for dispute in policy.disputes)


def _cases(file: PolicyFile) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = (file.tests or {}).get("cases", ())
    return found


def _total(rows: list[Row]) -> str:
    cases = [case for _policy, file in rows for case in _cases(file)]
    examples = {str(case["example"]) for case in cases if case.get("example")}
    worked = sum(one.startswith("E") for one in examples)
    negative = sum(one.startswith("N") for one in examples)
    return (
        f"{len(rows)} policies, {len(cases)} cases; {worked} worked examples (E…) and {negative} "
        "examples that are wrong or out of date (N…)."
    )
