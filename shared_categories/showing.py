"""What the operator's pages of the catalogue share: their frame, the trail, and the tree line by line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.ordering import name_key
from shared_categories.kinds import HERE, PAGES
from shared_categories.models import Entry, Kind
from shared_categories.uses import Usage

_TABS = ("catalogue:list", "catalogue:releases", "catalogue:compare", "catalogue:statistics")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in the tree. After it `ends` levels end; `opens` says that what follows stands below it."""

    entry: Entry
    usage: Usage
    first: bool
    last: bool
    opens: bool
    ends: range

    @property
    def icon(self) -> str:
        """Its own sign, or that of what stands above it."""
        entry: Entry | None = self.entry
        while entry is not None and not entry.icon:
            entry = entry.parent
        return entry.icon if entry is not None else "list"


def lines(entries: Iterable[Entry], usage: Mapping[str, Usage]) -> list[Line]:
    """The entries of one kind as a tree, each level in its order. What stands below none of them stands at the top."""
    rows = {entry.pk: entry for entry in entries}
    below: dict[int | None, list[Entry]] = {}
    for entry in sorted(rows.values(), key=lambda each: (each.position, name_key(each.name), each.pk)):
        if entry.parent_id in rows:
            entry.parent = rows[entry.parent_id]
        below.setdefault(entry.parent_id if entry.parent_id in rows else None, []).append(entry)
    return list(_walk(below, below.get(None, []), usage, 0))


def _walk(
    below: Mapping[int | None, list[Entry]], level: Sequence[Entry], usage: Mapping[str, Usage], ends: int
) -> Iterator[Line]:
    for place, entry in enumerate(level):
        children = below.get(entry.pk, [])
        last = place == len(level) - 1
        closing = ends if last else 0
        yield Line(
            entry,
            usage.get(entry.code, Usage()),
            place == 0,
            last,
            bool(children),
            range(0 if children else closing),
        )
        yield from _walk(below, children, usage, closing + 1)


def trail_of(entry: Entry) -> list[Entry]:
    """What stands above an entry, from the top."""
    above = entry.parent
    return [*trail_of(above), above] if above is not None else []


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    tab: str = "catalogue:list",
    crumbs: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """A page of the room; its template extends `catalogue/frame.html`. Of the crumbs the last has no address."""
    start = [(_("Operations"), "/betrieb/"), (_("Catalogue"), HERE if crumbs else "")]
    shared = {
        "tabs": [{"label": _label(each), "url": reverse(each), "current": each == tab} for each in _TABS],
        "crumbs": [{"label": label, "url": url} for label, url in [*start, *crumbs]],
    }
    return render(request, template, {**shared, **context}, status=status)


def _label(tab: str) -> str:
    return {
        "catalogue:list": _("Entries"),
        "catalogue:releases": pgettext("of the catalogue", "Releases"),
        "catalogue:compare": _("Compare"),
        "catalogue:statistics": _("Statistics"),
    }[tab]


def kind_tabs(current: Kind | None, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The kinds beside one another, with how many entries there are of each."""
    return [
        {"label": page.title, "url": page.url, "current": kind == current, "count": counts.get(kind, 0)}
        for kind, page in PAGES.items()
    ]


def crumb_of(entry: Entry, *more: str) -> list[tuple[str, str]]:
    """The way to a page of an entry."""
    kind = PAGES[Kind(entry.kind)]
    way = [*([] if kind.kind == Kind.CATEGORY else [(str(kind.title), kind.url)])]
    return [*way, (entry.name, f"{HERE}{entry.code}/" if more else ""), *((each, "") for each in more)]
