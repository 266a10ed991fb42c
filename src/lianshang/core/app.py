"""What a part of the program tells about itself: one configuration class for core and apps."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.utils.functional import Promise

# Modules with declarations that must be known before the first request.
DECLARATIONS = ("panels", "measures", "searches", "reactions", "tasks", "registers")


@dataclass(frozen=True)
class MenuItem:
    """One entry of the top navigation; shown to users who hold the permission."""

    label: str | Promise
    url_name: str
    permission: str | None = None
    order: int = 50
    icon: str = "list"  # of static/ui/icons.svg; shown in the bottom bar of a phone
    covers: tuple[str, ...] = ()  # beginnings of addresses elsewhere that belong to this entry


class PartConfig(AppConfig):
    """An app or a core part: loads its declarations when Django is ready."""

    default = False  # Django would take this base for a second candidate of every apps.py
    default_auto_field = "django.db.models.BigAutoField"
    menu: tuple[MenuItem, ...] = ()

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for name in DECLARATIONS:
            if find_spec(f"{self.name}.{name}"):
                import_module(f"{self.name}.{name}")
