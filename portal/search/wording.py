"""How a search is told to the person who made it: removable chips, ignored values, orders, names of languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.offer_fields.answers import in_words
from portal.offer_fields.models import Kind
from portal.offer_fields.reading import Extra
from portal.offers.languages import language_name
from portal.preferences.models import Preferences
from portal.search.parameters import Ignored, SearchQuery, Sort
from portal.search.places import Area
from portal.taxonomy.tree import Tree

WEEKDAY_KEYS = ("mo", "di", "mi", "do", "fr", "sa", "so")


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter with the link that takes it away."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the chosen ids are called."""

    tree: Tree
    target_groups: dict[int, str]
    districts: dict[int, str]
    # Target groups and districts that nobody is asked to choose any more.
    retired_groups: frozenset[int] = frozenset()
    retired_districts: frozenset[int] = frozenset()
    # The municipality's own details that are filters.
    extras: tuple[Extra, ...] = ()
    # Municipalities whose offers are shown here.
    towns: Mapping[int, str] = field(default_factory=dict)

    @property
    def answers(self) -> dict[str, str]:
        """What each answer of those is called, by its token."""
        return {token: name for each in self.extras for token, name in answers_of(each).items()}


def answers_of(extra: Extra) -> dict[str, str]:
    """The answers one can search by, by their tokens; retired ones are still understood."""
    if extra.kind == Kind.YES_NO:
        return {f"{extra.key}-ja": in_words(extra, value=True), f"{extra.key}-nein": in_words(extra, value=False)}
    return {f"{extra.key}-{each.pk}": each.name for each in extra.choices}


def weekday_names() -> dict[str, str]:
    """The weekdays by the names they have in addresses."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return dict(zip(WEEKDAY_KEYS, names, strict=True))


def sort_label(sort: Sort) -> str:
    """An order in words."""
    labels = {
        Sort.NEXT: _("next date"),
        Sort.NEW: _("newest"),
        Sort.RELEVANCE: _("best match"),
        Sort.DISTANCE: _("distance"),
        Sort.NAME: _("name"),
    }
    return labels[sort]


def offered_sorts(query: SearchQuery, area: Area | None) -> list[Sort]:
    """The orders that mean something for this search."""
    sorts = [Sort.NEXT, Sort.NEW, Sort.NAME]
    if query.text:
        sorts.insert(0, Sort.RELEVANCE)
    if area is not None:
        sorts.insert(1, Sort.DISTANCE)
    return sorts


def other_places(query: SearchQuery, area: Area | None) -> list[dict[str, str]]:
    """The same search around the other places that may be meant."""
    return [
        {"label": choice.label, "url": f"?{query.link(place=choice.words)}"} for choice in (area.others if area else ())
    ]


def ignored_words(ignored: list[Ignored], names: Preferences) -> list[str]:
    """A sentence for each value that was left out; many are summed up."""
    labels = parameter_labels(names)
    shown = [
        _("“%(value)s” (%(parameter)s)")
        % {"value": each.short_value, "parameter": labels.get(each.name, Ignored("", each.name).short_value)}
        for each in ignored[:5]
    ]
    if len(ignored) > len(shown):
        shown.append(_("and %(number)d more") % {"number": len(ignored) - len(shown)})
    return shown


def kind_labels(names: Preferences) -> dict[str, str]:
    """What the kinds of suggestions are called."""
    return {
        "category": _("Topic"),
        "group": _("Target group"),
        "district": names.district_name,
        "place": _("Place"),
        "provider": names.provider_name,
        "offer": names.offer_name,
    }


def parameter_labels(names: Preferences) -> dict[str, str]:
    """What the parameters are called on the page."""
    return {
        "q": _("search text"),
        "kategorie": _("topic"),
        "zielgruppe": _("target group"),
        "ortsteil": names.district_name,
        "ort": _("place not known here"),
        "umkreis": _("radius, needs a place"),
        "von": _("first day"),
        "bis": _("last day"),
        "wochentag": _("weekday"),
        "ab": _("begins at the earliest"),
        "bis_uhr": _("ends at the latest"),
        "alter": _("age"),
        "kostenfrei": _("free of charge"),
        "barrierefrei": _("barrier-free"),
        "engagement": _("volunteering"),
        "online": _("online"),
        "sprache_angebot": _("language"),
        "angabe": _("detail"),
        "kommune": _("municipality"),
        "ausschnitt": _("part of the map"),
        "woertlich": _("exactly these words"),
        "erwaehnt": _("mentioned in the text, too"),
        "sortierung": _("order"),
        "ansicht": pgettext("of results", "view"),
        "seite": _("page"),
    }


def _day(day: date) -> str:
    return date_format(day, _("d/m/Y"))


def _clock(moment: time) -> str:
    return time_format(moment, "H:i")


def chips(query: SearchQuery, names: Names) -> list[Chip]:
    """Every chosen filter, in the order of the form."""
    return [Chip(label, f"?{query.link(**change)}") for label, change in _parts(query, names)]


def wish_label(change: Mapping[str, Any], words: str, names: Names) -> str:
    """A filter that some words of the text mean."""
    filters = ", ".join(label for label, _change in _parts(SearchQuery(**change), names))
    return _("%(filters)s (from “%(words)s”)") % {"filters": filters, "words": words}


def _parts(query: SearchQuery, names: Names) -> Iterator[tuple[str, dict[str, object]]]:
    if query.text:
        yield _("“%(text)s”") % {"text": query.text}, {"text": ""}
    yield from _chosen_ids(query, names)
    if query.place:
        radius = f" + {query.radius} km" if query.radius else ""
        yield f"{query.place}{radius}", {"place": "", "radius": None, "sort": None}
    if query.section:
        yield _("part of the map"), {"section": ""}
    yield from _chosen_dates(query)
    if query.age is not None:
        yield _("Age %(age)d") % {"age": query.age}, {"age": None}
    flags = {
        "free": _("free of charge"),
        "accessible": _("barrier-free"),
        "volunteering": _("volunteering possible"),
        "online": _("online"),
        "literal": _("exactly these words"),
        "mentions": _("mentioned in the text, too"),
    }
    for name, label in flags.items():
        if getattr(query, name):
            yield label, {name: False}
    if query.language:
        yield language_name(query.language), {"language": ""}
    yield from _chosen_extras(query, names)


def _chosen_extras(query: SearchQuery, names: Names) -> Iterator[tuple[str, dict[str, object]]]:
    for extra in names.extras:
        labels = answers_of(extra)
        for token in query.extras:
            if token in labels:
                rest = tuple(other for other in query.extras if other != token)
                yield f"{extra.name}: {labels[token]}", {"extras": rest}


def _chosen_ids(query: SearchQuery, names: Names) -> Iterator[tuple[str, dict[str, object]]]:
    known = {
        "categories": {node.id: node.said for node in names.tree},
        "target_groups": names.target_groups,
        "districts": names.districts,
        "towns": names.towns,
    }
    for name, labels in known.items():
        chosen = getattr(query, name)
        for one in chosen:
            yield labels[one], {name: tuple(other for other in chosen if other != one)}


def _chosen_dates(query: SearchQuery) -> Iterator[tuple[str, dict[str, object]]]:
    if query.from_date and query.from_date == query.to_date:
        yield _day(query.from_date), {"from_date": None, "to_date": None}
    else:
        if query.from_date:
            yield _("from %(day)s") % {"day": _day(query.from_date)}, {"from_date": None}
        if query.to_date:
            yield _("until %(day)s") % {"day": _day(query.to_date)}, {"to_date": None}
    labels = weekday_names()
    for day in query.weekdays:
        yield labels[day], {"weekdays": tuple(other for other in query.weekdays if other != day)}
    if query.from_time:
        yield _("from %(time)s (time of day)") % {"time": _clock(query.from_time)}, {"from_time": None}
    if query.to_time:
        yield _("until %(time)s (time of day)") % {"time": _clock(query.to_time)}, {"to_time": None}
