"""Poster, postcard and flyer as pages of HTML."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from portal.offers.models import Offer
from portal.printing.dressing import dress, paragraphs
from portal.printing.kit.settings import Poster, Subject
from portal.printing.models import Paper
from portal.printing.press.running import Sheets
from portal.printing.programme.entries import Fact, entries_of
from portal.printing.trouble import TroubleError
from portal.printing.written import Written
from portal.taxonomy.tree import load_tree
from tenants.urls import own_host
from theming.mailing import address_lines

SIZES = {Paper.Kind.POSTER: "poster", Paper.Kind.POSTCARD: "a6", Paper.Kind.FLYER: "flyer"}
MOST_FACTS = 5


def write(paper: Paper, folder: Path, day: date) -> Written:
    """Write the page or the two sides. TroubleError: what it is about is not public."""
    poster = Poster.of(paper)
    subject = poster.subject()
    if subject is None:
        raise TroubleError(Paper.Trouble.GONE)
    style = dress(folder, size=SIZES[Paper.Kind(paper.kind)], kind=paper.kind)
    context: dict[str, Any] = {
        "paper": paper,
        "poster": poster,
        "subject": subject,
        "texts": paragraphs(poster.text),
        "facts": _facts(subject, day),
        "code": style.code("code", subject.url),
        "lines": address_lines(style.theme),
    }
    style.write("page.html", f"{paper.kind}.html", context)
    return Written(Sheets(parts=["page.html"], folders=style.folders), 1)


def _facts(subject: Subject, day: date) -> list[Fact]:
    """Of an offer: when, where, for whom, what it costs."""
    if not isinstance(subject.thing, Offer):
        return []
    today = max(day, timezone.localdate())
    entries = entries_of([subject.thing.pk], tree=load_tree(), period=(today, date.max), host=own_host())
    return [fact for entry in entries for fact in entry.facts][:MOST_FACTS]
