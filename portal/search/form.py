"""What the filter form of the search offers: choices with their ticks, and shortcuts to days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.db.models.expressions import Func
from django.utils.translation import gettext as _

from portal.offers.languages import language_name
from portal.offers.models import Offer
from portal.search.parameters import SearchQuery
from portal.search.words import weekday_names
from portal.taxonomy.tree import Node, Tree

RADII_KM = (2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Option:
    """A tick box; `children` are shown below it, `opened` when one of them is ticked."""

    value: str
    label: str
    checked: bool
    count: int | None
    children: "tuple[Option, ...]" = ()

    @property
    def opened(self) -> bool:
        return any(child.checked or child.opened for child in self.children)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A link that chooses a span of days."""

    label: str
    url: str
    current: bool


def category_options(tree: Tree, chosen: Iterable[int], offers_in: dict[int, set[int]]) -> list[Option]:
    """The tree as tick boxes; categories in which the search finds nothing are left out unless ticked."""
    ticked = set(chosen)
    options = [_category_option(root, ticked, offers_in) for root in tree.roots]
    return [option for option in options if option is not None]


def _category_option(node: Node, ticked: set[int], offers_in: dict[int, set[int]]) -> Option | None:
    children = [_category_option(child, ticked, offers_in) for child in node.children]
    kept = tuple(child for child in children if child is not None)
    count = len(set().union(*(offers_in.get(each.id, set()) for each in node.walk())))
    if not count and not kept and node.id not in ticked:
        return None
    return Option(str(node.id), node.name, node.id in ticked, count, kept)


def offers_by_category(offers: QuerySet[Offer]) -> dict[int, set[int]]:
    """The ids of these offers by category, two queries: as one with a subquery, PostgreSQL sometimes asks the whole
    search again for every link."""
    ids = list(offers.order_by().values_list("pk", flat=True))
    links = Offer.categories.through.objects.filter(offer__in=ids)
    found: dict[int, set[int]] = {}
    for category, offer in links.values_list("category_id", "offer_id"):
        found.setdefault(category, set()).add(offer)
    return found


def named_options(names: dict[int, str], chosen: Iterable[int]) -> list[Option]:
    """Rows with an id as tick boxes."""
    ticked = set(chosen)
    return [Option(str(key), name, key in ticked, None) for key, name in names.items()]


def weekday_options(chosen: Iterable[str]) -> list[Option]:
    """The seven days as tick boxes."""
    ticked = set(chosen)
    return [Option(key, name, key in ticked, None) for key, name in weekday_names().items()]


def flag_options(query: SearchQuery) -> list[tuple[str, str, bool]]:
    """The yes-or-no filters: name in the address, label, ticked."""
    return [
        ("kostenfrei", _("free of charge"), query.free),
        ("barrierefrei", _("barrier-free"), query.accessible),
        ("online", _("can be joined online"), query.online),
        ("engagement", _("volunteering possible"), query.volunteering),
    ]


def language_options(query: SearchQuery) -> list[Option]:
    """Languages that current offers are held in, by name; one query."""
    codes = set(
        Offer.objects.current()
        .order_by()
        .annotate(code=Func(F("languages"), function="unnest"))
        .values_list("code", flat=True)
        .distinct()
    ) | {"de", query.language}
    options = [Option(code, language_name(code), code == query.language, None) for code in codes if code]
    return sorted(options, key=lambda option: option.label)


def radius_options(query: SearchQuery, usual: int) -> list[Option]:
    """Distances to choose from, the given one among them."""
    chosen = query.radius or usual
    return [
        Option(str(km), _("%(km)d km around") % {"km": km}, km == chosen, None) for km in sorted({*RADII_KM, chosen})
    ]


def shortcuts(query: SearchQuery, *, today: date) -> list[Shortcut]:
    """Today, tomorrow, the coming weekend, the next seven days."""
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    if today.weekday() == 6:
        saturday = today - timedelta(days=1)
    spans = (
        (_("today"), today, today),
        (_("tomorrow"), today + timedelta(days=1), today + timedelta(days=1)),
        (_("at the weekend"), max(saturday, today), saturday + timedelta(days=1)),
        (_("next seven days"), today, today + timedelta(days=6)),
    )
    return [
        Shortcut(
            label,
            f"?{query.link(from_date=first, to_date=last)}",
            current=(query.from_date, query.to_date) == (first, last),
        )
        for label, first, last in spans
    ]
