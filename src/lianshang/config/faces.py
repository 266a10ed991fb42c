"""Two faces from one code: which apps exist inside (government network) and outside (public,
firms).

On the outside face the tables of members do not exist, because their apps are not installed.
"""

import os

CORE = (
    "lianshang.core.accounts",
    "lianshang.core.audit",
    "lianshang.core.calendars",
    "lianshang.core.consent",
    "lianshang.core.files",
    "lianshang.core.imports",
    "lianshang.core.jobs",
    "lianshang.core.journal",
    "lianshang.core.notices",
    "lianshang.core.papers",
    "lianshang.core.saved",
    "lianshang.core.search",
    "lianshang.core.ui",
    "lianshang.core.workflow",
)
BOTH = (
    "lianshang.apps.places",
    "lianshang.apps.enterprises",
    "lianshang.apps.policies",
    "lianshang.apps.home",
    "lianshang.apps.practices",
)
INSIDE_ONLY = ("lianshang.apps.party",)  # gatherings, visits … when their steps come
FACES = ("inside", "outside", "both")


def from_environment() -> str:
    """The face this process serves: LIANSHANG_FACE, `both` where it is not set."""
    face = os.environ.get("LIANSHANG_FACE", "both")
    if face not in FACES:
        raise ValueError(f"LIANSHANG_FACE is {face!r}; it must be one of {', '.join(FACES)}.")
    return face


def installed(face: str) -> tuple[str, ...]:
    """The parts that exist on a face, in the order Django loads them."""
    return (*CORE, *BOTH) if face == "outside" else (*CORE, *BOTH, *INSIDE_ONLY)
