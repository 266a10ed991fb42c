"""Packs for tests: an invented one, written to a folder, changed at will, packed as a wheel."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from django.apps import apps
from django.db import connection

from lianshang.apps.practices.actions.installing import install_pack
from lianshang.apps.practices.queries import shelf
from lianshang.apps.practices.queries.outcomes import Outcome

PACK = """\
id: demo-visits
version: "1.0.0"
name: {zh: 示例走访, en: Demo visits}
practice: 示例走访
summary: {zh: 走访支部，问题限时答复。, en: Visits and answers.}
source: {document: 示例文件, date: 2026-03-01}
requires: {lianshang: "0.1.0"}
units:
  - {key: team, name: 示例调研组, kind: organization, parent: zone}
  - {key: branch, name: 示例支部, kind: organization, parent: team}
special_days:
  - {on: 2026-11-30, kind: morning, name: 示例区庆, source: 示例通知, published_on: 2026-11-01}
duty_kinds:
  - code: demo.question
    name: {zh: 示例问题, en: Question}
    flow: request
    clocks:
      - {clock: close, amount: 5, unit: working_days, start: next}
    ladder:
      - {code: due, side: after, audience: owner, text: 已到期}
policies:
  - {file: policies/zone.demo.grant.yaml}
scenery:
  units:
    - {key: demo, name: 示例演示支部, kind: organization}
"""

GRANT = "policies/zone.demo.grant.yaml"
POLICY = """\
id: zone.demo.grant
name: {zh: 示例研发奖励, en: Demo R&D award}
issuer: {zh: 示例高新区, en: Demo zone}
level: zone
kind: grant
channel: application
valid: {from: 2026-01-01, until: null}
confirm: true
sources:
  d1: {document: 示例办法, level: V1, kind: copy, date: 2026-01, url: null}
parameters:
  floor: {label: 下限, unit: 万元, source: d1, values: [{from: 2026-01-01, value: 100}]}
require:
  all:
    - id: B1
      label: {zh: 研发费用 100 万元以上, en: R&D of 1 million or more}
      source: d1
      when: rd_exp_y0 >= floor
benefit: {label: {zh: 十分之一, en: A tenth}, amount: rd_exp_y0 * 0.1, per: once}
"""
CASES = """\
policy: zone.demo.grant
money: 万元
cases:
  - name: 恰为 100
    on: 2026-06-30
    facts: {rd_exp_y0: 100}
    expect: {state: met, amount: 10}
  - name: 少一分
    on: 2026-06-30
    facts: {rd_exp_y0: 99.999999}
    expect: {state: not_met}
"""


def write(folder: Path, *changes: tuple[str, str], text: str = PACK, **files: str) -> Path:
    """A pack in the folder; each change replaces the first such text."""
    folder.mkdir(parents=True, exist_ok=True)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    if GRANT in text:
        grant(folder)
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
    return folder


def grant(folder: Path, *changes: tuple[str, str], cases: str = CASES) -> Path:
    """The pack's policy and its test cases; each change replaces the first such text."""
    policy = POLICY
    for old, new in changes:
        assert old in policy, old
        policy = policy.replace(old, new, 1)
    path = folder / GRANT
    path.parent.mkdir(exist_ok=True)
    path.write_text(policy, encoding="utf-8")
    path.with_suffix(".test.yaml").write_text(cases, encoding="utf-8")
    return folder


def install(folder: Path, **options: bool) -> Outcome:
    return install_pack(actor=None, pack=shelf.find(f"{folder}/"), **options)


def wheel(folder: Path, path: Path, more: Mapping[str, str] | None = None) -> Path:
    """The folder's files as `lianshang_pack/…` of a wheel, with other files beside them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(file, f"lianshang_pack/{file.relative_to(folder)}")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return path


def fates(outcome: Outcome) -> dict[str, str]:
    return {row.key: row.fate.value for row in outcome.rows}


def reasons(outcome: Outcome) -> dict[str, str]:
    return {row.key: row.reason for row in outcome.rows if row.reason}


def everything() -> dict[str, int]:
    """How many rows every table has, histories included."""
    tables = set(connection.introspection.table_names())
    models = [one for one in apps.get_models() if one._meta.db_table in tables]
    return {model._meta.label: model._base_manager.count() for model in models}
