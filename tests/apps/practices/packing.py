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
scenery:
  units:
    - {key: demo, name: 示例演示支部, kind: organization}
"""


def write(folder: Path, *changes: tuple[str, str], text: str = PACK, **files: str) -> Path:
    """A pack in the folder; each change replaces the first such text."""
    folder.mkdir(parents=True, exist_ok=True)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_text(content, encoding="utf-8")
    return folder


def install(folder: Path, **options: bool) -> Outcome:
    return install_pack(actor=None, pack=shelf.find(f"{folder}/"), **options)


def wheel(folder: Path, path: Path, more: Mapping[str, str] | None = None) -> Path:
    """The folder's files as `lianshang_pack/…` of a wheel, with other files beside them."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"lianshang_pack/{file.name}")
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
