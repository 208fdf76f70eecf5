"""Numbers as people read them."""

from django.utils.formats import number_format


def number(value: float | None, digits: int = 0) -> str:
    """“1.284”, “35,6”; a dash where nothing is known."""
    return "–" if value is None else number_format(value, digits, force_grouping=True)


def short(value: float | None) -> str:
    """Whole numbers without a comma, others with one digit behind it."""
    return number(value, 0 if value is None or float(value).is_integer() else 1)


def signed(value: int) -> str:
    """“+180”, “−12” with a real minus, “±0”."""
    if value == 0:
        return "±0"
    return f"+{number(value)}" if value > 0 else f"−{number(-value)}"
