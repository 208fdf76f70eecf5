"""What the page of a paper says besides how far it is."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.printing.kit.settings import Letters, Poster
from portal.printing.models import Paper
from portal.printing.programme.finding import ids_of, search_of
from portal.printing.programme.settings import MOST_OFFERS, Programme
from portal.printing.programme.wording import period_line

Kind, Trouble = Paper.Kind, Paper.Trouble


def about(paper: Paper, today: date) -> dict[str, Any]:
    """What it will hold; `stops` says why it cannot be made as it is, and `advice` what to do."""
    if paper.kind == Kind.PROGRAMME:
        found = _programme(paper, today)
    elif paper.kind == Kind.LETTERS:
        found = {"number": Letters.of(paper).receivers().count(), "letters": Letters.of(paper)}
    elif paper.kind == Kind.SHEET:
        found = {}
    else:
        found = {"poster": Poster.of(paper), "subject": Poster.of(paper).subject()}
    return {"trouble": trouble_of(paper), **found}


def _programme(paper: Paper, today: date) -> dict[str, Any]:
    programme = Programme.of(paper)
    first, last = programme.period
    found: dict[str, Any] = {"programme": programme, "period": period_line(first, last)}
    if last < today:
        return {**found, "stops": _("The period is over. Please choose another one.")}
    stored, ids = search_of(programme, today), ids_of(programme, today)
    found |= {"conditions": stored.labels, "address": stored.address}
    if ids is None:
        return {**found, "stops": _advice(Trouble.CHANGED)}
    found["number"] = len(ids)
    if not ids:
        return {**found, "stops": _advice(Trouble.NOTHING)}
    if len(ids) > MOST_OFFERS:
        return {**found, "stops": _advice(Trouble.TOO_MANY, len(ids))}
    return found


def trouble_of(paper: Paper) -> str:
    """Why it could not be made, with what to do; empty where it could."""
    return _advice(Trouble(paper.trouble), paper.number) if paper.trouble else ""


def _advice(trouble: Paper.Trouble, number: int = 0) -> str:
    """A whole sentence that says what to do."""
    said = {
        Trouble.NOTHING: _("The search finds nothing in this period. Choose other days or fewer conditions."),
        Trouble.TOO_MANY: _(
            "The search finds %(number)d offers; a programme holds at most %(most)d. Choose a shorter period, or make "
            "one programme for each topic, target group or district."
        )
        % {"number": number, "most": MOST_OFFERS},
        Trouble.CHANGED: _(
            "The search asks for a topic, a target group or a place that does not exist any more. Change the "
            "conditions."
        ),
        Trouble.GONE: _("What it is about is not public at present. Choose something else, or publish it first."),
        Trouble.NOBODY: _("No provider with a postal address fits. Choose others, or complete their addresses."),
        Trouble.STOPPED: _("It was stopped. Nothing is lost: have it made again whenever you like."),
        Trouble.TOO_LONG: _("It took too long, so it was stopped. Try again later, or choose a shorter period."),
        Trouble.MISSING: _("A program is missing on this server. Whoever looks after it finds its name in the README."),
        Trouble.BROKEN: _("Something went wrong on our side. Try again; if it stays so, tell the operator the time."),
    }
    return said[trouble]
