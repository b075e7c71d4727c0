"""What the evaluation's forms need in their templates."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def chosen(field: BoundField) -> str:
    """The label of the choice that a field holds: what a heading says instead of a menu."""
    value = str(field.value() or "")
    return next((str(label) for key, label in getattr(field.field, "choices", ()) if str(key) == value), value)
