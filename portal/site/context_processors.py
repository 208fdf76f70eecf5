"""The menus for every template of a municipality."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.site.menus.reading import Menus, read_menus, rooms
from tenants.running.changes import remembered


def menus() -> Menus:
    """As they are now."""
    return remembered("site.menus", read_menus, rooms=rooms())


def menu(request: HttpRequest) -> dict[str, Any]:
    """`menu.header` and `menu.footer`: entries with what stands below them, read only when a template asks."""
    if getattr(request, "municipality", None) is None:
        return {"menu": None}
    return {"menu": SimpleLazyObject(menus)}
