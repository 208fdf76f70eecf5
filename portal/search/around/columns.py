"""The columns of offers in the index (`neighbours.models.index`), as `portal.search.columns` has those of one's own.

What always holds there holds here; these things differ:

- Ids are those of the index. `providers` has the number of the municipality each offer is from.
- Topics are known by the keys of their names, target groups by name and ages (`group_key`), both also by the entry of
  the shared catalogue they are (`code_key`): each municipality has numbers of its own, and who looks for a topic means
  the one that is called so or is the same entry (`portal.search.around.results`).
- Districts and details of a municipality's own are of no use to others: there are none.
- They are kept once for all municipalities that show the same ones, and a municipality that is in several such sets is
  in memory with each.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone

from core.ordering import name_key
from portal.offers.choices import REMOTE
from portal.search.columns import FEW, PART, spliced, worn
from portal.search.dates import AllDates
from portal.search.links import Links
from portal.search.packed import Texts, Whole, small
from portal.search.table import Columns, Places, places_at
from tenants.running.changes import followed
from tenants.running.row_changes import Changed

ROOMS = ("neighbours",)
_ROWS = """
SELECT id, municipality_id, title, extract(epoch FROM ends_at)::float8, extract(epoch FROM published_at)::float8,
    min_age, max_age, groups, cost_kind = 'free', accessibility = 'yes', volunteering, venue, schedule_kind = 'none',
    languages, topics, codes, places, dates
FROM public.neighbours_indexedoffer WHERE municipality_id = ANY(%s)
"""
_NAMES = ("ids", "towns", "titles", "ends", "published", "min_age", "max_age", "groups", "free", "accessible",
          "volunteering", "venue", "dateless", "languages", "topics", "codes", "places", "dates")  # fmt: skip
# One date of `IndexedOffer.dates`.
_DATE = np.dtype(
    [("first", ">i4"), ("last", ">i4"), ("start", ">i4"), ("end", ">i4"), ("starts", ">f8"), ("ends", ">f8")]
)
# Between the parts of a target group's key; before an entry of the shared catalogue.
_TAB, _CODE = "\t", "\n"


def topic_key(name: str) -> str:
    """What topics of one name have in common, however they are written."""
    return name_key(name).partition("\x01")[0]


def group_key(name: str, low: int | None, high: int | None) -> str:
    """A target group by its name and the ages its municipality gave it."""
    return _TAB.join((topic_key(name), "" if low is None else str(low), "" if high is None else str(high)))


def code_key(code: str) -> str:
    """An entry of the shared catalogue, as no name is written."""
    return f"{_CODE}{code}"


def columns_of(towns: Collection[int]) -> Columns:
    """The columns of these municipalities, as of now."""
    wanted = sorted(towns)
    name = f"search.around.{','.join(map(str, wanted))}"
    return followed(
        name,
        lambda: load(wanted),
        lambda old, changed: keep_up(old, changed, wanted),
        rooms=ROOMS,
        shared=True,
    )


def keep_up(old: Columns, changed: Mapping[str, Changed], towns: Sequence[int]) -> Columns | None:
    """The columns after some changes; None where all is to be read anew."""
    touched = changed.get("neighbours", frozenset())
    if touched is None or worn(old) or len(touched) > max(FEW, old.size // PART):
        return None
    if not touched:
        return old
    fresh = load(towns, sorted(touched))
    if not fresh.size and not (old.rows_of(np.array(sorted(touched), np.int64)) >= 0).any():
        # Offers of others.
        return old
    return replace(spliced(old, fresh, sorted(touched)), group_ages=old.group_ages | fresh.group_ages)


def load(towns: Sequence[int], only: Sequence[int] | None = None) -> Columns:
    """Read them, or those of some offers; one statement."""
    given: list[list[int]] = [list(towns), *([] if only is None else [list(only)])]
    narrowed = "" if only is None else "AND id = ANY(%s) "
    with connection.cursor() as cursor:
        cursor.execute(f"{_ROWS} {narrowed}ORDER BY title_key, id", given)
        rows = cursor.fetchall()
    column: dict[str, Sequence[Any]] = (
        dict(zip(_NAMES, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(_NAMES, ())
    )
    ids, size = np.array(column["ids"], np.int64), len(rows)
    order = np.argsort(ids, kind="stable")
    topics = _topics(column["topics"], column["codes"], size)
    groups, ages = _groups(column["groups"], size)
    nothing = Links.of(np.zeros(0, np.int64), np.array([], str), size)
    return Columns(
        ids=small(ids),
        sorted_ids=small(ids[order]),
        id_order=small(order),
        titles=Texts(column["titles"]),
        providers=small(column["towns"]),
        ends=np.array([np.inf if end is None else end for end in column["ends"]], np.float64),
        published=np.array([moment or 0 for moment in column["published"]], np.float64),
        min_age=_ages(column["min_age"]),
        max_age=_ages(column["max_age"]),
        free=np.array(column["free"], bool),
        accessible=np.array(column["accessible"], bool),
        volunteering=np.array(column["volunteering"], bool),
        anywhere=np.array([venue in REMOTE for venue in column["venue"]], bool),
        dateless=np.array(column["dateless"], bool),
        topics=topics,
        categories=topics,
        leading=small(np.zeros(size, np.int64)),
        target_groups=groups,
        group_ages=ages,
        districts=nothing,
        languages=_links([codes or ["de"] for codes in column["languages"]], size),
        extras=nothing,
        places=_places(column["places"]),
        dates=_dates(column["dates"]),
        tree=(),
        middles={},
    )


def _ages(ages: Sequence[int | None]) -> Whole:
    return small(-1 if age is None else age for age in ages)


def _links(keys: Sequence[Collection[str]], size: int) -> Links:
    pairs = [(row, one) for row, several in enumerate(keys) for one in several]
    return Links.of(np.array([row for row, _key in pairs], np.int64), np.array([one for _row, one in pairs], str), size)


def _topics(names: Sequence[list[str]], codes: Sequence[list[str]], size: int) -> Links:
    known = {name: topic_key(name) for several in names for name in several}
    keys = [
        [*(known[name] for name in several), *map(code_key, marked)]
        for several, marked in zip(names, codes, strict=True)
    ]
    return _links(keys, size)


def _groups(groups: Sequence[str], size: int) -> tuple[Links, dict[Any, tuple[int | None, int | None]]]:
    # The same few combinations come again and again.
    known = {several: json.loads(several) for several in set(groups)}
    ages = {group_key(*one[:3]): (one[1], one[2]) for read in known.values() for one in read}
    keys = {
        several: [*(group_key(*one[:3]) for one in read), *(code_key(one[3]) for one in read if one[3])]
        for several, read in known.items()
    }
    return _links([keys[several] for several in groups], size), ages


def _places(places: Sequence[str]) -> Places:
    found = [(row, *place) for row, several in enumerate(places) for place in json.loads(several)]
    columns: Sequence[tuple[Any, ...]] = list(zip(*found, strict=True)) if found else [()] * 8
    rows, lat, lon, exact, codes, towns, _districts, _names = columns
    return places_at(rows, (lat, lon), exact, codes, towns)


def _dates(dates: Sequence[Any]) -> AllDates:
    """They lie by row, then by end, as in the index; those that are over are left out."""
    packed = [bytes(each) for each in dates]
    all_of_them = np.frombuffer(b"".join(packed), _DATE)
    rows = np.repeat(np.arange(len(packed)), np.array([len(each) // _DATE.itemsize for each in packed], np.int64))
    coming = all_of_them["ends"] >= timezone.now().timestamp()
    kept, rows = all_of_them[coming], rows[coming]
    first, last, start, end = (kept[name].astype(np.int64) for name in ("first", "last", "start", "end"))
    starts, ends = (kept[name].astype(np.float64) for name in ("starts", "ends"))
    return AllDates.of(rows, first, last, start, end, starts, ends)
