"""The tables of demand, as files and as the frame of the room shows them."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.planning import tables
from portal.planning.asking import Asked
from portal.planning.definitions import Definition
from portal.planning.demand.figures import Demand
from portal.planning.demand.meanings import (
    CONTACTS,
    FILTERS,
    NOTHING,
    ROUNDED,
    SEARCHES,
    TODAY,
    TOPICS,
    VIEWS,
    WORDS,
)
from portal.planning.demand.rows import Lines
from portal.planning.tables import Table

Made = tuple[object, Callable[[Demand], Lines], tuple[Definition, ...]]

WORDS_TABLE, MISSING_WORDS, TOPICS_TABLE, DISTRICTS = "suchwoerter", "ohne-treffer", "gesuchte-themen", "gesuchte-orte"
MISSING, PAIRS, FILTERS_TABLE, MONTHS = "nicht-gefunden", "themen-in-ortsteilen", "filter", "suchen"
MADE: dict[str, Made] = {
    WORDS_TABLE: (gettext_lazy("What is searched for"), Demand.words, (WORDS, NOTHING)),
    MISSING_WORDS: (gettext_lazy("Searched and not found"), Demand.missing_words, (NOTHING, WORDS)),
    TOPICS_TABLE: (gettext_lazy("Demand by topic"), Demand.topics, (TOPICS, NOTHING, VIEWS, CONTACTS, TODAY)),
    DISTRICTS: (gettext_lazy("Demand by district"), Demand.districts, (FILTERS, NOTHING, VIEWS, CONTACTS, TODAY)),
    MISSING: (gettext_lazy("Not found by topic and by district"), Demand.missing_topics, (NOTHING, TODAY)),
    PAIRS: (gettext_lazy("A topic in a district"), Demand.pairs, (FILTERS, NOTHING, TODAY)),
    FILTERS_TABLE: (gettext_lazy("Filters used"), Demand.filters, (FILTERS, NOTHING)),
    MONTHS: (gettext_lazy("Searches by month"), Demand.over_time, (SEARCHES, NOTHING, VIEWS, CONTACTS)),
}


def table(name: str, demand: Demand) -> Table:
    """One of them, with its notes."""
    title, make, about = MADE[name]
    lines = make(demand)
    also = any(row.also for row in lines.rows)
    heads = [lines.heads[0], *([_("Also")] if also else []), *lines.heads[1:]]
    rows = [[("– " * row.depth) + row.label, *([row.also] if also else []), *row.cells] for row in lines.rows]
    return Table(name, str(title), heads, rows, (*about, ROUNDED), notes=notes_of(demand))


def notes_of(demand: Demand) -> list[str]:
    """Over which days, and compared with which."""
    if demand.time.is_empty:
        return [
            _(
                "Nothing can be told yet: told are whole thirds of months (from the 1st, 11th and 21st on) that were "
                "counted and are over, and in this period there is none."
            )
        ]
    notes = [_("Told are whole thirds of months that are over: %(days)s.") % {"days": demand.time.label}]
    if demand.time.before is not None:
        notes.append(_("Change: beside %(days)s.") % {"days": demand.time.before.label})
    else:
        notes.append(_("There is no change: not all of the time before can be told."))
    return notes


def _file(name: str) -> Callable[[Asked], Table]:
    return lambda asked: table(name, Demand.of(asked))


for each in MADE:
    tables.register(each, _file(each))
