"""Everything a search filters by, of all public offers of a municipality, as columns in memory.

A filter is then a comparison of a column, and a count under other filters a sum: the same few milliseconds for each of
a hundred options, which in SQL would be a hundred queries or one for each group of filters.

What always holds, and what all that reads columns relies on:

- Row n is the n-th public offer in the order of titles (`core.ordering.name_key`, then the id). Every column and mask
  has one place for each row; `places.rows`, `dates.rows` and the `rows` of links point to rows, and to nothing else.
- Public means published by a published provider. Offers that are over are in it until the tables change: the moment of
  the search decides (`ends`), so nothing need be read again when time passes.
- Dates lie by row, then by end; those over when the columns were read are left out.
- Of a protected address nothing is here but the middle of its district.
- Arrays are of numpy, as small as their numbers allow (`packed.small`), shared by all threads, and never changed: what
  comes next shares with what was before what did not change.
- They are never older than the request: whenever a table of `ROOMS` changed, they are brought up to date before they
  are used (`tenants.running.changes.followed`). `weight` is the bytes they take.

How they are brought up to date (`keep_up`): the database tells which offers changed. These are read as all are
(`reading.load_columns`) and put in place of what was there (`splicing`): arrays are copied once at most, as memory is
copied, and only those that differ. Changes that are not an offer's own are put down to the offers they mean: those of a
provider that came or went, those in a district whose middle moved. Another tree of categories is laid over the
offers' own ones again. Where much changed at once, all is read anew. Whatever way was taken, the columns are those a
full reading gives (tests/search/test_keeping_up.py), but for dates that are over.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils import timezone

from core.ordering import name_key
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.search.dates import Numbers
from portal.search.packed import Texts, Whole, small
from portal.search.reading import Ages, Middles, ages_and_middles, leading, load_columns, shape_of, with_those_above
from portal.search.splicing import Splice
from portal.search.table import Columns, Places, firsts, rows_of
from portal.taxonomy.tree import load_tree
from tenants.running.changes import followed
from tenants.running.row_changes import Changed

__all__ = ("ROOMS", "Columns", "Places", "current_columns", "firsts", "keep_up", "load_columns", "rows_of")

ROOMS = ("offers", "providers", "taxonomy")
# So many offers may change in any municipality, and this part of them, before all are read anew.
FEW, PART = 200, 5


def current_columns() -> Columns:
    """The columns of the municipality we are inside, as of now."""
    return followed("search.columns", load_columns, keep_up, rooms=ROOMS)


def keep_up(old: Columns, changed: Mapping[str, Changed]) -> Columns | None:
    """The columns after some changes; None where all is to be read anew."""
    touched = changed.get("offers", frozenset())
    if touched is None or worn(old):
        return None
    if "providers" in changed:
        touched |= _of_other_providers(old)
    ages, middles = ages_and_middles() if "taxonomy" in changed else (old.group_ages, old.middles)
    touched |= _in_moved_districts(old, middles)
    if len(touched) > max(FEW, old.size // PART):
        return None
    columns = spliced(old, load_columns(touched), sorted(touched)) if touched else old
    return _under_today_s_names(columns, ages, middles) if "taxonomy" in changed else columns


def worn(old: Columns) -> bool:
    """Whether more than half is of no use any more: dates that are over, names that nobody has."""
    coming = np.count_nonzero(old.dates.end_after(timezone.now().timestamp()))
    names = len(old.places.town_names) + len(old.places.postcode_names) + old.dates.kinds
    return bool(coming * 2 < len(old.dates.rows)) or names > 2 * (len(old.places.rows) + len(old.dates.rows)) + 1000


def _of_other_providers(old: Columns) -> frozenset[int]:
    """Offers of providers that are public now and were not, or the other way round."""
    public = set(Provider.objects.public().order_by().values_list("pk", flat=True))
    known = set(np.unique(old.providers).tolist())
    gone = old.ids[np.isin(old.providers, list(known - public))].tolist()
    # Of providers that had no public offer, too: nobody knows here whether they were public.
    came = Offer.objects.published().filter(provider__in=public - known).order_by().values_list("pk", flat=True)
    return frozenset((*gone, *came))


def _in_moved_districts(old: Columns, now: Middles) -> frozenset[int]:
    """Protected addresses lie in the middle of their district."""
    moved = {pk for pk in {*now, *old.middles} if now.get(pk) != old.middles.get(pk)}
    return frozenset(old.ids[old.districts.having(moved)].tolist()) if moved else frozenset()


def _under_today_s_names(columns: Columns, ages: Ages, middles: Middles) -> Columns:
    """With the tree, the target groups and the districts of today."""
    tree = load_tree()
    columns = replace(columns, group_ages=ages, middles=middles)
    if shape_of(tree) == columns.tree:
        return columns
    above = with_those_above(columns.topics, tree)
    return replace(columns, categories=above, leading=leading(columns.topics, tree), tree=shape_of(tree))


def spliced(old: Columns, fresh: Columns, touched: list[int]) -> Columns:
    """With these offers as they are now: those of them that are still there, read anew."""
    before = old.rows_of(np.array(touched, np.int64))
    gone = np.sort(before[before >= 0])
    places = places_of(fresh.titles, fresh.ids, old)
    splice = Splice(gone, places, old.size, same_things=np.array_equal(old.ids[gone], fresh.ids))
    ids = splice.rows(old.ids, fresh.ids)
    order = old.id_order if ids is old.ids else small(np.argsort(ids, kind="stable"))
    by_row = ("providers", "ends", "published", "min_age", "max_age", "free", "accessible", "volunteering",
              "anywhere", "dateless", "leading")  # fmt: skip
    others = ("titles", "topics", "categories", "target_groups", "districts", "languages", "extras", "places", "dates")
    new: dict[str, Any] = {name: splice.rows(getattr(old, name), getattr(fresh, name)) for name in by_row}
    new |= {name: getattr(old, name).spliced(getattr(fresh, name), splice) for name in others}
    new |= {"ids": ids, "sorted_ids": old.sorted_ids if ids is old.ids else ids[order], "id_order": order}
    return replace(old, **new)


def places_of(titles: Texts, ids: Whole, old: Columns) -> Numbers:
    """Before which of the old rows each of some offers belongs. They lie in order themselves."""

    def key(row: int) -> tuple[str, int]:
        return name_key(old.titles[row]), int(old.ids[row])

    rows = range(old.size)
    wanted = [(name_key(title), pk) for title, pk in zip(titles, ids.tolist(), strict=True)]
    return np.array([bisect_left(rows, each, key=key) for each in wanted], np.int64)
