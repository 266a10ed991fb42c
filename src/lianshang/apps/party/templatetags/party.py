"""How rates are shown."""

from fractions import Fraction

from django import template

from lianshang.core.ui import formats

register = template.Library()


@register.filter
def rate(value: Fraction | None) -> str:
    """0.8235… → 82.35%; of nobody: —."""
    return "—" if value is None else formats.percent(float(value))
