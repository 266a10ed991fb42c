"""What policies tell those who listen."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RegisterEvaluated:
    """A run is finished: its answers and what changed with it are stored."""

    run: int
