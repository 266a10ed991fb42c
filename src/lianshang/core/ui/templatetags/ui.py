"""Template tags of the UI kit; loaded in every template."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from lianshang.core.ui import formats, panels, states

register = template.Library()

register.filter("money", formats.money)
register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("day", formats.day)
register.filter("moment", formats.moment)
register.filter("near_day", formats.near_day)
register.filter("weekday", formats.weekday)
register.filter("shown", formats.text)
register.filter("yes_no", formats.yes_no)
register.simple_tag(states.icon, name="icon")
register.simple_tag(states.badge, name="badge")
register.simple_tag(states.answer, name="answer")


@register.filter
def is_toggle(field: BoundField) -> bool:
    """One box to tick: its label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Several boxes to tick: a fieldset with a legend."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All of a form inside <form>: what is wrong in short, then every field."""
    return {"form": form, "held": getattr(form, "held", {})}


@register.inclusion_tag("ui/field.html")
def field(one: BoundField) -> dict[str, Any]:
    """One field: label, control, help, errors."""
    held = getattr(one.form, "held", {}).get(one.name)
    return {"field": one, "held": held}


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, None where it has no such key."""
    return mapping.get(key)


@register.simple_tag(takes_context=True, name="panels")
def draw_panels(context: template.Context, place: str, subject: Any = None) -> SafeString:
    """Every panel of a place below one another, for pages that have no columns and tabs."""
    request: HttpRequest = context["request"]
    drawn = (one.render(request, subject) for one in panels.panels_of(place, request))
    return mark_safe("".join(html for html in drawn if html))
