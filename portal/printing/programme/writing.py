"""A programme as pages of HTML: cover, imprint, preface and contents; the chapters in parts; the index."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from core.ordering import name_key
from portal.preferences.models import Preferences
from portal.printing.dressing import Dress, dress, paragraphs
from portal.printing.models import Paper
from portal.printing.programme.chapters import Chapter, by_place, by_week
from portal.printing.programme.entries import Entry, entries_of
from portal.printing.programme.finding import ids_of
from portal.printing.programme.settings import MOST_OFFERS, Chapters, Programme
from portal.printing.programme.wording import period_line
from portal.printing.trouble import TroubleError
from portal.printing.written import Written
from portal.taxonomy.models import District
from portal.taxonomy.tree import load_tree
from press.running import Sheets
from tenants.urls import own_host

PER_PART = 140
"""So many entries are laid out at a time: what that takes of memory is given back after each part."""
LINES_PER_ENTRY = 6
"""So many lines that lead elsewhere take as much room as an entry."""
Trouble = Paper.Trouble


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a chapter stands in one part."""

    chapter: Chapter
    anchor: str
    entries: Sequence[Entry]
    begins: bool
    ends: bool


def write(paper: Paper, folder: Path, day: date) -> Written:
    """Write the pages of a programme into a folder. TroubleError where there is nothing to print, or too much."""
    programme = Programme.of(paper)
    ids = ids_of(programme, day)
    if ids is None:
        raise TroubleError(Trouble.CHANGED)
    if not ids:
        raise TroubleError(Trouble.NOTHING)
    if len(ids) > MOST_OFFERS:
        raise TroubleError(Trouble.TOO_MANY, len(ids))
    first, last = programme.period
    period = (max(first, day), last)
    entries = entries_of(ids, tree=load_tree(), period=period, host=own_host())
    chapters = _chapters(programme, entries, period)
    style = dress(folder, size=programme.size, kind="programme", picture=programme.picture)
    common = {
        "paper": paper,
        "programme": programme,
        "period": period_line(first, last),
        "day": day,
        "scheme": f"{settings.URL_SCHEME}://",
    }
    titled = [(f"c{number}", chapter) for number, chapter in enumerate(chapters)]
    parts = _write_parts(style, titled, common)
    front = {"chapters": titled, "number": len(entries), "preface": paragraphs(programme.preface)}
    front["code"] = style.code("portal", style.address)
    style.write("front.html", "programme_front.html", {**common, **front})
    back = _write_index(style, entries, common) if programme.index else ""
    sheets = Sheets(
        parts=parts, front="front.html", back=back, bookmarks=_bookmarks(titled, programme), folders=style.folders
    )
    return Written(sheets, len(entries))


def _chapters(programme: Programme, entries: Sequence[Entry], period: tuple[date, date]) -> list[Chapter]:
    if programme.chapters == Chapters.WEEK:
        return by_week(entries, period)
    if programme.chapters == Chapters.DISTRICT:
        titles = {district.pk: district.name for district in District.objects.all()}
        rest = Preferences.current().whole_area_name
        return by_place(
            entries,
            titles,
            lambda entry: entry.districts,
            rest=rest,
            note=_("In several places, online, or for everybody."),
        )
    roots = {node.id: str(node.name) for node in load_tree().roots}
    return by_place(entries, roots, lambda entry: entry.topics, rest=_("More offers"))


def _write_parts(style: Dress, titled: Sequence[tuple[str, Chapter]], common: dict[str, Any]) -> list[str]:
    names = []
    for number, pieces in enumerate(_parts(titled)):
        names.append(f"part-{number:03}.html")
        style.write(names[-1], "programme_part.html", {**common, "pieces": pieces})
    return names


def _parts(titled: Sequence[tuple[str, Chapter]]) -> Iterator[list[Piece]]:
    """Small chapters together, large ones in parts of about the same size: where a part ends, so does a page."""
    part: list[Piece] = []
    room = PER_PART
    for anchor, chapter in titled:
        slices = _slices(chapter.entries)
        for at, entries in enumerate(slices):
            needed = len(entries) + len(chapter.also) // LINES_PER_ENTRY
            if part and needed > room:
                yield part
                part, room = [], PER_PART
            part.append(Piece(chapter, anchor, entries, at == 0, at == len(slices) - 1))
            room -= needed
    if part:
        yield part


def _slices(entries: Sequence[Entry]) -> list[Sequence[Entry]]:
    number = max(1, ceil(len(entries) / PER_PART))
    size = max(1, ceil(len(entries) / number))
    return [entries[at : at + size] for at in range(0, len(entries), size)] or [()]


def _write_index(style: Dress, entries: Sequence[Entry], common: dict[str, Any]) -> str:
    providers: dict[str, list[str]] = {}
    for entry in entries:
        providers.setdefault(entry.provider, []).append(entry.anchor)
    by_name = sorted(providers.items(), key=lambda item: (name_key(item[0]), item[0]))
    style.write("index.html", "programme_index.html", {**common, "entries": entries, "providers": by_name})
    return "index.html"


def _bookmarks(titled: Sequence[tuple[str, Chapter]], programme: Programme) -> list[tuple[int, str, str]]:
    found = [(1, _("Contents"), "inhalt")]
    if programme.preface:
        found.insert(0, (1, _("Preface"), "vorwort"))
    for anchor, chapter in titled:
        found.append((1, chapter.title, anchor))
        found += [(2, entry.title, entry.anchor) for entry in chapter.entries]
    if programme.index:
        found += [(1, _("Offers from A to Z"), "register"), (1, _("Providers from A to Z"), "anbieter")]
    return found
