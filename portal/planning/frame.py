"""What every page of the room has around its figures: crumbs, the choice of period and filters, links to files."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.figures.periods import SPANS, STEPS, Span
from portal.planning.asking import Asked
from portal.planning.drawing.registry import is_drawn
from portal.planning.models import FigureNote, SavedView
from portal.planning.tables import Table
from portal.planning.words import short


def page(
    request: HttpRequest,
    template: str,
    asked: Asked,
    title: str,
    *,
    noted: str = "",
    kept: Mapping[str, str] | None = None,
    **context: Any,
) -> HttpResponse:
    """A page of the room. `title` is its heading and its last crumb; the start page has none before it. `noted` is the
    figure of the page that planners may write a note on, `kept` what of its address a saved view keeps besides."""
    start = reverse("planning:overview")
    crumbs = [{"label": _("Evaluation"), "url": start}, {"label": title, "url": ""}]
    note = (FigureNote.objects.filter(figure=noted).first() or FigureNote(figure=noted)) if noted else None
    around = {
        "noted": noted,
        "kept_query": asked.query(**(kept or {})),
        "note": note,
        "views": list(SavedView.objects.filter(Q(owner=request.user.pk) | Q(shared=True))),
        "asked": asked,
        "title": title,
        "crumbs": crumbs if request.path != start else [],
        "filters": asked.filters,
        "spans": [{"value": each.value, "label": label} for each, label in SPANS.items()],
        "own_span": asked.period.span is Span.OWN,
        # Whether the page tells what there is on a day, and has to say on which.
        "of_last_day": False,
        "steps": [{"value": each.value, "label": label} for each, label in STEPS.items()],
        "choices": [],
        "here": request.path,
    }
    return render(request, template, around | context)


def shown(table: Table, asked: Asked, **more: Any) -> dict[str, Any]:
    """A table for a template: words instead of numbers, and where its files are."""
    params = more.pop("params", {})
    query = asked.query(**params)
    files = {kind: f"{reverse('planning:file', args=[table.name, kind])}?{query}" for kind in ("csv", "xlsx")}
    return {
        "name": table.name,
        "title": table.title,
        "sentences": table.sentences,
        "notes": table.notes,
        "about": table.about,
        "heads": table.heads,
        "rows": [_said(row) for row in table.rows],
        "ends": [_said(row) for row in table.ends],
        "files": files,
        # Of nothing there is no picture: its address would lead nowhere.
        "pictures": pictures_of(table.name, asked, **params) if table.rows else {},
        **more,
    }


def pictures_of(name: str, asked: Asked, **params: str) -> dict[str, str]:
    """Where the picture of this name is as a file; nothing where there is none."""
    if not is_drawn(name):
        return {}
    query = asked.query(**params)
    return {kind: f"{reverse('planning:picture', args=[name, kind])}?{query}" for kind in ("svg", "png")}


def _said(row: Any) -> list[str]:
    return [each if isinstance(each, str) else short(each) for each in row]
