"""The menus for every template of a municipality."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.pages.models import Menu, Page
from tenants.running.changes import remembered


def _menus() -> dict[str, list[Page]]:
    pages = list(Page.objects.public().exclude(menu=Menu.NONE).only("slug", "title", "menu"))
    return {place: [page for page in pages if page.menu == place] for place in (Menu.HEADER, Menu.FOOTER)}


def menu(request: HttpRequest) -> dict[str, Any]:
    """`menu.header` and `menu.footer`: lists of pages, read only when a template asks."""
    if getattr(request, "municipality", None) is None:
        return {"menu": None}
    return {"menu": SimpleLazyObject(lambda: remembered("pages.menus", _menus, rooms=("pages",)))}
