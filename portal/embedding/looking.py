"""How a part looks in a frame, as its address says, and on whose pages it may stand.

The address is all there is: no cookie, nothing remembered, so that a page is the same for everybody and is kept in
memory as other public pages are (`tenants.running.page_cache`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from portal.preferences.hosts import is_host
from portal.preferences.models import Preferences

STYLE, MODE, NUMBER, TOPIC, MONTH, PREVIEW = "stil", "modus", "anzahl", "thema", "monat", "vorschau"
PLAIN, ACCENT = "schlicht", "akzent"
LIGHT, DARK, AUTO = "hell", "dunkel", "auto"
STYLES, MODES = (PLAIN, ACCENT), (AUTO, LIGHT, DARK)
NUMBERS = (3, 5, 10, 20)
USUAL_NUMBER = 10
NOBODY, OURSELVES = "'none'", "'self'"


@dataclass(frozen=True, slots=True)
class Look:
    """What an address says of the look; what it does not say, or not understandably, is the usual."""

    style: str = PLAIN
    mode: str = AUTO
    number: int = USUAL_NUMBER
    preview: bool = False

    def pairs(self) -> list[tuple[str, str]]:
        """As it stands in an address; the usual is left out."""
        usual, found = Look(), []
        for name, value, without in (
            (STYLE, self.style, usual.style),
            (MODE, self.mode, usual.mode),
            (NUMBER, str(self.number), str(usual.number)),
            (PREVIEW, "1" if self.preview else "", ""),
        ):
            if value != without:
                found.append((name, value))
        return found


def look_of(given: QueryDict) -> Look:
    """The look an address asks for."""
    style, mode, number = (given.get(name, "") for name in (STYLE, MODE, NUMBER))
    return Look(
        style=style if style in STYLES else PLAIN,
        mode=mode if mode in MODES else AUTO,
        number=int(number) if number in map(str, NUMBERS) else USUAL_NUMBER,
        preview=PREVIEW in given,
    )


def of_the_search(given: QueryDict) -> QueryDict:
    """What is left for the search of the portal."""
    left = given.copy()
    for name in (STYLE, MODE, NUMBER, TOPIC, MONTH, PREVIEW, "ansicht"):
        left.pop(name, None)
    return left


def address(path: str, look: Look, query: list[tuple[str, str]]) -> str:
    """An address of ours; the look comes first, so that it survives when somebody cuts the end off."""
    return f"{path}?{urlencode([*look.pairs(), *query])}".rstrip("?")


def ancestors(look: Look) -> list[str]:
    """On whose pages it may stand, for the policy: those the municipality lists and nobody else. The preview of the
    builder stands in our own pages alone."""
    if look.preview:
        return [OURSELVES]
    return [host for host in Preferences.current().embed_hosts if is_host(host)] or [NOBODY]


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page for the frames of other websites. The policy says whose; the older header knows no lists, so it is not
    sent."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: Any = view(request, *args, **kwargs)
        response.xframe_options_exempt = True
        policy = {"frame-ancestors": ancestors(look_of(request.GET))}
        response._csp_replace = policy  # noqa: SLF001 - what csp_replace sets, which knows no lists that change
        answer: HttpResponse = response
        return answer

    return shown
