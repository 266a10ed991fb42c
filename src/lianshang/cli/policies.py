"""`lianshang policies`: write, check and test policies; no Django, no database."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from lianshang.cli.setup import refuse
from lianshang.core import policy_files

if TYPE_CHECKING:
    from lianshang.engines.rules.catalogue import Catalogue
    from lianshang.engines.rules.policy import Policy
    from lianshang.engines.rules.testing import CaseResult

app = typer.Typer(help="Write, check, test and simulate policies.", no_args_is_help=True)
FOLDER = typer.Option(
    None, "--folder", help="Folder of policy files; without it the library and every pack."
)
INTO = typer.Option(Path(), "--into", help="Folder to write to.")
FILE = typer.Argument(help="A policy file, published or not.")
JSON = typer.Option(False, "--json", help="One JSON object for machines.")


@dataclass(frozen=True)
class Loaded:
    """The folder as the engine reads it."""

    catalogue: Catalogue
    policies: list[tuple[Policy, policy_files.PolicyFile]]


def load(folder: Path | None) -> Loaded:
    """Read catalogue and policies, or end with exit code 1 and every fault.

    Without a folder: the national files and those of the program's packs. A folder without a
    catalogue, such as a pack's, is read with that of the program.
    """
    from lianshang.core.code_tables import code_tables
    from lianshang.engines.rules.catalogue import Catalogue
    from lianshang.engines.rules.policy_file import policy_from_mapping
    from lianshang.engines.rules.problems import PolicyError

    faults: list[str] = []
    policies = []
    try:
        definitions = policy_files.read_yaml(_catalogue_file(folder))
        catalogue = Catalogue.from_mapping(definitions, code_tables())
        for file in _files(folder):
            try:
                policies.append((policy_from_mapping(file.mapping), file))
            except PolicyError as error:
                faults += [str(problem) for problem in error.problems]
    except policy_files.PolicyFileError as error:
        refuse(str(error))
    except PolicyError as error:
        refuse(*(str(problem) for problem in error.problems))
    if faults:
        refuse(*faults)
    return Loaded(catalogue, policies)


def _catalogue_file(folder: Path | None) -> Path:
    """A folder may have a catalogue of its own, else the one of the library counts."""
    own = None if folder is None else folder / "catalogue.yaml"
    return own if own and own.exists() else policy_files.default_folder() / "catalogue.yaml"


def _files(folder: Path | None) -> Iterator[policy_files.PolicyFile]:
    if folder is not None:
        yield from policy_files.read_policies(folder)
    else:
        yield from policy_files.read_policies(policy_files.default_folder())
        yield from policy_files.read_pack_policies()


@app.command()
def check(folder: Path | None = FOLDER, as_json: bool = JSON) -> None:
    """Find mistakes in the policy files. Example: lianshang policies check"""
    from lianshang.engines.rules.library import check_library

    loaded = load(folder)
    problems = check_library([policy for policy, _file in loaded.policies], loaded.catalogue)
    if folder is not None and not (folder / "catalogue.yaml").exists():
        # A few policies beside the library need not give every title.
        problems = [problem for problem in problems if problem.policy]
    errors = [problem for problem in problems if problem.severity == "error"]
    if as_json:
        found = [asdict(problem) for problem in problems]
        print(json.dumps({"policies": len(loaded.policies), "problems": found}, ensure_ascii=False))
    else:
        for problem in problems:
            print(problem)
        warnings = len(problems) - len(errors)
        print(f"{len(loaded.policies)} policies, {len(errors)} errors, {warnings} warnings")
    raise SystemExit(1 if errors else 0)


@app.command("test")
def run_tests(folder: Path | None = FOLDER, as_json: bool = JSON) -> None:
    """Run the test cases written beside the policies. Example: lianshang policies test --json"""
    results = _run(load(folder))
    failed = [(code, case) for code, case in results if not case.passed]
    if as_json:
        print(json.dumps(_summary(results), ensure_ascii=False))
    else:
        for code, case in failed:
            print(f"{code}: {case.name}")
            for mismatch in case.mismatches:
                print(f"    {mismatch.what}: expected {mismatch.expected}, got {mismatch.got}")
        print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    raise SystemExit(1 if failed else 0)


@app.command()
def simulate(file: Path = FILE, as_json: bool = JSON) -> None:
    """Say who a policy would reach and what it would cost; reads the register, writes nothing.
    Example: lianshang policies simulate reward.yaml --json
    """
    from lianshang.cli.simulating import simulate_file

    simulate_file(file, as_json=as_json)


def _run(loaded: Loaded) -> list[tuple[str, CaseResult]]:
    from lianshang.engines.rules.problems import PolicyError
    from lianshang.engines.rules.testing import run_cases

    results, faults = [], []
    for policy, file in loaded.policies:
        if file.tests is None:
            faults.append(f"{policy.id} has no test cases: write {file.path.stem}.test.yaml.")
            continue
        try:
            cases = run_cases(file.tests, policy, loaded.catalogue)
        except PolicyError as error:
            faults += [str(problem) for problem in error.problems]
            continue
        results += [(policy.id, case) for case in cases]
    if faults:
        refuse(*faults)
    return results


def _summary(results: list[tuple[str, CaseResult]]) -> dict[str, object]:
    failures = [
        {"policy": code, "case": case.name, "mismatches": [str(one) for one in case.mismatches]}
        for code, case in results
        if not case.passed
    ]
    marks = Counter(case.mark or "own" for _code, case in results)
    return {
        "passed": len(results) - len(failures),
        "failed": len(failures),
        "examples": sorted({case.example for _code, case in results if case.example}),
        "marks": dict(marks),
        "failures": failures,
    }


@app.command()
def new(
    policy_id: str = typer.Argument(help="Id of the new policy, such as zone.example.reward."),
    into: Path = INTO,
) -> None:
    """Write the commented beginning of a policy and its cases.

    Example: lianshang policies new zone.example.reward --into policies/zone
    """
    from lianshang.cli.policy_skeleton import skeleton

    texts = skeleton(policy_id)
    if texts is None:
        raise typer.BadParameter(
            "lower case words joined by dots: zone.example.reward", param_hint="POLICY_ID"
        )
    paths = {into / name: text for name, text in texts.items()}
    there = [str(path) for path in paths if path.exists()]
    if there:
        refuse(f"{', '.join(there)} is there already. Nothing was written; choose another id.")
    into.mkdir(parents=True, exist_ok=True)
    for path, text in paths.items():
        path.write_text(text, encoding="utf-8")
        print(path)
    print(f"Next: lianshang policies check --folder {into}")


@app.command()
def coverage() -> None:
    """Print which rule stands in which file, with its cases, as Markdown.

    Example: lianshang policies coverage > docs/policy-coverage.md
    """
    from lianshang.cli.policy_coverage import table

    loaded = load(None)
    print(table([policy for policy, _file in loaded.policies], [f for _p, f in loaded.policies]))
