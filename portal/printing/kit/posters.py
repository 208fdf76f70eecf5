"""Poster, postcard and flyer as pages of HTML."""

from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.offers.models import Offer
from portal.printing.dressing import dress, paragraphs
from portal.printing.kit.settings import Poster, Sheet, Subject
from portal.printing.models import Paper
from portal.printing.programme.entries import Fact, entries_of, phones_of
from portal.printing.trouble import TroubleError
from portal.printing.written import Written
from portal.providers.models import Provider
from portal.taxonomy.tree import load_tree
from press.running import Sheets
from tenants.urls import own_host
from theming.mailing import address_lines

SIZES = {Paper.Kind.POSTER: "poster", Paper.Kind.POSTCARD: "a6", Paper.Kind.FLYER: "flyer"}
MOST_FACTS = 5
LONGEST_FACT = 110
# So many letters of the large words fit at each size; more text than this below is written smaller.
LARGE, MIDDLE, LONG_TEXT = 24, 44, 180


def write(paper: Paper, folder: Path, day: date) -> Written:
    """Write the page or the two sides. TroubleError: what it is about is not public."""
    poster = Poster.of(paper)
    subject = poster.subject()
    if subject is None:
        raise TroubleError(Paper.Trouble.GONE)
    kind = Paper.Kind(paper.kind)
    size = "poster_a3" if kind == Paper.Kind.POSTER and poster.sheet == Sheet.A3 else SIZES[kind]
    style = dress(folder, size=size, kind=paper.kind)
    context: dict[str, Any] = {
        "paper": paper,
        "poster": poster,
        "subject": subject,
        "texts": paragraphs(poster.text),
        "facts": [Fact(each.label, Truncator(each.text).chars(LONGEST_FACT)) for each in _facts(subject, day)],
        "loud": loudness(poster),
        "code": style.code("code", subject.url),
        "lines": address_lines(style.theme),
    }
    style.write("page.html", f"{paper.kind}.html", context)
    return Written(Sheets(parts=["page.html"], folders=style.folders), 1)


def _facts(subject: Subject, day: date) -> list[Fact]:
    """Of an offer: when, where, for whom, what it costs. Of a provider: where it is, and its telephone."""
    if isinstance(subject.thing, Provider):
        provider = subject.thing
        phones = ", ".join(phones_of(provider.phone))
        return [fact for fact in (Fact(_("Where"), provider.address_line), Fact(_("Phone"), phones)) if fact.text]
    if not isinstance(subject.thing, Offer):
        return []
    entries = entries_of([subject.thing.pk], tree=load_tree(), period=(day, date.max), host=own_host())
    return [fact for entry in entries for fact in entry.facts][:MOST_FACTS]


def loudness(poster: Poster) -> str:
    """The classes by which long words become smaller: everything has to stay on its sheet."""
    size = "large" if len(poster.headline) <= LARGE else "middle" if len(poster.headline) <= MIDDLE else "small"
    return f"poster--{size} poster--long" if len(poster.text) > LONG_TEXT else f"poster--{size}"
