"""`lianshang policies simulate`: what a policy file would do, on the register of this zone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lianshang.cli import setup
from lianshang.core import policy_files

if TYPE_CHECKING:
    from pathlib import Path

    from lianshang.apps.policies.queries.simulation import Effect, Simulation
    from lianshang.engines.rules.policy import Policy


def simulate_file(file: Path, *, as_json: bool) -> None:
    """Print the simulation, or end with exit code 1 and every fault."""
    from lianshang.engines.rules.policy_file import policy_from_mapping
    from lianshang.engines.rules.problems import PolicyError

    try:
        policy = policy_from_mapping(policy_files.read_yaml(file))
        found = _simulated(policy)
    except policy_files.PolicyFileError as error:
        setup.refuse(str(error))
    except PolicyError as error:
        setup.refuse(*(str(problem) for problem in error.problems))
    if as_json:
        print(json.dumps(_told(found), ensure_ascii=False))
    else:
        _print(found)


def _simulated(policy: Policy) -> Simulation:
    setup.django()
    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.apps.policies.queries.simulation import simulate
    from lianshang.core import clock

    firms = Enterprise.objects.present().values_list("pk", flat=True)
    return simulate(policy, list(firms), on=clock.today())


def _effect(effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    return {"met": effect.met, "cost": str(effect.cost), "unknown_amounts": effect.unknown_amounts}


def _told(found: Simulation) -> dict[str, Any]:
    compared = found.comparison
    return {
        "on": found.on.isoformat(),
        "rules_on": found.rules_on.isoformat(),
        "firms": found.firms,
        "standings": {standing.value: count for standing, count in found.counts.items()},
        **(_effect(found.effect) or {}),
        "net": str(found.net),
        "top_10_share": None if found.concentration is None else f"{found.concentration:.4f}",
        "thresholds": [
            {
                "parameter": one.threshold.name,
                "now": one.threshold.shown_now,
                "moves": [{"value": m.value, **(_effect(m.effect) or {})} for m in one.moves],
            }
            for one in found.thresholds
        ],
        "overlaps": [
            {"policy": one.code, "firms": one.firms, "theirs": str(one.theirs)}
            for one in found.overlaps
        ],
        "compared_with": compared
        and {
            "policy": compared.code,
            **(_effect(compared.before) or {}),
            "entering": len(compared.entering),
            "leaving": len(compared.leaving),
            "rising": len(compared.rising),
            "falling": len(compared.falling),
        },
    }


def _print(found: Simulation) -> None:
    effect = found.effect
    print(f"{found.firms} firms, facts of {found.on}, rules of {found.rules_on}")
    print("  ".join(f"{standing.value} {count}" for standing, count in found.counts.items()))
    print(f"cost {effect.cost:,.2f} yuan, net {found.net:,.2f}; ", end="")
    share = "—" if found.concentration is None else f"{found.concentration:.1%}"
    print(f"the ten largest get {share}; {effect.unknown_amounts} amounts not known")
    for one in found.thresholds:
        moves = "  ".join(
            f"{move.value}: {move.effect.met} firms, {move.effect.cost:,.2f}"
            if move.effect
            else f"{move.value}: cannot be computed"
            for move in one.moves
        )
        print(f"  {one.threshold.name} (now {one.threshold.shown_now})  {moves}")
    for other in found.overlaps:
        print(f"  with {other.code}: {other.firms} firms entitled to both, {other.theirs:,.2f}")
    if compared := found.comparison:
        counts = f"{len(compared.entering)} enter, {len(compared.leaving)} leave"
        moved = f"{len(compared.rising)} rise, {len(compared.falling)} fall"
        print(f"  against {compared.code} ({compared.before.cost:,.2f}): {counts}, {moved}")
