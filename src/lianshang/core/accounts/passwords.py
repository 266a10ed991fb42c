"""Passwords that the program makes, to be handed over once."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def new_password() -> str:
    """Such as k7mt-9xqp-4wnc (59 bits)."""
    return "-".join("".join(secrets.choice(LETTERS) for _place in range(4)) for _part in range(3))
