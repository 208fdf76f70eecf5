"""Which page of the handbook helps with a page of the service; said by the room that has the handbook.

Frames ask here, so that a link to the help stands on every page without any page knowing of it.
"""

from collections.abc import Callable

Finder = Callable[[str], str]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Tell which address of the handbook fits a route of the URLconf (`konto/angebote/<int:pk>/was/`); "" for none."""
    _finders.append(finder)


def help_for(route: str) -> str:
    """The address of the page that helps with this route, or ""."""
    return next((found for finder in _finders if (found := finder(route))), "")
