"""The other contracts of script/lint catch what they are there for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


def _run(*command: object, cwd: Path, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_ruff_refuses_a_second_clock_and_a_long_function(tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    body = "\n".join(f"    print({number})" for number in range(31))
    (tmp_path / "planted.py").write_text(
        f"from django.utils.timezone import now\n\n\ndef long() -> None:\n    now()\n{body}\n"
    )
    code, said = _run(BIN / "ruff", "check", "--no-cache", "planted.py", cwd=tmp_path)
    assert code == 1
    assert "TID251" in said
    assert "PLR0915" in said


def test_mypy_refuses_an_untyped_function(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("def half(x):\n    return x / 2\n")
    code, said = _run(
        BIN / "mypy", "--strict", "--config-file=", "--no-incremental", "planted.py", cwd=tmp_path
    )
    assert code == 1
    assert "no-untyped-def" in said


def test_a_field_without_its_migration_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "lianshang"
    shutil.copytree(
        REPOSITORY / "src" / "lianshang",
        copy,
        ignore=shutil.ignore_patterns("static", "__pycache__"),
    )
    models = copy / "apps" / "places" / "models.py"
    models.write_text(
        models.read_text().replace(
            "    aliases = models.",
            "    planted = models.IntegerField(default=0)\n    aliases = models.",
        )
    )
    code, said = _run(
        *(sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"),
        cwd=tmp_path,
        PYTHONPATH=str(tmp_path),
        DJANGO_SETTINGS_MODULE="lianshang.config.settings",
        LIANSHANG_POLICIES=str(REPOSITORY / "policies"),
    )
    assert code == 1
    assert "Add field planted" in said


def test_starting_django_loads_no_heavy_library() -> None:
    program = (
        "import django, sys; django.setup();"
        "heavy = {'polars', 'ortools', 'pyvrp', 'pandas', 'sqlglot', 'openpyxl'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    code, said = _run(
        *(sys.executable, "-c", program),
        cwd=REPOSITORY,
        DJANGO_SETTINGS_MODULE="lianshang.config.settings",
    )
    assert (code, said.strip()) == (0, "[]")


def test_engines_import_without_django() -> None:
    program = (
        "import sys, pkgutil, importlib; sys.modules['django'] = None;"
        "import lianshang.engines as engines;"
        "found = pkgutil.walk_packages(engines.__path__, 'lianshang.engines.');"
        "[importlib.import_module(one.name) for one in found]"
    )
    code, said = _run(sys.executable, "-c", program, cwd=REPOSITORY)
    assert (code, said) == (0, "")
