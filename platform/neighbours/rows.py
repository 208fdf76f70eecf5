"""Agreements as the pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from neighbours.models import Agreement, Capacity, IndexedOffer, IndexedTown, Kind, Roof, Side, State
from neighbours.models.agreements import OPEN
from neighbours.places import here
from neighbours.showing import around
from neighbours.wording import kind_words, span_words
from tenants.models import Municipality
from tenants.running.figures import latest

MOST_PAST = 50


@dataclass(frozen=True, slots=True)
class Word:
    """A consent or an end: whose, when, in which capacity."""

    what: str
    who: str
    at: datetime
    capacity: str


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement from where we are."""

    pk: int
    town: str
    address: str
    meaning: str
    days: str
    label: str
    kind: str
    # What of the other side is shown here at present; None: nothing is to be shown.
    offers: int | None
    # Whether our answer is missing, and what ending it is called.
    waits_for_us: bool
    ending: str
    words: list[Word]


def _label(agreement: Agreement, us: int, day: date) -> tuple[str, str]:
    if agreement.state == State.PROPOSED:
        waits = agreement.agreed_at(agreement.side_of(us)) is None
        return (_("waits for your answer"), "warning") if waits else (_("waits for the other side"), "info")
    return state_words(agreement, day)


def state_words(agreement: Agreement, day: date) -> tuple[str, str]:
    """How it stands, and the kind of its badge."""
    if agreement.state != State.AGREED:
        return str(agreement.get_state_display()), ""
    if agreement.is_over(day):
        return _("run out"), ""
    return (_("in force"), "success") if agreement.holds_on(day) else (_("agreed, begins later"), "info")


def _ending(agreement: Agreement, us: int) -> str:
    if agreement.state == State.AGREED:
        return _("End it")
    return _("Refuse") if agreement.agreed_at(agreement.side_of(us)) is None else _("Take the proposal back")


def words_of(agreement: Agreement) -> list[Word]:
    """Who said what, in its order."""
    names = {Side.FIRST: agreement.first.name, Side.SECOND: agreement.second.name, Side.OPERATOR: _("the operator")}
    found = [
        Word(_("consented"), names[side], at, str(Capacity(capacity).label))
        for side, at, capacity in (
            (Side.FIRST, agreement.first_agreed_at, agreement.first_agreed_as),
            (Side.SECOND, agreement.second_agreed_at, agreement.second_agreed_as),
        )
        if at is not None
    ]
    found.sort(key=lambda word: word.at)
    if agreement.ended_at is not None:
        what = str(agreement.get_state_display())
        found.append(
            Word(what, names[Side(agreement.ended_by)], agreement.ended_at, str(Capacity(agreement.ended_as).label))
        )
    return found


def row_of(
    agreement: Agreement, us: Municipality, shown: dict[int, int] | None = None, addresses: dict[int, str] | None = None
) -> Row:
    """One of them."""
    day, other = timezone.localdate(), agreement.other_of(us.pk)
    label, kind = _label(agreement, us.pk, day)
    holds = agreement.holds_on(day) and (agreement.kind == Kind.NEIGHBOUR or agreement.first_id == us.pk)
    return Row(
        pk=agreement.pk,
        town=other.name,
        address=(addresses or {}).get(other.pk, ""),
        meaning=kind_words(agreement, us.pk),
        days=span_words(agreement),
        label=label,
        kind=kind,
        offers=(shown or {}).get(other.pk, 0) if holds else None,
        waits_for_us=agreement.state == State.PROPOSED and agreement.agreed_at(agreement.side_of(us.pk)) is None,
        ending=_ending(agreement, us.pk),
        words=words_of(agreement),
    )


def rows_of(us: Municipality) -> dict[str, Any]:
    """What waits for us, what is open, and what was, with the numbers of what is shown here."""
    day = timezone.localdate()
    all_of_them = list(Agreement.objects.of(us.pk).select_related("first", "second")[: 2 * MOST_PAST])
    around_us = around()
    towns = {town.number: town for town in (*around_us.neighbours.towns, *around_us.roof.towns)}
    shown = offers_of(towns)
    addresses = {number: town.address for number, town in towns.items()}
    found: dict[str, list[Row]] = {"waiting": [], "open": [], "past": []}
    for agreement in all_of_them:
        row = row_of(agreement, us, shown, addresses)
        lasting = agreement.state in OPEN and not agreement.is_over(day)
        found["waiting" if lasting and row.waits_for_us else "open" if lasting else "past"].append(row)
    found["past"] = found["past"][:MOST_PAST]
    return {**found, "is_roof": Roof.objects.filter(pk=us.pk).exists()}


def offers_of(towns: Any) -> dict[int, int]:
    """How many offers of these municipalities stand in the index."""
    rows = IndexedOffer.objects.filter(municipality__in=list(towns)).order_by().values("municipality")
    return dict(rows.annotate(number=Count("pk")).values_list("municipality", "number"))


def shown_elsewhere() -> int | None:
    """How many of our own offers others would see: those in the index, else those of last night; None: not known."""
    us = here()
    if IndexedTown.objects.filter(pk=us.pk, filled_at__isnull=False).exists():
        return IndexedOffer.objects.filter(municipality=us).count()
    figures = latest([us]).get(us.pk)
    return figures.published_offers if figures else None
