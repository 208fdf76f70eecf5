"""Sums in templates."""

from django import template
from django.utils.formats import number_format

from tracker.cofunding.money import euros

register = template.Library()


@register.filter
def euro(cents: int) -> str:
    """A sum of cents: “1.784,02 €”."""
    return euros(cents)


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands: “326.638”."""
    return str(number_format(number, 0, use_l10n=True, force_grouping=True))
