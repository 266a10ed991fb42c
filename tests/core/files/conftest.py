"""Uploaded files of tests go where they are forgotten."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _files_elsewhere(settings: Settings, tmp_path: Path) -> None:
    folder = {"location": tmp_path / "files"}
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "default": default}
