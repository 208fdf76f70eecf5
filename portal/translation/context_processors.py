"""The language menu for every template of a municipality."""

from typing import Any, NamedTuple

from django.http import HttpRequest, QueryDict
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from portal.translation.languages import PARAMETER, SOURCE, Language
from portal.translation.services import offered_languages
from theming.head import site_url

# They belong to one showing of a page, not to the page.
_NOT_CARRIED = (PARAMETER, "uebersetzt")


class Choice(NamedTuple):
    """An entry of the menu: the same page in that language."""

    language: Language
    url: str
    current: bool


class Menu(NamedTuple):
    """All entries, the one that is shown, and the other addresses of the page for search engines."""

    choices: list[Choice]
    current: Language
    alternates: list[tuple[str, str]]


def _address(path: str, query: QueryDict, code: str) -> str:
    """The address of the page in a language; German is the one without the parameter."""
    query = query.copy()
    for name in _NOT_CARRIED:
        query.pop(name, None)
    if code != SOURCE:
        query[PARAMETER] = code
    return f"{path}?{query.urlencode()}" if query else path


def menu_of(request: HttpRequest) -> Menu:
    """One query (the municipality's languages), shared with the middleware."""
    languages = offered_languages(request)
    now = get_language() or SOURCE
    choices = [
        Choice(language, _address(request.path, request.GET, language.code), language.code == now)
        for language in languages
    ]
    base = site_url(request)
    # A search is no page of its own for search engines; only bare addresses are worth their alternates.
    own = not [name for name in request.GET if name not in _NOT_CARRIED]
    alternates = [(choice.language.code, base + choice.url) for choice in choices] if own else []
    if len(alternates) > 1:
        alternates.append(("x-default", base + request.path))
    current = next((choice.language for choice in choices if choice.current), languages[0])
    return Menu(choices, current, alternates if len(alternates) > 1 else [])


def tongues(request: HttpRequest) -> dict[str, Any]:
    """`tongues.choices`, `.current`, `.alternates`: made only when a template asks; None on the operator's side."""
    if getattr(request, "municipality", None) is None:
        return {"tongues": None}
    return {"tongues": SimpleLazyObject(lambda: menu_of(request))}
