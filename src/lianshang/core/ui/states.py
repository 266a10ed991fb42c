"""States: each has a word, a mark and a tone. The colour only helps; the word and the mark tell."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Choices
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

# Tone → mark; the tones are those of an answer: met, one step short, not known, a person, not met.
MARKS = {"met": "check", "short": "dot", "unknown": "question", "person": "person", "not": "dash"}

ANSWERS: dict[str, str | Promise] = {
    "met": _("可享"),
    "short": _("差一步"),
    "unknown": _("待补信息"),
    "person": _("待人工判断"),
    "not": _("不符合"),
}


def icon(name: str, css: str = "") -> SafeString:
    """A mark of the sprite static/ui/icons.svg; it says nothing to screen readers, words do."""
    return format_html(
        '<svg class="icon icon-{0} {1}" aria-hidden="true" focusable="false">'
        '<use href="{2}#{0}"></use></svg>',
        name,
        css,
        static("ui/icons.svg"),
    )


def badge(label: str | Promise, tone: str = "not", mark: str | None = None) -> SafeString:
    """A word in a tone with its mark; `mark` overrides the tone's own icon, "" leaves it out."""
    name = MARKS[tone] if mark is None else mark
    drawn = icon(name) if name else ""
    return format_html('<span class="state state-{}">{}{}</span>', tone, drawn, label)


def answer(name: str) -> SafeString:
    """The badge of one of ANSWERS."""
    return badge(ANSWERS[name], name)


def badges(choices: type[Choices], tones: Mapping[Any, str]) -> Callable[[Any], str]:
    """For a column's `display`: the badge of a choice's value, in the tone given (else "not").

    Example: Column("state", _("状态"), display=badges(BatchState, {BatchState.DONE: "met"})).
    """
    labels = dict(choices.choices)

    def show(value: Any) -> str:
        return badge(labels.get(value, str(value)), tones.get(value, "not"))

    return show


def active_badge(is_active: bool) -> str:
    """The badge of an `is_active` column."""
    return badge(_("在用"), "met") if is_active else badge(_("停用"), "not")
