"""Keys: from the environment in production, else made once and kept in the data folder."""

import os
import secrets as random_source
from pathlib import Path

from lianshang.core import postgres


def load(name: str) -> str:
    """The key `name`: LIANSHANG_<NAME> if set, else the file <data>/<name>, made on first use."""
    if value := os.environ.get(f"LIANSHANG_{name.upper()}"):
        return value
    path = postgres.data_folder() / name
    if not path.exists():
        _create(path)
    return path.read_text()


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(random_source.token_urlsafe(48))
    try:
        os.link(draft, path)  # atomic: of two first starts at once, one key wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()
