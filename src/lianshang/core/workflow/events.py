"""What duties tell the rest of the program."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DutyChanged:
    """A row was added to a duty's log."""

    duty: int
    act: str
    number: int
