"""Sums in templates."""

from django import template

from tracker.cofunding.money import euros

register = template.Library()


@register.filter
def euro(cents: int) -> str:
    """A sum of cents: “1.784,02 €”."""
    return euros(cents)
