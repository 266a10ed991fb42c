"""What every channel does: take one message, give a receipt, or say why not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """What goes out: to one person, on one channel."""

    reference: str  # stable: a second attempt of the same sending carries the same
    to: str
    subject: str
    text: str
    url: str  # absolute
    enter_path: str  # path and query after the site's address, for channels that sign people in
    kind: str = ""  # what it is about, for programs
    key: str = ""  # what was told: the same key is the same matter


@dataclass(frozen=True)
class Receipt:
    """The provider took the message."""

    reference: str = ""  # what the provider calls it


class NotSent(Exception):
    """The message did not go out; the text says why, for the list of deliveries."""


class Transient(NotSent):
    """Surely not taken, for a reason that passes: try again later."""


class Refused(NotSent):
    """The provider will not take it: trying again changes nothing."""


class Gone(Refused):
    """Nobody is there any more, and none will be: the address is turned off."""


class Uncertain(NotSent):
    """The line broke while the provider may have taken it."""


class Channel(Protocol):
    """A way to one person."""

    # How long the provider itself recognises a message that it has had; zero: not at all.
    remembers: timedelta

    def is_configured(self) -> bool: ...

    def send(self, message: Message) -> Receipt:
        """Hand it over, or raise one of the three."""
