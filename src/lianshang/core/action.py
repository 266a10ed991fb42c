"""The one way to change anything: a verb in one transaction, logged with actor and reason."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.functional import Promise

P = ParamSpec("P")
R = TypeVar("R")

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

# Set while a verb runs: verbs that it calls are part of its deed, not deeds of their own.
_inside: ContextVar[bool] = ContextVar("inside_action", default=False)

# What every verb that was loaded is called by the audit pages.
labels: dict[str, str | Promise] = {}


def action(name: str, label: str | Promise = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a verb of `actions.py`: one transaction whose history rows carry who, what and why.

    The verb takes `actor: User | None` (None: the program itself) and may take `reason: str`.
    `label` is what the audit pages call it. A verb called by another verb is logged as part of that
    one.
    """

    def decorate(verb: Callable[P, R]) -> Callable[P, R]:
        labels[name] = label or name

        @functools.wraps(verb)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if _inside.get():
                with transaction.atomic():
                    return verb(*args, **kwargs)
            actor = kwargs.get("actor")
            context = {
                "action": name,
                "actor": actor.pk if isinstance(actor, AbstractBaseUser) else None,
                "actor_name": str(actor) if actor else "",
                "reason": str(kwargs.get("reason") or ""),
                "request_id": request_id.get(),
            }
            token = _inside.set(True)
            try:
                with transaction.atomic(), pghistory.context(**context):
                    return verb(*args, **kwargs)
            finally:
                _inside.reset(token)

        run.action_name = name  # type: ignore[attr-defined]  # read by the consistency test
        return run

    return decorate
