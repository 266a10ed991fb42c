"""Two faces from one code: what staff do inside does not exist outside."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lianshang.config import faces
from lianshang.core.accounts.choices import Role
from tests import factories

SETTINGS = "lianshang.config.settings"
PROGRAM = """
import django; django.setup()
from django.urls import reverse, NoReverseMatch
def exists(name):
    try: return bool(reverse(name))
    except NoReverseMatch: return False
names = ("home:index", "policies:list", "audit:actions", "imports:batches")
print([name for name in names if exists(name)])
"""


def pages(face: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={
            **os.environ,
            "LIANSHANG_FACE": face,
            "DJANGO_SETTINGS_MODULE": "lianshang.config.settings",
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_outside_face_has_no_staff_pages() -> None:
    assert pages("outside") == "['home:index', 'policies:list']"
    assert "audit:actions" in pages("inside")


@pytest.mark.django_db
def test_outside_a_role_of_staff_allows_nothing(settings: object) -> None:
    factories.zone()
    settings.FACE = "outside"
    assert factories.office().permissions == {"policies.view"}
    firm = factories.firm()
    own = factories.user(Role.ENTERPRISE, unit=firm.unit)
    assert own.permissions == {"portal.view", "policies.view", "consents.give"}


def test_an_unknown_face_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANSHANG_FACE", "sideways")
    with pytest.raises(ValueError, match="must be one of inside, outside, both"):
        faces.from_environment()
