"""The language of a request: the one in its address, and nothing else (contract.md).

No cookie and no Accept-Language: pages for visitors are kept by their address, and the same address must be the same
page for everybody.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from portal.translation.languages import FOR_PROGRAMS, PARAMETER, PROVIDERS_TOO, SOURCE, SPOKEN_THERE, TOWN_HALL
from portal.translation.reading_order import numbers_from_left
from portal.translation.rewriting import Place, keep_language, keep_language_in_page
from portal.translation.services import offered_codes

_LEADING_HEADERS = ("Location", "HX-Push-Url", "HX-Replace-Url", "HX-Redirect", "HX-Location")


def chosen_language(request: HttpRequest) -> str:
    """The language of the address where this municipality offers it, else German; a query only where one is named."""
    wanted = request.GET.get(PARAMETER, SOURCE)
    if wanted == SOURCE or getattr(request, "municipality", None) is None:
        return SOURCE
    return wanted if wanted in offered_codes(request) else SOURCE


def spoken_language(request: HttpRequest, chosen: str) -> str:
    """The language the page itself is written in; its links keep the chosen one for the way back to the portal."""
    town_hall = request.path.startswith(TOWN_HALL) and not request.path.startswith(PROVIDERS_TOO)
    town_hall = town_hall or request.path.startswith(FOR_PROGRAMS)
    return SOURCE if town_hall and chosen not in SPOKEN_THERE else chosen


class LanguageMiddleware:
    """Answers in the language of the address, lets every link of the answer keep it, and numbers read from the left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = chosen_language(request)
        if language == SOURCE:
            response = self.get_response(request)
        else:
            with translation.override(spoken_language(request, language)):
                response = self.get_response(request)
            place = Place(f"{settings.URL_SCHEME}://{request.get_host()}", language)
            _keep(response, place, spoken_language(request, language))
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", spoken_language(request, language))
        return response


def _keep(response: HttpResponse, place: Place, spoken: str) -> None:
    for name in _LEADING_HEADERS:
        if name in response:
            response[name] = keep_language(response[name], place)
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    charset = response.charset or "utf-8"
    page = keep_language_in_page(response.content.decode(charset), place)
    if translation.get_language_info(spoken)["bidi"]:
        page = numbers_from_left(page)
    response.content = page.encode(charset)
    if "Content-Length" in response:
        response["Content-Length"] = str(len(response.content))
