"""The figures of demand: each one function, which pages, files and tiles ask."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from core.ordering import name_key
from portal.listing.spec import Cell
from portal.planning.asking import Asked
from portal.planning.demand.alike import MOST_TERMS, groups_of
from portal.planning.demand.names import Values, filter_label, names_of_districts
from portal.planning.demand.rows import Lines, Row, changed, least
from portal.planning.demand.times import told_of
from portal.search.facets import categories as offers_by_topic
from portal.search.facets import districts as offers_by_district
from portal.search.matching import Search
from portal.search.parameters import SearchQuery
from portal.search.results import Results, answer
from portal.taxonomy.aliases import moved
from portal.taxonomy.models import Category, District, TargetGroup
from portal.taxonomy.tree import Node, Tree, load_tree
from portal.usage.few import anything_told, told, told_each, told_most
from portal.usage.models import CONTACTS, Act

SEARCH = "/angebote/?"
TOGETHER = "kategorie+ortsteil"
ACTS = (Act.BOOKMARK, Act.CALENDAR, Act.ROUTE, Act.SHARE)
_WORDS = ("term", "term0")
_KINDS = (
    "topic", "topic0", "filter", "filter0", "views", "act",
    "views.topic", "contacts.topic", "views.district", "contacts.district",
)  # fmt: skip
# What is told of each month: all together, and each way to whoever offers something.
_OVER_TIME = ("filter", "filter0", "views", "act")
MOST_PAIRS = 60

Numbers = dict[str, dict[str, int]]


class Demand:
    """What was sought in the time asked for. Words are read apart from all else, and only where they are shown: of
    each time one statement for them, and one for the rest."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.time = told_of(asked.period)

    @classmethod
    def of(cls, asked: Asked) -> "Demand":
        """The one of a page: its parts read it once."""
        found: Demand = asked.kept.setdefault("demand", None) or cls(asked)
        asked.kept["demand"] = found
        return found

    @cached_property
    def now(self) -> Numbers:
        """By kind, then by which one; without words."""
        return _today(told(_KINDS, self.time.stretches))

    @cached_property
    def before(self) -> Numbers | None:
        """The same of the time before; None where it cannot be told."""
        before = self.time.before
        return None if before is None else _today(told(_KINDS, before.stretches))

    def _before(self, kind: str) -> dict[str, int] | None:
        """None also where nothing of the kind can be told: most likely it was not counted yet."""
        return (self.before or {}).get(kind) or None

    @cached_property
    def terms(self) -> Numbers:
        """The words searched most, and those without a result most often; of each both numbers."""
        return told_most(_WORDS, self.time.stretches, MOST_TERMS)

    def _terms_before(self, kind: str) -> dict[str, int] | None:
        """The same words in the time before; None as with `_before`."""
        before = self.time.before
        if before is None or not anything_told(kind, before.stretches):
            return None
        return self._told_before.get(kind, {})

    @cached_property
    def _told_before(self) -> Numbers:
        before = self.time.before
        words = {term for kind in self.terms.values() for term in kind}
        return told(_WORDS, before.stretches, which=words) if before else {}

    @cached_property
    def everything(self) -> Results:
        """All offers of today."""
        return answer(Search(SearchQuery(), self.tree, None, timezone.now()))

    @cached_property
    def tree(self) -> Tree:
        return load_tree()

    def whole(self, kind: str, which: str = "") -> tuple[int, int | None]:
        """A number of the time, and of the time before."""
        before = self._before(kind)
        return self.now[kind].get(which, 0), None if before is None else before.get(which, 0)

    def _told(self, first: int | None, change: Cell, others: Iterable[int | None]) -> list[Cell]:
        """The numbers of a line that stands there anyway. Too few to be told is something else than no time at all of
        which anything could be told: then nobody knows."""
        if self.time.is_empty:
            return [None for _number in (first, change, *others)]
        return [least(first), change, *map(least, others)]

    def contacts(self) -> tuple[int, int | None]:
        """All ways together."""
        ways = [self.whole("act", act) for act in CONTACTS]
        before = None if self._before("act") is None else sum(number or 0 for _now, number in ways)
        return sum(number for number, _before in ways), before

    def words(self) -> Lines:
        """Words searched, those searched most first."""
        numbers, nothing, before = self.terms["term"], self.terms["term0"], self._terms_before("term")
        rows = []
        for group in groups_of(numbers):
            count = sum(numbers[term] for term in group.terms)
            change = changed(count, before, group.terms)
            empty = sum(nothing.get(term, 0) for term in group.terms)
            rows.append(Row(group.name, [count, change, least(empty)], _searched(q=group.name), group.others))
        return Lines([_("Words"), _("Searches"), _("Beside before"), _("Without a result")], rows)

    def missing_words(self) -> Lines:
        """Words whose search found nothing, those with most first."""
        numbers, nothing, before = self.terms["term"], self.terms["term0"], self._terms_before("term0")
        rows = []
        for group in groups_of(nothing):
            count = sum(nothing[term] for term in group.terms)
            change = changed(count, before, group.terms)
            searches = sum(numbers.get(term, 0) for term in group.terms)
            rows.append(Row(group.name, [count, change, least(searches)], _searched(q=group.name), group.others))
        return Lines([_("Words"), _("Without a result"), _("Beside before"), _("Searches")], rows)

    def topics(self) -> Lines:
        """All topics that are offered or were sought, as they stand in the tree, each with everything below it."""
        offers = offers_by_topic(self.everything)
        kinds = ("topic", "topic0", "views.topic", "contacts.topic")
        rows = []
        for node in self.tree:
            keys = [str(each.id) for each in node.walk()]
            # Sums of what may be told tell no more than that.
            found = [sum(self.now[kind].get(key, 0) for key in keys) for kind in kinds]
            if not node.offered and not any(found):
                continue
            change = changed(found[0], self._before("topic"), keys)
            cells = [*self._told(found[0], change, found[1:]), offers.get(node.id, 0)]
            rows.append(Row(node.name, cells, _searched(kategorie=str(node.id)), depth=node.depth))
        return Lines([_("Topic"), *_heads()], rows)

    def districts(self) -> Lines:
        """All districts by name."""
        names = names_of_districts()
        offers = offers_by_district(self.everything, names)
        rows = []
        for pk, name in names.items():
            key = f"ortsteil={pk}"
            count = self.now["filter"].get(key)
            change = changed(count or 0, self._before("filter"), [key])
            others = (self.now["filter0"].get(key), *(self.now[f"{kind}.district"].get(str(pk)) for kind in _USED))
            cells = [*self._told(count, change, others), offers.get(pk, 0)]
            rows.append(Row(name, cells, _searched(ortsteil=str(pk))))
        return Lines([_("District"), *_heads()], rows)

    def by_district(self, category: int) -> dict[int, float]:
        """Searches that chose a district, by its number; with a topic those that chose this one or one below it, too.
        One that may not be told is missing."""
        topics = {each.id for each in self.tree.nodes[category].walk()} if category in self.tree.nodes else set()
        found: Counter[int] = Counter()
        for key, number in self.now["filter"].items():
            name, _sign, value = key.partition("=")
            if value and name == ("ortsteil" if not category else TOGETHER):
                *topic, district = map(int, value.split(":"))
                if not topic or topic[0] in topics:
                    found[district] += number
        return {district: float(number) for district, number in found.items()}

    def missing_topics(self) -> Lines:
        """Topics and districts for which nothing was found, those with most first, with what there is today."""
        rows = [*self._missing_topics(), *self._missing_districts()]
        rows.sort(key=lambda row: (-int(str(row.cells[0])), name_key(row.label)))
        return Lines([_("Topic or district"), _("Without a result"), _("Searches"), _("Offers today")], rows)

    def _missing_topics(self) -> Iterator[Row]:
        offers = offers_by_topic(self.everything)
        for key, count in self.now["topic0"].items():
            if node := self.tree.nodes.get(int(key)):
                cells = [count, least(self.now["topic"].get(key)), offers.get(node.id, 0)]
                yield Row(_trail(node), cells, _searched(kategorie=key))

    def _missing_districts(self) -> Iterator[Row]:
        names = names_of_districts()
        offers = offers_by_district(self.everything, names)
        for key, count in self.now["filter0"].items():
            name, _sign, value = key.partition("=")
            if name == "ortsteil" and value and int(value) in names:
                cells = [count, least(self.now["filter"].get(key)), offers.get(int(value), 0)]
                yield Row(names[int(value)], cells, _searched(ortsteil=value))

    def pairs(self) -> Lines:
        """A topic in a district: where both were chosen, how often nothing was found, and what there is today."""
        names = names_of_districts()
        rows: list[Row] = []
        found = sorted(self.now["filter"].items(), key=lambda pair: (-self.now["filter0"].get(pair[0], 0), -pair[1]))
        for key, count in found:
            name, _sign, value = key.partition("=")
            if name != TOGETHER or not value or len(rows) >= MOST_PAIRS:
                continue
            topic, district = map(int, value.split(":"))
            if topic in self.tree.nodes and district in names:
                query = SearchQuery(categories=(topic,), districts=(district,))
                offers = answer(Search(query, self.tree, None, timezone.now())).total
                label = _("%(topic)s in %(district)s") % {
                    "topic": self.tree.nodes[topic].name, "district": names[district]
                }  # fmt: skip
                rows.append(Row(label, [least(self.now["filter0"].get(key)), count, offers], SEARCH + query.link()))
        return Lines([_("Topic and district"), _("Without a result"), _("Searches"), _("Offers today")], rows)

    def filters(self) -> Lines:
        """Each filter, below it its values; those used most first."""
        numbers, nothing = self.now["filter"], self.now["filter0"]
        used = sorted((key for key in numbers if key and "=" not in key), key=lambda key: (-numbers[key], key))
        rows: list[Row] = []
        called = Values()
        for name in used:
            values = sorted(
                (key for key in numbers if key.startswith(f"{name}=")), key=lambda key: (-numbers[key], key)
            )
            for key in (name, *values):
                label = filter_label(name) if key == name else called.label(name, key.partition("=")[2])
                if label:
                    change = changed(numbers[key], self._before("filter"), [key])
                    cells = [numbers[key], change, least(nothing.get(key))]
                    rows.append(Row(label, cells, depth=int(key != name)))
        return Lines([_("Filter"), _("Searches"), _("Beside before"), _("Without a result")], rows)

    def over_time(self) -> Lines:
        """Searches, those without a result, views and contacts of each month."""
        rows = []
        months = self.time.months
        each_month = told_each(_OVER_TIME, [each.stretches for each in months], which=["", *CONTACTS])
        for month, found in zip(months, each_month, strict=True):
            contacts = sum(found["act"].get(act, 0) for act in CONTACTS)
            numbers = [found["filter"].get(""), found["filter0"].get(""), found["views"].get(""), contacts]
            rows.append(Row(month.label, [least(each) for each in numbers]))
        return Lines([_("Month"), _("Searches"), _("Without a result"), _("Views of offers"), _("Contacts")], rows)


_USED = ("views", "contacts")


def _heads() -> Sequence[str]:
    return (
        _("Searches"),
        _("Beside before"),
        _("Without a result"),
        _("Views of offers"),
        _("Contacts"),
        _("Offers today"),
    )


def _searched(**query: str) -> str:
    return SEARCH + urlencode(query)


def _trail(node: Node) -> str:
    return " › ".join(each.name for each in node.trail())


def _today(numbers: Numbers) -> Numbers:
    """What two became one for is counted as that one."""
    topics, districts, groups = moved(Category), moved(District), moved(TargetGroup)
    for kind in ("topic", "topic0", "views.topic", "contacts.topic"):
        numbers[kind] = _summed(numbers[kind], topics)
    for kind in ("views.district", "contacts.district"):
        numbers[kind] = _summed(numbers[kind], districts)
    for kind in ("filter", "filter0"):
        lists = {"ortsteil": [districts], "zielgruppe": [groups], TOGETHER: [topics, districts]}
        numbers[kind] = _filters_today(numbers[kind], lists)
    return numbers


def _summed(numbers: dict[str, int], today: Mapping[int, int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key, number in numbers.items():
        found[str(today.get(int(key), int(key)))] += number
    return dict(found)


def _filters_today(numbers: dict[str, int], lists: Mapping[str, Sequence[Mapping[int, int]]]) -> dict[str, int]:
    """`lists`: of the filters whose values are numbers, former numbers to those of today."""
    found: Counter[str] = Counter()
    for key, number in numbers.items():
        name, _sign, value = key.partition("=")
        if value and name in lists:
            ids = zip(lists[name], map(int, value.split(":")), strict=True)
            found[f"{name}={':'.join(str(ids_today.get(pk, pk)) for ids_today, pk in ids)}"] += number
        else:
            found[key] += number
    return dict(found)
