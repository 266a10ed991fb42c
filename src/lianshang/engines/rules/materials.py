"""The papers that a policy asks for, and the facts that each of them proves."""

from collections.abc import Iterator, Mapping

from .catalogue import Catalogue
from .policy import Policy
from .problems import Problem, did_you_mean
from .reading import Label, Section


def materials_of(top: Section) -> tuple[Label, ...]:
    """Each paper as people call it, by language."""
    value = top.data.get("materials") or []
    found = []
    for entry in value if isinstance(value, list | tuple) else [None]:
        if isinstance(entry, Mapping) and isinstance(entry.get("zh"), str):
            texts = {str(k): v for k, v in entry.items() if k != "proves" and v is not None}
            found.append({key: str(text) for key, text in texts.items()})
        else:
            top.problem("structure", "Expected a list of texts {zh: …, en: …}.", at="materials")
    return tuple(found)


def proofs_of(top: Section) -> dict[str, tuple[str, ...]]:
    """Paper → the quantities it proves: who proved one of them has handed in that paper."""
    value = top.data.get("materials") or []
    found: dict[str, tuple[str, ...]] = {}
    for index, entry in enumerate(value if isinstance(value, list | tuple) else ()):
        if not isinstance(entry, Mapping) or entry.get("proves") is None:
            continue
        names = entry["proves"]
        if isinstance(names, list | tuple) and all(isinstance(name, str) for name in names):
            found[str(entry.get("zh", ""))] = tuple(names)
        else:
            at = f"materials[{index}].proves"
            top.problem("structure", "Expected a list of quantities.", at=at)
    return found


def material_problems(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    """A paper proves quantities of the catalogue, and nothing else."""
    quantities = {variable.quantity.name for variable in catalogue.variables.values()}
    for index, paper in enumerate(policy.materials):
        for name in policy.proofs.get(paper["zh"], ()):
            if name not in quantities:
                what, hint = f"'{name}' is no quantity.", did_you_mean(name, quantities)
                yield Problem("unknown-name", what, hint, f"materials[{index}].proves")
