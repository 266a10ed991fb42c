"""Reading the folder of policies: the catalogue, the sources, the policy files and their test
cases.

Needs no Django and no database, so that `lianshang policies check` runs anywhere.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parents[3]
PACKAGED = Path(__file__).resolve().parents[1] / "_data" / "policies"
NOT_POLICIES = frozenset({"catalogue.yaml", "sources.yaml"})


class PolicyFileError(Exception):
    """A file that cannot be read; the text names file, line and what to do."""


@dataclass(frozen=True)
class PolicyFile:
    """One policy as written: its mapping, and its test cases if there are any."""

    path: Path
    mapping: Mapping[str, Any]
    tests: Mapping[str, Any] | None


def default_folder() -> Path:
    """LIANSHANG_POLICIES, else the checkout's `policies/`, else the copy inside the installed
    package.
    """
    if configured := os.environ.get("LIANSHANG_POLICIES"):
        return Path(configured)
    checkout = REPOSITORY / "policies"
    return checkout if (checkout / "catalogue.yaml").exists() else PACKAGED


def pack_folders() -> list[Path]:
    """The folders of policies in the packs of the program (LIANSHANG_PACKS, as for packs)."""
    checkout = REPOSITORY / "packs"
    packs = checkout if (checkout / "practices.yaml").exists() else PACKAGED.parent / "packs"
    configured = os.environ.get("LIANSHANG_PACKS")
    return sorted((Path(configured) if configured else packs).glob("*/policies"))


def read_yaml(path: Path) -> Mapping[str, Any]:
    """The mapping in a YAML file."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError as error:
        raise PolicyFileError(f"{path} does not exist. Set LIANSHANG_POLICIES.") from error
    except yaml.YAMLError as error:
        raise PolicyFileError(f"{path} is not valid YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise PolicyFileError(f"{path} must hold a mapping at its top level.")
    return loaded


def read_policies(folder: Path) -> Iterator[PolicyFile]:
    """Every policy below the folder, in the order of its path."""
    for path in sorted(folder.rglob("*.yaml")):
        if path.name in NOT_POLICIES or path.name.endswith(".test.yaml"):
            continue
        tests = path.with_name(f"{path.stem}.test.yaml")
        yield PolicyFile(path, read_yaml(path), read_yaml(tests) if tests.exists() else None)


def read_pack_policies() -> Iterator[PolicyFile]:
    """Every policy of every practice pack; they use the catalogue of the national policies."""
    for folder in pack_folders():
        yield from read_policies(folder)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # chosen at run time
    """A safe loader that refuses a key given twice: the second would silently win."""


def _mapping_without_duplicates(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    written = [key for key, _value in node.value if key.tag != "tag:yaml.org,2002:merge"]
    keys = [loader.construct_object(key, deep=True) for key in written]
    doubled = next((key for key in keys if keys.count(key) > 1), None)
    if doubled is not None:
        problem = f"the key {doubled!r} is given twice"
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
    return dict(loader.construct_mapping(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_duplicates)
