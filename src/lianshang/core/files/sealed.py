"""Uploaded files encrypted where they lie: a register of firms holds people's names and numbers."""

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from lianshang.core.privacy import seal, unseal


def save_sealed(field: FieldFile, name: str, content: bytes) -> None:
    """Encrypt and store; the model row is not saved."""
    field.save(f"{name}.sealed", ContentFile(seal(content)), save=False)


def open_sealed(field: FieldFile) -> bytes:
    """The content as it was uploaded."""
    with field.open("rb") as handle:
        return unseal(handle.read())
