"""The policy files of a pack: read, checked by themselves, their test cases run."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.practices.queries.files import PackFiles
from lianshang.apps.practices.queries.problems import PackProblem, PackRefused
from lianshang.apps.practices.queries.sections.policies import CASES, PolicyRow, PolicyText
from lianshang.apps.practices.queries.yaml_lines import Document, Path, read_document
from lianshang.core.formalism.refusals import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianshang.engines.rules.problems import Problem

Findings = tuple[PackProblem, ...]


def written_out(value: Mapping[str, Any], files: PackFiles) -> dict[str, Any]:
    """The pack with `policies: folder` written as the list of the folder's policy files."""
    found = dict(value)
    if isinstance(folder := found.get("policies"), str):
        inside = folder.rstrip("/") + "/"
        names = sorted(name for name in files.contents if name.startswith(inside))
        texts = [name for name in names if name.endswith(".yaml") and not name.endswith(CASES)]
        found["policies"] = [{"file": name} for name in texts] or [{"file": folder}]
    return found


def read_policy(row: PolicyRow, files: PackFiles) -> Findings:
    """What is wrong with the row's file; the row takes its text if it can be read."""
    tests = row.file.removesuffix(".yaml") + CASES
    place = PurePosixPath(files.source).name
    text, found = _judged(
        f"{place}/{row.file}",
        files.contents[row.file],
        f"{place}/{tests}",
        files.contents.get(tests),
        str(settings.POLICY_FOLDER),
    )
    if text:
        row.take(text)
    return found


@lru_cache(maxsize=1024)
def _judged(
    name: str, content: bytes, tests_name: str, tests: bytes | None, _catalogue: str
) -> tuple[PolicyText | None, Findings]:
    """Once per content: pages ask for every pack each time."""
    from lianshang.engines.rules.check import check_policy
    from lianshang.engines.rules.policy_file import policy_from_mapping
    from lianshang.engines.rules.problems import PolicyError

    try:
        document = read_document(content, name)
        policy = policy_from_mapping(document.value)
        errors = [one for one in check_policy(policy, catalogue()) if one.severity == "error"]
    except PackRefused as refusal:
        return None, tuple(one for one in refusal.problems if isinstance(one, PackProblem))
    except PolicyError as error:
        return None, _placed(error.problems, document, name)
    if errors:
        return None, _placed(errors, document, name)
    if policy.id != PurePosixPath(name).stem:
        advice = _("请让文件与政策编号同名。")
        where = f"{name}:{document.lines.get(('id',), 1)}"
        expected = _("应与文件同名：%s") % PurePosixPath(name).stem
        return None, (PackProblem("id", where, expected, advice, policy.id, "id"),)
    if tests is None:
        advice = _("请写 %s；每条政策都要有测试案例。") % PurePosixPath(tests_name).name
        return None, (PackProblem("cases", name, _("旁边没有测试案例"), advice),)
    count, failed = _cases(policy, tests, tests_name)
    return (None if failed else PolicyText(document.value, count)), failed


def _cases(policy: Any, tests: bytes, name: str) -> tuple[int, Findings]:
    """How many cases there are, and those that do not hold."""
    from lianshang.engines.rules.problems import PolicyError
    from lianshang.engines.rules.testing import run_cases

    try:
        document = read_document(tests, name)
        results = run_cases(document.value, policy, catalogue())
    except PackRefused as refusal:
        return 0, tuple(one for one in refusal.problems if isinstance(one, PackProblem))
    except PolicyError as error:
        return 0, _placed(error.problems, document, name)
    failed: list[PackProblem] = []
    for number, case in enumerate(results):
        where = f"{name}:{line_of(('cases', number), document.lines) or 1}"
        for wrong in case.mismatches:
            told = {"case": case.name, "what": wrong.what, "wanted": wrong.expected}
            expected = _("案例“%(case)s”的 %(what)s 应为 %(wanted)s") % told
            advice = _("请核对条款，或改正案例。")
            path = f"cases[{number}]"
            failed.append(PackProblem("case", where, expected, advice, str(wrong.got), path))
    if not results:
        failed.append(PackProblem("cases", name, _("应至少有一个案例"), _("请补上案例。")))
    return len(results), tuple(failed)


def _placed(problems: "Sequence[Problem]", document: Document, name: str) -> Findings:
    """The engine's findings as faults of the pack, with the line in its file."""
    return tuple(
        PackProblem(
            f"policy.{one.code}",
            f"{name}:{line_of(_path(one.path), document.lines) or 1}",
            one.what.rstrip("."),
            one.hint,
            path=one.path,
        )
        for one in problems
    )


def _path(text: str) -> Path:
    """require.all[2].when as ("require", "all", 2, "when")."""
    steps = re.findall(r"[^.\[\]]+", text)
    return tuple(int(step) if step.isdigit() else step for step in steps)
