"""Kinds of notices: each part declares its own, so that people can choose by kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.core.notices.choices import Channel


@dataclass(frozen=True)
class NoticeKind:
    """What a notice is about, and the channels on which it goes out unless a person chooses."""

    name: str
    label: str | Promise
    channels: frozenset[str]


_kinds: dict[str, NoticeKind] = {}

EVERYDAY = (Channel.WECOM, Channel.DINGTALK)


def register_kind(
    name: str, label: str | Promise, channels: Iterable[str] = EVERYDAY
) -> NoticeKind:
    """Declare a kind, in `tasks.py`, `registers.py` or another module that is loaded at start.

    Example: register_kind("workflow.due_soon", _("事项快到期"), [Channel.WECOM, Channel.SMS]).
    """
    if name in _kinds:
        raise ValueError(f"Two kinds of notices are called {name!r}.")
    unknown = set(channels) - set(Channel.values)
    if unknown:
        raise ValueError(f"{name}: no such channel: {', '.join(sorted(unknown))}.")
    _kinds[name] = NoticeKind(name, label, frozenset(channels))
    return _kinds[name]


def kind_named(name: str) -> NoticeKind:
    """The kind; an unknown name fails here, in the caller's transaction, not in the worker."""
    try:
        return _kinds[name]
    except KeyError:
        raise ValueError(
            f"No kind of notice is called {name!r}: declare it with register_kind()."
        ) from None


def kind_label(name: str) -> str:
    """What a kind is called; its name where the part that declared it is not installed."""
    kind = _kinds.get(name)
    return str(kind.label) if kind else name


def kinds() -> list[NoticeKind]:
    """Every kind, in the order of names: parts stay together."""
    return sorted(_kinds.values(), key=lambda kind: kind.name)


TEST = register_kind("notices.test", _("测试通知"), Channel.values)
