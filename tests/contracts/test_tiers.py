"""Foreign keys follow the tiers too: string keys are invisible to the import contracts."""

import tomllib
from pathlib import Path

from django.apps import apps

CONTRACTS = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["tool"][
    "importlinter"
]["contracts"]
TIERS = next(c["layers"] for c in CONTRACTS if c["name"] == "Domain apps point down only")


def tier(label: str) -> int:
    """Height of an app; everything in core lies below all apps."""
    heights = {
        name.strip(): len(TIERS) - index
        for index, names in enumerate(TIERS)
        for name in names.split("|")
    }
    return heights.get(label, 0)


def test_keys_point_down_or_stay_inside() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model.__module__.startswith("lianshang")
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and model._meta.app_label != field.related_model._meta.app_label
        and tier(model._meta.app_label) <= tier(field.related_model._meta.app_label)
        and tier(model._meta.app_label) > 0
    ]
    assert wrong == []


def test_core_points_at_no_app() -> None:
    wrong = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("lianshang.core")
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and tier(field.related_model._meta.app_label) > 0
    ]
    assert wrong == []
