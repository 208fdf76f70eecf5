"""The way back to the desk."""

from django.utils.translation import gettext as _


def crumbs(*trail: tuple[str, str]) -> list[dict[str, str]]:
    """From the desk through pages (label, address) to this one, whose address is empty."""
    return [{"label": _("Editorial desk"), "url": "/redaktion/"}, *({"label": a, "url": b} for a, b in trail)]
