"""What the room's pages share."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, crumbs: Sequence[tuple[str, str]]
) -> HttpResponse:
    """A page whose template extends `health/frame.html`. Of the crumbs the last has no address."""
    way = [(_("Operations"), "/betrieb/"), *crumbs]
    return render(request, template, {**context, "crumbs": [{"label": label, "url": url} for label, url in way]})
