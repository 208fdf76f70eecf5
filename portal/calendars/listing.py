"""The list of a calendar's events: what each says, and what became of it."""

from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from core.ordering import ByName
from portal.calendars.models import Calendar, CalendarEvent
from portal.listing.spec import Facet, Listing, Option, Sort

PROBLEM, BY_HAND, TAKEN, TO_TAKE, LEFT, GONE, WAITS = (
    "problem", "hand", "uebernommen", "vorgemerkt", "nicht", "fort", "wartet",
)  # fmt: skip
LABELS = {
    PROBLEM: gettext_lazy("something is missing"),
    WAITS: gettext_lazy("waits for you"),
    BY_HAND: gettext_lazy("changed by hand"),
    TAKEN: gettext_lazy("is an offer"),
    TO_TAKE: gettext_lazy("chosen"),
    LEFT: gettext_lazy("not chosen"),
    GONE: gettext_lazy("gone from the calendar"),
}


def rows_of(calendar: Calendar) -> QuerySet[CalendarEvent]:
    """The events with how they stand; what is over and never became an offer is left out."""
    today = timezone.localdate()
    over = Q(offer__isnull=True, last__isnull=False, last__lt=today)
    stand = Case(
        When(gone_at__isnull=False, then=Value(GONE)),
        When(missing=True, then=Value(GONE)),
        When(~Q(problem=""), then=Value(PROBLEM)),
        When(wanted=False, then=Value(LEFT)),
        When(~Q(waits=""), then=Value(WAITS)),
        When(~Q(by_hand=[]), then=Value(BY_HAND)),
        When(offer__isnull=False, then=Value(TAKEN)),
        default=Value(TO_TAKE),
        output_field=CharField(),
    )
    return calendar.events.exclude(over).annotate(stand=stand)


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return rows


def _prepare(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("offer")


def heading(number: int) -> str:
    """How many there are."""
    return ngettext("%(number)d event", "%(number)d events", number) % {"number": number}


LISTING = Listing(
    facets=(
        Facet("stand", gettext_lazy("How does it stand?"), "stand",
              [Option(name, label) for name, label in LABELS.items()]),
    ),
    search=_search,
    prepare=_prepare,
    sorts=(
        Sort("termin", gettext_lazy("First date"), ("first", "pk")),
        Sort("name", gettext_lazy("A to Z"), (ByName("title"), "pk")),
    ),
    per_page=25,
)  # fmt: skip
