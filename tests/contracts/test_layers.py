"""The import contracts hold, and every one of them breaks when its violation is planted."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PLANTS = {
    "engines/planted.py": "import django.apps\nimport os\nfrom lianshang.core import clock\n",
    "engines/rules/planted.py": "import lianshang.engines.standards.industry\n",
    "apps/places/planted.py": "from lianshang.apps.enterprises import choices\n",
    "apps/enterprises/models/planted.py": "from lianshang.apps.enterprises import views\n",
    "apps/enterprises/views.py": "\n",
    "apps/policies/planted.py": "from lianshang.apps.enterprises import views\n",
    "core/planted.py": "from lianshang.apps.places import choices\n",
    "apps/home/planted.py": "from lianshang.config import settings\n",
    "apps/nobody_placed_me/__init__.py": "\n",
    "core/audit/planted.py": "from lianshang.core.accounts import planted\n",
    "core/accounts/planted.py": "from lianshang.core.audit import planted\n",
}


def _verdicts(folder: Path) -> dict[str, str]:
    """Contract name → KEPT or BROKEN, for the package below `folder`."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--config", folder / "pyproject.toml", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)$", done.stdout, re.MULTILINE))


def _copy(folder: Path) -> Path:
    shutil.copy(REPOSITORY / "pyproject.toml", folder)
    shutil.copytree(
        REPOSITORY / "src" / "lianshang",
        folder / "src" / "lianshang",
        ignore=shutil.ignore_patterns("static", "__pycache__", "locale"),
    )
    return folder


def test_every_contract_is_kept() -> None:
    verdicts = _verdicts(REPOSITORY)
    assert len(verdicts) == 8
    assert set(verdicts.values()) == {"KEPT"}


def test_every_contract_breaks_on_its_violation(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    for name, text in PLANTS.items():
        path = folder / "src" / "lianshang" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as handle:
            handle.write(text)
    verdicts = _verdicts(folder)
    assert len(verdicts) == 8
    assert [name for name, verdict in verdicts.items() if verdict == "KEPT"] == []
