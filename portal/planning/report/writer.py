"""A report as pages of HTML for the press: cover, contents, a part for each page, definitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _

from portal.planning import asking, words
from portal.planning.drawing import registry
from portal.planning.models import FigureNote
from portal.planning.report import chapters
from portal.planning.report.settings import Chosen, Settings
from portal.printing.dressing import Dress, dress, paragraphs
from portal.printing.models import Paper
from portal.printing.trouble import TroubleError
from portal.printing.written import Written
from press.running import Sheets


@dataclass(frozen=True, slots=True)
class Section:
    """A figure as the template draws it. `more`: rows that only the files have."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    ends: Sequence[Sequence[str]]
    notes: Sequence[str]
    pictures: Sequence[tuple[str, str]]
    lines: Sequence[str]
    more: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the evaluation on paper; `asked` says its period and filters."""

    anchor: str
    title: str
    asked: Any
    sections: Sequence[Section]
    note: str
    hints: Sequence[str]


def write(paper: Paper, folder: Path, day: date) -> Written:
    """Write the pages of a report into a folder."""
    settings = Settings.of(paper)
    pages = chapters.pages()
    chosen = [(each, pages[each.path]) for each in settings.views if each.path in pages]
    if not chosen:
        raise TroubleError(Paper.Trouble.CHANGED)
    style = dress(folder, size="a4", kind="report")
    about: dict[str, Any] = {}
    made = []
    for number, (each, page) in enumerate(chosen):
        asked = _asked(each, settings, style, day)
        made.append(_chapter(f"k{number}", each.name, page, asked, style, about))
        style.write(f"part-{number:02}.html", "report/paper/chapter.html", {"paper": paper, "chapter": made[-1]})
    context = {"paper": paper, "settings": settings, "chapters": made, "day": day, "text": paragraphs(settings.text)}
    style.write("front.html", "report/paper/front.html", context)
    style.write("back.html", "report/paper/back.html", {"paper": paper, "definitions": list(about.values())})
    marks = [(1, _("Contents"), "inhalt"), *((1, each.title, each.anchor) for each in made)]
    parts = [f"part-{number:02}.html" for number in range(len(made))]
    sheets = Sheets(parts=parts, front="front.html", back="back.html", folders=style.folders,
                    bookmarks=[*marks, (1, _("What each figure counts"), "woerter")])  # fmt: skip
    return Written(sheets, len(made))


def _asked(chosen: Chosen, settings: Settings, style: Dress, day: date) -> asking.Asked:
    """What a page was kept with, over the days that count."""
    given = dict(parse_qsl(chosen.query))
    if days := settings.days(day):
        kept = {name: value for name, value in given.items() if name not in ("zeitraum", "von", "bis")}
        given = kept | {"zeitraum": "eigener", "von": days[0].isoformat(), "bis": days[1].isoformat()}
    return asking.asked_of(chosen.path, given, host=style.address.rstrip("/"), today=day)


def _chapter(
    anchor: str, name: str, page: chapters.Page, asked: asking.Asked, style: Dress, about: dict[str, Any]
) -> Chapter:
    note = FigureNote.objects.filter(figure=page.noted).first() if page.noted else None
    sections: list[Section] = []
    for figure in page.make(asked):
        for each in figure.table.about if figure.table else ():
            about.setdefault(each.name, each)
        sections.append(_section(f"{anchor}-{len(sections)}", figure, style))
    title = f"{page.title}: {name}" if name else str(page.title)
    return Chapter(anchor, title, asked, sections, note.text if note else "", list(asked.period.notes))


def _section(name: str, figure: chapters.Figure, style: Dress) -> Section:
    pictures = []
    for number, picture in enumerate(figure.pictures):
        file = f"{name}-{number}.svg"
        (style.folder / file).write_text(registry.as_part(picture, titled=picture.title != figure.title), "utf-8")
        pictures.append((file, f"{picture.title}. {picture.summary}"))
    table = figure.table
    rows = [_said(row) for row in table.rows] if table else []
    most = chapters.MOST_ROWS
    return Section(
        title=figure.title,
        heads=[str(each) for each in table.heads] if table else [],
        rows=rows[:most],
        ends=[_said(row) for row in table.ends] if table else [],
        notes=table.notes if table else [],
        pictures=pictures,
        lines=figure.lines,
        more=max(0, len(rows) - most),
    )


def _said(row: Any) -> list[str]:
    return [each if isinstance(each, str) else words.short(each) for each in row]
