"""The tour of a provider's first visit: five cards, one after the other or all on a page; nothing is locked meanwhile.

Each card is a link away (`?rundgang=2`), so it works without scripts and by the back button; closing it is a POST.
"""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.acting import acting_of
from portal.handbook.models import TourSeen

STEP = "rundgang"
PAGE = "/konto/rundgang/"


@dataclass(frozen=True, slots=True)
class Card:
    """A card: what there is, where it is, what the handbook says more of it."""

    title: Promise
    text: Promise
    icon: str
    url: str
    link: Promise
    more: str


CARDS = (
    Card(
        _("Your overview: first the work"),
        _(
            "Whatever waits for you stands at the top of this page, each with a button to the next step. If nothing "
            "stands there, everything is up to date."
        ),
        "list",
        "/konto/",
        _("To the overview"),
        "/hilfe/anbieter/uebersicht/",
    ),
    Card(
        _("Enter an offer in five minutes"),
        _(
            "Nine short entries are enough; a picture can follow. Everything is kept as you type, so you can stop at "
            "any time."
        ),
        "plus",
        "/konto/angebote/neu/",
        _("Enter an offer"),
        "/hilfe/anbieter/angebot-eintragen/",
    ),
    Card(
        _("Nobody sees anything before you send it"),
        _(
            "When you send an offer, the editorial team mostly has a look first. You see where it stands, and you get "
            "a mail with the answer."
        ),
        "check",
        "/konto/angebote/",
        _("To your offers"),
        "/hilfe/anbieter/abschicken/",
    ),
    Card(
        _("You need not do it alone"),
        _("Invite colleagues to write with you. You decide who may publish and who only prepares."),
        "users",
        "/konto/anbieter/",
        _("To your organisation"),
        "/hilfe/anbieter/personen/",
    ),
    Card(
        _("See what becomes of it"),
        _(
            "The figures say how often your offers were viewed and how often somebody wanted to reach you. And on "
            "every page a link leads to the help that fits."
        ),
        "eye",
        "/konto/statistik/",
        _("To the figures"),
        "/hilfe/anbieter/zahlen/",
    ),
)


def _person(request: HttpRequest) -> User:
    """Whose visit it is; the door let nobody in who is not signed in."""
    return cast("User", request.user)


def has_seen(request: HttpRequest) -> bool:
    """Whether the tour is not to be shown by itself any more; to whoever acts for somebody else it never is."""
    return acting_of(request) is not None or TourSeen.objects.filter(user=_person(request)).exists()


def shown(request: HttpRequest) -> dict[str, Any] | None:
    """The card to be shown on the overview, or None. Called for by its address it is shown again."""
    asked = request.GET.get(STEP, "")
    number = int(asked) if asked in {str(n) for n in range(1, len(CARDS) + 1)} else 0
    if not number and has_seen(request):
        return None
    place = (number or 1) - 1
    return {
        "card": CARDS[place],
        "number": place + 1,
        "total": len(CARDS),
        "back": f"?{STEP}={place}" if place else "",
        "next": f"?{STEP}={place + 2}" if place + 1 < len(CARDS) else "",
        "page": PAGE,
    }


def close(request: HttpRequest) -> None:
    """Never show it by itself again. Twice is once."""
    TourSeen.objects.get_or_create(user=_person(request))
