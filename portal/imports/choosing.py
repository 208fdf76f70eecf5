"""Which rows somebody has ticked, over all pages: kept in the table, so that no way of leaving a page loses it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.numbers import whole_numbers
from portal.imports.models import PRESET, Row, Upload

PAGE = 100
IMPORTANT, LEFT = "wichtig", "geblieben"
_OUTCOMES = {
    "fehler": Row.Outcome.ERROR,
    "beides": Row.Outcome.CONFLICT,
    "loeschen": Row.Outcome.LOSES,
    "neu": Row.Outcome.NEW,
    "geaendert": Row.Outcome.CHANGED,
    "gleich": Row.Outcome.UNCHANGED,
}


@dataclass(frozen=True, slots=True)
class View:
    """A part of the rows that one may look at."""

    name: str
    label: str
    number: int
    current: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of rows and the figures around it."""

    page: "Page[Row]"
    views: list[View]
    chosen: int
    """Ticked on all pages."""
    chosen_here: int
    takeable: int
    counts: dict[str, int]


def shown(upload: Upload, asked: QueryDict) -> Shown:
    """The page of rows that the address asks for; two statements and that of the rows."""
    named = {f"n_{name}": Count("pk", filter=Q(outcome=outcome)) for name, outcome in _OUTCOMES.items()}
    can = Q(takeable=True, state=Row.State.OPEN)
    figures = upload.rows.aggregate(
        **named,
        chosen=Count("pk", filter=can & Q(chosen=True)),
        new=Count("pk", filter=can & Q(outcome=Row.Outcome.NEW)),
        takeable=Count("pk", filter=can),
        left=Count("pk", filter=Q(state=Row.State.LEFT)),
    )
    counts = {outcome.value: figures[f"n_{name}"] for name, outcome in _OUTCOMES.items()}
    counts |= {"left": figures["left"], "new_open": figures["new"]}
    important = sum(counts[outcome.value] for outcome in _OUTCOMES.values()) - counts[Row.Outcome.UNCHANGED]
    current = view_of(asked)
    rows = rows_of(upload, current)
    known = important if current == IMPORTANT else counts["left"] if current == LEFT else counts[_OUTCOMES[current]]
    paginator = Paginator(rows, PAGE)
    # It is counted already.
    paginator.__dict__["count"] = known
    page = paginator.get_page(asked.get("seite"))
    return Shown(
        page=page,
        views=[view for view in _views(counts, important, current) if view.number or view.current],
        chosen=figures["chosen"],
        chosen_here=sum(row.chosen and row.takeable and row.state == Row.State.OPEN for row in page),
        takeable=figures["takeable"],
        counts=counts,
    )


def _views(counts: dict[str, int], important: int, current: str) -> list[View]:
    labels = {
        IMPORTANT: (_("All that matters"), important),
        "neu": (_("New"), counts[Row.Outcome.NEW]),
        "geaendert": (_("Changed"), counts[Row.Outcome.CHANGED]),
        "loeschen": (_("Would delete something"), counts[Row.Outcome.LOSES]),
        "beides": (_("Changed here too"), counts[Row.Outcome.CONFLICT]),
        "fehler": (_("Not readable"), counts[Row.Outcome.ERROR]),
        "gleich": (_("Unchanged"), counts[Row.Outcome.UNCHANGED]),
        LEFT: (_("Left as they are"), counts["left"]),
    }
    return [View(name, label, number, name == current) for name, (label, number) in labels.items()]


def view_of(asked: QueryDict) -> str:
    """The part of the rows that is asked for."""
    name = asked.get("zeigen", IMPORTANT)
    return name if name in {*_OUTCOMES, LEFT} else IMPORTANT


def rows_of(upload: Upload, view: str) -> "QuerySet[Row]":
    """The rows of a part, what needs a look first."""
    rows = upload.rows.all()
    if view == LEFT:
        return rows.filter(state=Row.State.LEFT)
    if view == IMPORTANT:
        return rows.exclude(outcome=Row.Outcome.UNCHANGED)
    return rows.filter(outcome=_OUTCOMES[view])


def save(upload: Upload, sent: QueryDict) -> None:
    """Keep the ticks of the page that was sent, and what was chosen besides."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update().get(pk=upload.pk)
        if locked.state not in (Upload.State.READY, Upload.State.DONE):
            return
        on_page, ticked = _numbers(sent, "gezeigt"), _numbers(sent, "zeile")
        rows = locked.rows.filter(takeable=True, state=Row.State.OPEN)
        rows.filter(pk__in=on_page & ticked).update(chosen=True)
        rows.filter(pk__in=on_page - ticked).update(chosen=False)
        if "alle" in sent:
            many = rows.filter(pk__in=rows_of(locked, view_of(sent)).values("pk"))
            many = many.filter(outcome__in=PRESET) if view_of(sent) == IMPORTANT else many
            many.update(chosen=True)
        elif "keine" in sent:
            rows.update(chosen=False)
        if "neu" in sent:
            locked.hand_in = sent["neu"] == "abschicken"
        if sent.get("adresse", "-") in Upload.Fill.values:
            locked.fill = Upload.Fill(str(sent["adresse"]))
        locked.save(update_fields=["hand_in", "fill"])


def _numbers(sent: QueryDict, name: str) -> set[int]:
    given: list[Any] = sent.getlist(name)[: 2 * PAGE]
    return set(whole_numbers(given))
