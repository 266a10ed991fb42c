"""`lianshang evaluate` and `explain`: the policies over the register, and the reasons for one
firm.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from lianshang.cli import setup

if TYPE_CHECKING:
    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.apps.policies.queries.explanations import Told

JSON = typer.Option(False, "--json", help="One JSON object for machines.")


def register(app: typer.Typer) -> None:
    app.command()(evaluate)
    app.command()(explain)


def evaluate(as_json: bool = JSON) -> None:
    """Evaluate every policy over every firm and store the answers. Example: lianshang evaluate"""
    setup.django()
    from rich.progress import Progress

    from lianshang.apps.policies.actions.evaluation import evaluate_register
    from lianshang.apps.policies.queries.summary import entitled_total, summary

    with Progress(transient=True, disable=as_json) as bar:
        task = bar.add_task("evaluating", total=None)
        run = evaluate_register(
            actor=None,
            reason="command",
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    lines = [
        {"policy": line.policy.code, **line.counts, "amount": str(line.amount)}
        for line in summary()
    ]
    if as_json:
        total = str(entitled_total())
        print(json.dumps({"firms": run.firms, "policies": lines, "total": total}))
        return
    for line in lines:
        counts = "  ".join(f"{name} {count}" for name, count in line.items() if name != "policy")
        print(f"{line['policy']}: {counts}")
    print(f"{run.firms} firms, {run.policies} policies; in all {entitled_total():,.2f} yuan")


def explain(
    code: str = typer.Argument(help="Credit code of the firm."),
    policy: str = typer.Argument("", help="Policy; without it, every policy in force in a line."),
    as_json: bool = JSON,
) -> None:
    """Say where a firm stands, and why. Example: lianshang explain 91610131MA6TG1J056
    cn.hnte.recognition
    """
    setup.django()
    from lianshang.apps.policies.queries.answers import answers
    from lianshang.apps.policies.queries.reasons import reason
    from lianshang.core import clock

    firm = _firm(code)
    found = answers(firm, on=clock.today())
    if policy:
        _explain_one(firm, policy, as_json)
        return
    rows = [
        {"policy": one.code, "standing": one.standing.value, "reason": reason(one)} for one in found
    ]
    if as_json:
        print(json.dumps({"enterprise": firm.name, "answers": rows}, ensure_ascii=False))
        return
    print(firm.name)
    for row in rows:
        print(f"{row['standing']:<13} {row['policy']:<28} {row['reason']}")


def _firm(code: str) -> Enterprise:
    from lianshang.apps.enterprises.models import Enterprise

    firm = Enterprise.objects.present().filter(credit_code=code.strip().upper()).first()
    if firm is None:
        setup.refuse(f"No enterprise has the credit code {code}. Search for its name on the site.")
    return firm


def _explain_one(firm: Enterprise, policy: str, as_json: bool) -> None:
    from django.http import Http404

    from lianshang.apps.policies.queries.explanations import explanation
    from lianshang.core import clock

    try:
        told = explanation(firm, policy, on=clock.today())
    except Http404:
        hint = f"The list: lianshang explain {firm.credit_code}"
        setup.refuse(f"{policy} is not in force today. {hint}")
    if as_json:
        clauses = [_clause(one) for one in told.clauses]
        told_all = {"standing": told.standing.value, "clauses": clauses, "changes": _changes(told)}
        print(json.dumps(told_all, ensure_ascii=False))
        return
    _print(firm, told)


def _clause(clause: Any) -> dict[str, Any]:
    return {
        "id": clause.told.id,
        "state": clause.told.state.key,
        "reading": clause.told.reading.text,
        "gaps": [gap.text for gap in clause.told.gaps],
        "missing": [one.label for one in clause.missing],
    }


def _changes(told: Told) -> list[dict[str, Any]]:
    """The cheapest set of changes that would make it pass."""
    return [
        {"kind": one.kind.key, "text": one.text, "when": one.when.text if one.when else ""}
        for one in told.way.told.changes
    ]


def _print(firm: Enterprise, told: Told) -> None:
    print(f"{firm.name} · {told.name}: {told.standing.label}")
    for clause in told.clauses:
        print(f"  [{clause.told.state.key}] {clause.told.label}")
        print(f"      {clause.told.reading.text}")
        for gap in clause.told.gaps:
            print(f"      → {gap.text}")
        for missing in clause.missing:
            print(f"      ? {missing.label} {'；'.join(missing.refusals)}".rstrip())
        papers = [str(one) for one in clause.told.sources]
        papers += [f"{fact.source.name} {fact.observed_on}" for fact in clause.sources]
        print(f"      {' · '.join(papers)}")
    for change in _changes(told):
        print(f"  + [{change['kind']}] {change['text']}")
        if change["when"]:
            print(f"      {change['when']}")
