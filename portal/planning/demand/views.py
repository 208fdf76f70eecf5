"""The pages of demand: an overview, words, what was not found, topics and districts, filters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.planning.asking import asked_by
from portal.planning.charts import plot, widths
from portal.planning.demand import tables
from portal.planning.demand.figures import Demand
from portal.planning.demand.pictures import months_of
from portal.planning.demand.tiles import tiles_of
from portal.planning.frame import page, pictures_of, shown

# Files have all of them.
MOST_ON_PAGE = 100
FIRST = 10


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def overview(request: HttpRequest) -> HttpResponse:
    """How much was searched over time, and the first words of what was and was not found."""
    demand = Demand.of(asked_by(request))
    return _page(
        request,
        "demand/overview.html",
        demand,
        _("What is sought"),
        tiles=tiles_of(demand),
        development=_over_time(demand),
        words=_figure(demand, tables.WORDS_TABLE, most=FIRST),
        missing=_figure(demand, tables.MISSING_WORDS, most=FIRST),
    )


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def words(request: HttpRequest) -> HttpResponse:
    """What was searched for."""
    demand = Demand.of(asked_by(request))
    return _page(
        request, "demand/tables.html", demand, _("Search words"), figures=[_figure(demand, tables.WORDS_TABLE)],
        lead=_("What people type into the search, words that mean the same put together."),
    )  # fmt: skip


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def missing(request: HttpRequest) -> HttpResponse:
    """What was not found: words, topics, districts, and topics in districts."""
    demand = Demand.of(asked_by(request))
    names = (tables.MISSING_WORDS, tables.MISSING, tables.PAIRS)
    return _page(
        request, "demand/tables.html", demand, _("Searched and not found"),
        figures=[_figure(demand, name) for name in names],
        lead=_("For what people found no offer. The links show what there is today."),
    )  # fmt: skip


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def topics(request: HttpRequest) -> HttpResponse:
    """Searches, views and contacts by topic and by district."""
    demand = Demand.of(asked_by(request))
    names = (tables.TOPICS_TABLE, tables.DISTRICTS)
    return _page(
        request, "demand/tables.html", demand, _("Topics and districts"),
        figures=[_figure(demand, name) for name in names],
        lead=_("What is sought, viewed and asked about, by topic and by district, beside what there is today."),
    )  # fmt: skip


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def filters(request: HttpRequest) -> HttpResponse:
    """Which filters are used, and with which values."""
    demand = Demand.of(asked_by(request))
    return _page(
        request, "demand/tables.html", demand, _("Filters used"), figures=[_figure(demand, tables.FILTERS_TABLE)],
        lead=_("By what people narrow their search."),
    )  # fmt: skip


def _page(request: HttpRequest, template: str, demand: Demand, title: str, **context: Any) -> HttpResponse:
    labels = {
        "overview": _("Overview"), "words": _("Search words"), "missing": _("Not found"),
        "topics": _("Topics and districts"), "filters": _("Filters used"),
    }  # fmt: skip
    query = demand.asked.period.query
    tabs = [
        {
            "label": label,
            "url": f"{reverse(f'demand:{name}')}?{query}",
            "current": reverse(f"demand:{name}") == request.path,
        }
        for name, label in labels.items()
    ]
    return page(
        request, template, demand.asked, title, tabs=tabs, demand=demand, notes=tables.notes_of(demand), **context
    )


def _figure(demand: Demand, name: str, *, most: int = MOST_ON_PAGE) -> dict[str, Any]:
    """A table with a link, other words and a bar in each row."""
    title, make, about = tables.MADE[name]
    lines = make(demand)
    first = [int(row.cells[0]) if isinstance(row.cells[0], int) else 0 for row in lines.rows[:most]]
    files = {
        kind: f"{reverse('planning:file', args=[name, kind])}?{demand.asked.period.query}" for kind in ("csv", "xlsx")
    }
    return {
        "name": name,
        "title": title,
        "sentences": [each.counts for each in about],
        "heads": lines.heads,
        "lines": [
            (row, width, list(zip(lines.heads[1:], row.said, strict=True)))
            for row, width in zip(lines.rows[:most], widths(first), strict=True)
        ],
        "more": max(0, len(lines.rows) - most),
        "files": files,
        "pictures": pictures_of(name, demand.asked) if lines.rows else {},
        "nothing_over": demand.time.is_empty,
    }


def _over_time(demand: Demand) -> dict[str, Any]:
    """Searches by month as a line, with its table."""
    table = tables.table(tables.MONTHS, demand)
    values, summary = months_of(table)
    ticks = [month.short for month in demand.time.months]
    return shown(table, demand.asked, plot=plot(values, [], ticks), summary=summary)
