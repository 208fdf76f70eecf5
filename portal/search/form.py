"""What the filter form of the search offers: choices with their ticks and numbers, and shortcuts to days and times."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core.ordering import name_key
from portal.offers.languages import language_name
from portal.preferences.models import Preferences
from portal.search import facets
from portal.search.matching import FLAGS
from portal.search.parameters import SearchQuery
from portal.search.results import Results
from portal.search.wording import Names, answers_of, weekday_names
from portal.taxonomy.tree import Node, Tree

NOON, EVENING = time(12), time(17)
FLAG_NAMES = {"free": "kostenfrei", "accessible": "barrierefrei", "online": "online", "volunteering": "engagement"}


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with the number of offers it would give; `children` are shown below it."""

    value: str
    label: str
    checked: bool
    count: int | None
    children: "tuple[Option, ...]" = ()

    @property
    def number(self) -> str:
        """The count as text: a template would look up how this language groups digits, a hundred times."""
        return "" if self.count is None else str(self.count)

    @property
    def opened(self) -> bool:
        """Whether one of the children is ticked."""
        return any(child.checked or child.opened for child in self.children)

    @property
    def empty(self) -> bool:
        """Whether choosing it would find nothing."""
        return self.count == 0 and not self.checked


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A link that chooses a span of days or a time of day."""

    label: str
    url: str
    current: bool
    count: int


def category_options(tree: Tree, chosen: Iterable[int], counts: Mapping[int, int]) -> list[Option]:
    """The tree as tick boxes; what is retired stands there only while it is ticked."""
    ticked = set(chosen)
    shown = {node.id for node in tree.to_choose(ticked)}
    return [_category_option(root, ticked, counts, shown) for root in tree.roots if root.id in shown]


def _category_option(node: Node, ticked: set[int], counts: Mapping[int, int], shown: set[int]) -> Option:
    below = (child for child in node.children if child.id in shown)
    children = tuple(_category_option(child, ticked, counts, shown) for child in below)
    return Option(str(node.id), node.said, node.id in ticked, counts.get(node.id, 0), children)


def named_options(
    names: Mapping[Any, str], chosen: Iterable[Any], counts: Mapping[Any, int], retired: Collection[Any] = ()
) -> list[Option]:
    """Things with a name as tick boxes; what is retired stands there only while it is ticked."""
    ticked = set(chosen)
    shown = ((key, name) for key, name in names.items() if key in ticked or key not in retired)
    return [Option(str(key), name, key in ticked, counts.get(key, 0)) for key, name in shown]


def flag_options(results: Results, offered: Iterable[str]) -> list[tuple[str, Option]]:
    """The yes-or-no filters by their name in the address: those that are offered here, and what is chosen already."""
    counts, query = facets.flags(results, FLAGS), results.search.query
    labels = {
        "free": _("free of charge"),
        "accessible": _("barrier-free"),
        "online": _("can be joined online"),
        "volunteering": _("volunteering possible"),
    }
    return [
        (FLAG_NAMES[name], Option("1", label, getattr(query, name), counts[name]))
        for name, label in labels.items()
        if name in offered or getattr(query, name)
    ]


def language_options(results: Results) -> list[Option]:
    """Languages that offers are held in, by name."""
    chosen, counts = results.search.query.language, facets.languages(results)
    codes = {code for code in (*results.columns.languages.keys, "de", chosen) if code}
    options = [Option(code, language_name(code), code == chosen, counts.get(code, 0)) for code in codes]
    return sorted(options, key=lambda option: name_key(option.label))


def radius_options(results: Results, rules: Preferences) -> list[Option]:
    """Distances to choose from, the given one among them; with numbers once a place is chosen."""
    query = results.search.query
    chosen = query.radius or rules.usual_radius
    offered = sorted({*rules.radius_steps, chosen})
    counts = facets.radii(results, offered)
    return [Option(str(km), _("%(km)d km around") % {"km": km}, km == chosen, counts.get(km)) for km in offered]


def day_shortcuts(results: Results) -> list[Shortcut]:
    """Today, tomorrow, the coming weekend, the next seven days; the chosen one leads back to any day."""
    query, today = results.search.query, results.search.today
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    if today.weekday() == 6:
        saturday = today - timedelta(days=1)
    spans: list[tuple[str, date, date]] = [
        (_("today"), today, today),
        (_("tomorrow"), today + timedelta(days=1), today + timedelta(days=1)),
        (_("at the weekend"), max(saturday, today), saturday + timedelta(days=1)),
        (_("next seven days"), today, today + timedelta(days=6)),
    ]
    counts = facets.spans(results, [(first, last) for _label, first, last in spans])
    found = []
    for (label, first, last), count in zip(spans, counts, strict=True):
        current = (query.from_date, query.to_date) == (first, last)
        change = {"from_date": None, "to_date": None} if current else {"from_date": first, "to_date": last}
        found.append(Shortcut(label, f"?{query.link(**change)}", current, count))
    return found


def time_shortcuts(results: Results) -> list[Shortcut]:
    """In the morning, in the afternoon, in the evening; the chosen one leads back to any time."""
    query = results.search.query
    windows: list[tuple[str, time | None, time | None]] = [
        (_("in the morning"), None, NOON),
        (_("in the afternoon"), NOON, EVENING),
        (_("in the evening"), EVENING, None),
    ]
    counts = facets.times(results, [(first, last) for _label, first, last in windows])
    found = []
    for (label, first, last), count in zip(windows, counts, strict=True):
        current = (query.from_time, query.to_time) == (first, last)
        change = {"from_time": None, "to_time": None} if current else {"from_time": first, "to_time": last}
        found.append(Shortcut(label, f"?{query.link(**change)}", current, count))
    return found


def extra_options(results: Results, labels: Names) -> list[tuple[str, list[Option]]]:
    """The municipality's own details that are filters: name and answers; retired ones only while they are chosen or
    found."""
    found, chosen = [], set(results.search.query.extras)
    for extra in labels.extras:
        counts, retired = (
            facets.extras(results, extra.key),
            {f"{extra.key}-{each.pk}" for each in extra.choices if each.retired},
        )
        options = [
            Option(token, name, token in chosen, counts.get(token, 0))
            for token, name in answers_of(extra).items()
            if token not in retired or token in chosen or counts.get(token)
        ]
        found.append((extra.name, options))
    return found


def filter_groups(results: Results, labels: Names, rules: Preferences) -> dict[str, Any]:
    """Every group of the filter form by its name in the template."""
    query = results.search.query
    return {
        "categories": category_options(labels.tree, query.categories, facets.categories(results)),
        "target_groups": named_options(
            labels.target_groups, query.target_groups, facets.target_groups(results), labels.retired_groups
        ),
        "weekdays": named_options(weekday_names(), query.weekdays, facets.weekdays(results)),
        "flags": flag_options(results, rules.search_flags),
        "languages": language_options(results),
        "extras": extra_options(results, labels),
        "days": day_shortcuts(results),
        "times": time_shortcuts(results),
    }


def shown_groups(query: SearchQuery, offered: Iterable[str]) -> list[str]:
    """The templates of the groups of filters in the municipality's order; after them those by which a link that
    somebody kept narrows the search, though they are offered no more."""
    narrowed = {
        "topic": query.categories,
        "when": query.asks_for_dates,
        "whom": query.age is not None or query.target_groups,
        "place": query.districts or query.place,
        "matters": any(getattr(query, name) for name in FLAG_NAMES),
        "language": query.language,
    }
    shown = [*offered, *(name for name in narrowed if narrowed[name])]
    usual = [name for name in dict.fromkeys(shown) if name in narrowed]
    # The municipality's own come last; whether each is a filter is said where it is made.
    return [f"search/filters/{name}.html" for name in [*usual, "extras"]]


def numbers(groups: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """The numbers of all options by name and value, for the script that keeps the form up to date."""
    named = {
        "kategorie": [each for root in groups["categories"] for each in _walk(root)],
        "zielgruppe": groups["target_groups"],
        "ortsteil": groups["districts"],
        "kommune": groups.get("towns", []),
        "wochentag": groups["weekdays"],
        "sprache_angebot": groups["languages"],
        "angabe": [option for _name, options in groups["extras"] for option in options],
        **{name: [option] for name, option in groups["flags"]},
    }
    return {
        name: {option.value: option.count for option in options if option.count is not None}
        for name, options in named.items()
    }


def _walk(option: Option) -> Iterable[Option]:
    yield option
    for child in option.children:
        yield from _walk(child)
