"""Whether a person pressed a button, or a program sent a form.

Programs that scan mail open its links, run the pages' scripts and submit their forms, buttons and all. So: a form that
is submitted without one of its buttons says nothing; neither does one with the button that nobody sees, which stands
first and is the one that programs press; and where a browser tells that no hand caused it, it was none. Chromium
says `Sec-Fetch-User: ?1` of what a person did and nothing of what a script did; others are not asked.
"""

from collections.abc import Collection

from django.http import HttpRequest

UNSEEN = "weiter"


def pressed(request: HttpRequest, buttons: Collection[str]) -> str:
    """The button that a person pressed, or ""."""
    found = [name for name in buttons if request.POST.get(name)]
    if len(found) != 1 or UNSEEN in request.POST or not _by_hand(request):
        return ""
    return found[0]


def _by_hand(request: HttpRequest) -> bool:
    said = request.headers
    if said.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    return "Sec-CH-UA" not in said or said.get("Sec-Fetch-User") == "?1"
