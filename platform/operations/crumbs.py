"""The way to a page of the operator."""

from django.urls import reverse
from django.utils.translation import gettext as _


def crumbs(label: str) -> list[dict[str, str]]:
    """From the console to a page right below it."""
    return [{"label": _("Operations"), "url": reverse("operations:console")}, {"label": label, "url": ""}]
