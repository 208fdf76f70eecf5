"""From the address of a list to what stands on its page. Two statements, however many rows and filters there are.

The first counts rows by all filters at once (`_counted`); from it comes every number on the page: of all rows, of each
option under what else is chosen, of each heading. The second fetches the rows of the page.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.functions import NullIf
from django.http import QueryDict

from core.text import clean_text
from portal.listing.spec import Facet, Listing, Narrowing, Sort

LONGEST_SEARCH = 100
MANY = 10
"""Of so many rows at least one fits: then they are many."""
SEARCH, SORT, PAGE, ALL = "q", "reihenfolge", "seite", "alle"
Chosen = dict[str, list[str]]
Combination = tuple[Any, ...]


Fits = Callable[[Combination], bool]


class Facts(Protocol):
    """What somebody knows of all rows without asking the database."""

    def among(self, rows: QuerySet[Any]) -> "Facts":
        """The same of those rows of it that are among these."""
        ...

    def counted(self) -> Counter[Combination]:
        """How many rows there are of each combination of the facets' values, in the order of the facets."""
        ...

    def page(self, fits: Fits, sort: Sort, at: slice) -> list[Any]:
        """A part of the rows whose combination fits, in an order, with everything that showing them needs."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as far as the list knows it."""

    listing: Listing
    words: str
    chosen: Chosen
    sort: Sort
    everything: bool
    narrowed: dict[str, str] = field(default_factory=dict)

    @property
    def is_filtered(self) -> bool:
        """Whether rows may be left out."""
        return bool(self.words) or any(self.chosen.values()) or any(self.narrowed.values())

    @property
    def is_searched(self) -> bool:
        """Whether words or a narrowing leave rows out, and not only boxes that are ticked."""
        return bool(self.words) or any(self.narrowed.values())

    def query(self, **other: str | list[str]) -> str:
        """The address that asks the same, but for the page; `other` replaces parts, "" leaves them out."""
        sort = "" if self.sort is self.listing.sorts[0] else self.sort.name
        parts = {
            SEARCH: self.words,
            **self.narrowed,
            **self.chosen,
            SORT: sort,
            ALL: "1" if self.everything else "",
            **other,
        }
        return urlencode({name: value for name, value in parts.items() if value}, doseq=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list, as the components `list_*` draw it."""

    asked: Asked
    page: Page[Any]
    total: int
    without_filters: int
    facets: list[dict[str, Any]]
    sorts: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    narrowings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def chips(self) -> list[dict[str, Any]]:
        """What is chosen, each with the address without it."""
        asked, found = self.asked, list[dict[str, Any]]()
        if asked.words:
            found.append({"label": f"„{asked.words}“", "url": f"?{asked.query(**{SEARCH: ''})}"})
        for each in asked.listing.narrowings:
            if value := asked.narrowed[each.name]:
                label = next(option.label for option in each.options if option.value == value)
                found.append({"label": label, "url": f"?{asked.query(**{each.name: ''})}"})
        for facet in asked.listing.facets:
            for option in facet.options:
                if option.value in asked.chosen[facet.name]:
                    rest = [value for value in asked.chosen[facet.name] if value != option.value]
                    found.append({"label": option.label, "url": f"?{asked.query(**{facet.name: rest})}"})
        return found

    @property
    def query(self) -> str:
        """What paging keeps."""
        return self.asked.query()

    @property
    def all_query(self) -> str:
        """The link that ticks every row, on all pages."""
        return self.asked.query(**{ALL: "1"})

    @property
    def none_query(self) -> str:
        """The link that ticks none."""
        return self.asked.query(**{ALL: ""})

    @property
    def export_query(self) -> str:
        """What an export of these rows is asked by."""
        return self.asked.query(**{ALL: ""})

    @property
    def number_chosen(self) -> int:
        """How many boxes are ticked."""
        return sum(map(len, self.asked.chosen.values()))


def understood(listing: Listing, given: QueryDict | Mapping[str, Any]) -> Asked:
    """The address as far as it can be understood; anything else is as if it were not there."""
    data = given if isinstance(given, QueryDict) else QueryDict(urlencode(given, doseq=True))
    words = clean_text(data.get(SEARCH, "").replace("\x00", " "))[:LONGEST_SEARCH].strip() if listing.search else ""
    sort = next((each for each in listing.sorts if each.name == data.get(SORT)), listing.sorts[0])
    chosen = {
        facet.name: [option.value for option in facet.options if option.value in data.getlist(facet.name)]
        for facet in listing.facets
    }
    narrowed = {
        each.name: next((option.value for option in each.options if option.value == data.get(each.name)), "")
        for each in listing.narrowings
    }
    return Asked(listing, words, chosen, sort, data.get(ALL) == "1", narrowed)


def _sought(asked: Asked, rows: QuerySet[Any]) -> QuerySet[Any]:
    search = asked.listing.search
    found = search(rows, asked.words) if search is not None and asked.words else rows
    for each in asked.listing.narrowings:
        if value := asked.narrowed.get(each.name):
            found = each.narrow(found, value)
    return found


def _ticked(asked: Asked) -> Q:
    """What the boxes ask of a row."""
    fits = Q()
    for facet in asked.listing.facets:
        if values := asked.chosen[facet.name]:
            lookup = "overlap" if facet.several else "in"
            fits &= Q(**{f"{facet.key}__{lookup}": values})
    return fits


def filtered(asked: Asked, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All rows that fit, on whatever page."""
    return _sought(asked, rows).filter(_ticked(asked))


def _filtered_most(asked: Asked, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows where many of all fit. What an expression gives PostgreSQL guesses to be one row in a hundred, and
    then reads and sorts all of them instead of going along an index until a page is full; that something is not NULL
    it takes for the rule."""
    fits = ExpressionWrapper(_ticked(asked), output_field=BooleanField())
    found: QuerySet[Any] = _sought(asked, rows).alias(_ticked=NullIf(fits, Value(False)))
    return found.filter(_ticked__isnull=False)


def ordered(asked: Asked, rows: QuerySet[Any]) -> QuerySet[Any]:
    """All rows that fit, in the order asked for, with everything that showing them needs."""
    return _prepared(asked, filtered(asked, rows))


def _prepared(asked: Asked, found: QuerySet[Any]) -> QuerySet[Any]:
    return asked.listing.prepare(found).order_by(*asked.sort.order)


def read(listing: Listing, rows: QuerySet[Any], given: QueryDict, facts: Facts | None = None) -> Shown:
    """The page that an address asks for. `rows` are those this person may see, with the keys of all filters. Of a list
    without headings, `facts` count them and find those of a page, where somebody knows them; then `rows` need no keys.
    """
    asked = understood(listing, given)
    keys, sought = _keys(listing, asked.sort), _sought(asked, rows)
    if facts is not None and asked.is_searched:
        facts = facts.among(sought)
    counted = _counted(sought, keys) if facts is None else facts.counted()
    fits = _Fitting(listing.facets, keys, asked.chosen)
    total = sum(number for found, number in counted.items() if fits(found))
    if facts is None:
        page = _page(asked, rows, total, given.get(PAGE), most=total * MANY > sum(counted.values()))
    else:
        page = _known_page(facts, fits, asked, total, given.get(PAGE))
    return Shown(
        asked=asked,
        page=page,
        total=total,
        without_filters=sum(counted.values()),
        facets=[_facet(facet, counted, fits) for facet in listing.facets],
        sorts=_sorts(asked),
        narrowings=[_narrowing(each, asked.narrowed[each.name]) for each in listing.narrowings],
        groups=_groups(asked.sort, page, {found: n for found, n in counted.items() if fits(found)}, keys),
    )


def _sorts(asked: Asked) -> list[dict[str, Any]]:
    first = asked.listing.sorts[0]
    return [
        {
            "label": each.label,
            "query": asked.query(**{SORT: "" if each is first else each.name}),
            "current": each is asked.sort,
        }
        for each in asked.listing.sorts
    ]


def _known_page(facts: Facts, fits: Fits, asked: Asked, total: int, number: str | None) -> Page[Any]:
    """The rows of one page, by somebody who knows them."""
    page = Paginator(range(total), asked.listing.per_page).get_page(number)
    page.object_list = facts.page(fits, asked.sort, slice(max(page.start_index() - 1, 0), page.end_index()))
    return page


def _page(asked: Asked, rows: QuerySet[Any], total: int, number: str | None, *, most: bool) -> Page[Any]:
    """The rows of one page. Which they are is found by their numbers alone: sorting tens of thousands of whole rows,
    with everything that showing them needs, costs several times as much."""
    found = _filtered_most(asked, rows) if most and any(asked.chosen.values()) else filtered(asked, rows)
    paginator: Paginator[Any] = Paginator(_prepared(asked, found).values("pk"), asked.listing.per_page)
    # Counted already.
    paginator.count = total
    page = paginator.get_page(number)
    whole = _prepared(asked, rows).filter(pk__in=page.object_list)
    page.object_list = list(whole)
    return page


def _keys(listing: Listing, sort: Sort) -> list[str]:
    keys = [facet.key for facet in listing.facets]
    if sort.groups is not None and sort.groups.key not in keys:
        keys.append(sort.groups.key)
    return keys


def _counted(rows: QuerySet[Any], keys: list[str]) -> Counter[Combination]:
    """How many rows there are of each combination of the keys' values."""
    if not keys:
        return Counter({(): rows.count()})
    found = rows.order_by().values_list(*keys).annotate(number=Count("pk"))
    counted: Counter[Combination] = Counter()
    for *values, number in found:
        counted[tuple(tuple(each) if isinstance(each, list) else each for each in values)] += number
    return counted


class _Fitting:
    """Whether rows of a combination fit what is chosen; `but` leaves one filter out, to count its options."""

    def __init__(self, facets: Iterable[Facet], keys: list[str], chosen: Chosen) -> None:
        self.facets = tuple(facets)
        self.at = {facet.name: keys.index(facet.key) for facet in self.facets}
        self.wanted = {facet.name: frozenset(chosen[facet.name]) for facet in self.facets}

    def __call__(self, found: Combination, but: Facet | None = None) -> bool:
        return all(
            facet is but or not self.wanted[facet.name] or self.has(facet, found, self.wanted[facet.name])
            for facet in self.facets
        )

    def has(self, facet: Facet, found: Combination, wanted: frozenset[str]) -> bool:
        """Whether such rows have one of these values."""
        value = found[self.at[facet.name]]
        return bool(wanted.intersection(value or ())) if facet.several else str(value) in wanted


def _facet(facet: Facet, counted: Counter[Combination], fits: _Fitting) -> dict[str, Any]:
    rest = {found: number for found, number in counted.items() if fits(found, but=facet)}
    options = [
        {
            "value": option.value,
            "label": option.label,
            "checked": option.value in fits.wanted[facet.name],
            "count": sum(n for found, n in rest.items() if fits.has(facet, found, frozenset([option.value]))),
        }
        for option in facet.options
    ]
    return {"legend": facet.label, "name": facet.name, "options": options}


def _narrowing(each: Narrowing, value: str) -> dict[str, Any]:
    options = [
        {"value": option.value, "label": option.label, "selected": option.value == value} for option in each.options
    ]
    return {"label": each.label, "name": each.name, "options": options}


def _groups(sort: Sort, page: Page[Any], counted: dict[Combination, int], keys: list[str]) -> list[dict[str, Any]]:
    """The rows of the page under their headings; without headings one group that has none."""
    rows = list(page.object_list)
    if sort.groups is None:
        return [{"heading": "", "rows": rows}] if rows else []
    at, groups = keys.index(sort.groups.key), list[dict[str, Any]]()
    for value, heading in sort.groups.headings.items():
        own = [row for row in rows if getattr(row, sort.groups.key) == value]
        if own:
            number = sum(n for found, n in counted.items() if found[at] == value)
            groups.append({"heading": heading(number), "rows": own})
    return groups
