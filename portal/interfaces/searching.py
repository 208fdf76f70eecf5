"""The search of the interface: that of `/angebote/`, with its parameters, its order and its numbers."""

from bisect import bisect_right
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from core.ordering import name_key
from portal.interfaces.asking import Asked, make_cursor, no_cursor
from portal.interfaces.records import Record, day_record
from portal.preferences.models import Preferences
from portal.search import facets
from portal.search.form import FLAG_NAMES
from portal.search.matching import FLAGS
from portal.search.parameters import Ignored
from portal.search.results import Meeting, Results, answer
from portal.search.views import reading_of
from portal.search.wording import Names

OFFERS, DATES = "offers", "dates"
# What belongs to the page alone.
OF_THE_PAGE = ("seite", "ansicht")
# So long whoever turns pages has the order of the first one: what begins meanwhile changes its place.
TURNING = timedelta(minutes=15)


def search(asked: Asked) -> tuple[Results, Names, list[Record]]:
    """What was found, what can be chosen, and what of the question was not understood."""
    given = asked.search.copy()
    ignored = [Ignored(name, value) for name in OF_THE_PAGE for value in given.pop(name, [])]
    reading, labels, more = reading_of(given)
    told = [{"name": each.name[:80], "value": each.short_value} for each in (*ignored, *more)]
    return answer(replace(reading, now=_as_of(asked, reading.now))), labels, told


def _as_of(asked: Asked, now: datetime) -> datetime:
    """The moment of the first page of offers, as long as that is not long past."""
    if asked.cursor is None or asked.cursor["k"] != OFFERS:
        return now
    begun = asked.at("t", float)
    recent = (now - TURNING).timestamp() <= begun <= now.timestamp()
    return datetime.fromtimestamp(begun, tz=UTC) if recent else now


def page_of(results: Results, asked: Asked) -> tuple[list[int], str]:
    """The numbers of one page of offers, and the cursor of the next one.

    That names the place of the last offer by what it was ordered by, not the offer: whatever comes, goes or moves
    meanwhile, what stays as it is is told once.
    """
    first = _behind(results, asked) if asked.cursor is not None else 0
    ids = results.page(first, first + asked.limit)
    following = first + len(ids)
    if not ids or following >= results.total:
        return ids, ""
    row = int(results.order[following - 1])
    keys = [float(key[row]) for key in results.order_keys]
    title = name_key(results.columns.titles[row])
    return ids, make_cursor(OFFERS, o=keys, n=title, l=ids[-1], t=results.search.now.timestamp())


def _behind(results: Results, asked: Asked) -> int:
    """How many of the found offers stand at the cursor's place or before it."""
    keys, columns, rows = asked.at("o", list), results.columns, results.order
    if len(keys) != len(results.order_keys) or not all(isinstance(each, float) for each in keys):
        raise no_cursor()
    before, same = np.zeros(rows.size, bool), np.ones(rows.size, bool)
    for key, there in zip(results.order_keys, keys, strict=True):
        before |= same & (key[rows] < there)
        same &= key[rows] == there

    def named(row: int) -> tuple[str, int]:
        return name_key(columns.titles[row]), int(columns.ids[row])

    place = bisect_right(range(columns.size), (asked.at("n", str), asked.at("l", int)), key=named)
    return int(np.count_nonzero(before | (same & (rows < place))))


def dates_of(results: Results, asked: Asked) -> tuple[list[Meeting], str]:
    """One page of the coming dates that fit the search, by day and time, and the cursor of the next one."""
    dates = results.columns.dates
    places = np.flatnonzero(results.fitting & results.found[dates.rows])
    chosen = dates.at(places)
    ids = results.columns.ids[chosen.rows]
    places = places[np.lexsort((ids, chosen.start_time, chosen.first))]
    chosen = dates.at(places)
    keys = (chosen.first, chosen.start_time, results.columns.ids[chosen.rows])
    first = 0
    if asked.cursor is not None:
        day, time, pk, passed = (asked.at(name, int) for name in ("d", "t", "i", "n"))
        before = (keys[0] < day) | ((keys[0] == day) & ((keys[1] < time) | ((keys[1] == time) & (keys[2] < pk))))
        first = int(np.count_nonzero(before)) + max(passed, 0)
    page = places[first : first + asked.limit]
    following = first + len(page)
    if not len(page) or following >= len(places):
        return results.told(page), ""
    day, time, pk = (int(key[following - 1]) for key in keys)
    same = (keys[0][:following] == day) & (keys[1][:following] == time) & (keys[2][:following] == pk)
    return results.told(page), make_cursor(DATES, d=day, t=time, i=pk, n=int(np.count_nonzero(same)))


def date_record(meeting: Meeting) -> Record:
    """One date of an offer."""
    return {"offer_id": meeting.offer_id, "title": meeting.title, **day_record(meeting)}


def next_dates(results: Results, ids: list[int]) -> dict[int, Record]:
    """The next date of each offer that fits the search."""
    return {pk: date_record(meeting) for pk, meeting in results.next_of(ids).items()}


def facets_of(results: Results, labels: Names) -> dict[str, list[dict[str, Any]]]:
    """How many offers each option would give under the other filters: the numbers of the page's form, by the names the
    parameters have."""
    flags, topics, groups = facets.flags(results, FLAGS), facets.categories(results), facets.target_groups(results)
    rules = Preferences.current()
    found: dict[str, dict[Any, int]] = {
        "kategorie": {pk: topics.get(pk, 0) for pk in labels.tree.nodes},
        "zielgruppe": {pk: groups.get(pk, 0) for pk in labels.target_groups},
        "ortsteil": facets.districts(results, labels.districts),
        "wochentag": facets.weekdays(results),
        "sprache_angebot": facets.languages(results),
        "umkreis": facets.radii(results, rules.radius_steps),
        **{FLAG_NAMES[name]: {"1": number} for name, number in flags.items()},
    }
    for extra in labels.extras:
        found.setdefault("angabe", {}).update(facets.extras(results, extra.key))
    return {
        name: [{"value": str(value), "count": number} for value, number in counts.items()]
        for name, counts in found.items()
    }
