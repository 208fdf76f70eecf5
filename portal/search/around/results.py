"""The answer to a search among the offers of other municipalities.

The filters mean what they mean at home, as far as others know them: a topic or target group is the one that is called
so there (one whose name two topics have here says nothing), or that is the same entry of the shared catalogue
(`portal.taxonomy.adoption`). A district or a detail of the municipality's own is nowhere else: who chooses one looks
for nothing outside.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from neighbours.models import IndexedOffer
from neighbours.showing import Shown, Town
from portal.offers.models.offer import offer_path
from portal.search.around.columns import code_key, columns_of, topic_key
from portal.search.asking import Read, Wished, with_filters
from portal.search.columns import Columns
from portal.search.dates import Numbers
from portal.search.links import Mask
from portal.search.matching import Search, masks_of
from portal.search.questions import Question, understand
from portal.search.results import Results
from portal.search.text import Answer, Documents, answers_to
from portal.search.wishes import Wishes
from portal.taxonomy.adoption.loading import codes_of
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import Tree
from shared_categories.models import Kind
from tenants.running.changes import remembered

TABLE = "public.neighbours_indexeddocument"
_NO_QUESTION = Question(())


def documents_of(shown: Shown, theirs: Callable[[Numbers], Mask]) -> Documents:
    """The documents of these municipalities; of nobody where there are none. Where they are most of all, the others'
    are sorted out here: that is less work than to ask of each whose it is."""
    marks = tuple(f"#{town.number}" for town in shown.towns) or ("#0",)
    return Documents(TABLE, () if shown.are_most else marks, theirs)


@dataclass(frozen=True, slots=True)
class Names:
    """What our topics and target groups are known by to others: names, and entries of the shared catalogue. Each of
    them is one of ours."""

    topics: dict[str, int]
    groups: dict[str, int]

    def keys_of(self, topics: Collection[int]) -> frozenset[str]:
        """What these topics of ours are known by."""
        return frozenset(key for key, number in self.topics.items() if number in topics)


def _load_names(tree: Tree) -> Names:
    keys = {node.id: topic_key(node.name) for node in tree}
    several = {name for name, number in Counter(keys.values()).items() if number > 1}
    names = {name: number for number, name in keys.items() if name and name not in several}
    groups = {topic_key(name): pk for pk, name in TargetGroup.objects.values_list("pk", "name")}
    return Names(names | _coded(Kind.CATEGORY, keys), groups | _coded(Kind.TARGET_GROUP, groups.values()))


def _coded(kind: Kind, ours: Collection[int]) -> dict[str, int]:
    return {code_key(code): pk for pk, code in codes_of(kind).items() if pk in ours}


class Among(Results):
    """What a search finds among the offers of some municipalities."""

    at_home = False

    def __init__(self, search: Search, shown: Shown) -> None:
        self.shown = shown
        self.documents = documents_of(shown, self._theirs)
        self.names = remembered("search.around.names", lambda: _load_names(search.tree), rooms=("taxonomy", "adoption"))
        super().__init__(search)

    def _all(self) -> Columns:
        return columns_of(self.shown.kept)

    def _theirs(self, ids: Numbers) -> Mask:
        """Which of these offers are of municipalities that are shown: of others some are kept, too."""
        rows = self.columns.rows_of(ids)
        theirs: Mask = (rows >= 0) & np.isin(self.columns.providers[rows], [town.number for town in self.shown.towns])
        return theirs

    def _masks_of(self, search: Search) -> dict[str, Mask]:
        query = search.query
        plain = replace(search, query=replace(query, categories=(), target_groups=(), districts=(), extras=()))
        masks = masks_of(self.columns, plain) | {"shown": self._from([town.number for town in self.shown.towns])}
        if query.categories:
            masks["categories"] = self.columns.categories.having(self.names.keys_of(query.categories))
        if query.target_groups:
            masks["target_groups"] = self.columns.target_groups.having(
                {each for each, number in self._groups().items() if number in query.target_groups}
            )
        if query.districts or query.extras:
            masks["elsewhere"] = np.zeros(self.columns.size, bool)
        if query.towns:
            masks["towns"] = self._from(query.towns)
        return masks

    def _from(self, towns: Sequence[int]) -> Mask:
        found: Mask = np.isin(self.columns.providers, list(towns))
        return found

    def _groups(self) -> dict[str, int]:
        """Which of ours a key of others is, however old their municipalities say that such people are."""
        ours = self.names.groups
        return {
            each: number
            for each in self.columns.target_groups.keys
            if (number := ours.get(each) or ours.get(group_name(each)))
        }

    def category_counts(self, mask: Mask) -> dict[int, int]:
        return self.columns.categories.counts_as(mask, self.names.topics)

    def group_counts(self, mask: Mask) -> dict[int, int]:
        return self.columns.target_groups.counts_as(mask, self._groups())

    def town_counts(self) -> dict[int, int]:
        """How many offers each municipality has under all other filters."""
        rows = np.flatnonzero(self.others("towns"))
        numbers = np.bincount(self.columns.providers[rows].astype(np.int64)) if rows.size else np.zeros(0, np.int64)
        return {
            town.number: int(numbers[town.number]) if town.number < len(numbers) else 0 for town in self.shown.towns
        }

    def addresses_of(self, ids: Iterable[int]) -> dict[int, str]:
        rows = IndexedOffer.objects.filter(pk__in=list(ids)).values_list("pk", "municipality_id", "number", "slug")
        return {pk: address_in(self.shown.town(town), number, slug) for pk, town, number, slug in rows}


def address_in(town: Town, number: int, slug: str) -> str:
    """The page of an offer in the portal it is from."""
    return f"{town.address.rstrip('/')}{offer_path(number, slug)}"


class Beside(Among):
    """The same among neighbours, beside one's own results: the words are those that were understood there, so that two
    lists on one page answer one question, and all of them are looked for in one statement. Who does not ask for it is
    not told what only mentions the words (`mentions`)."""

    map_path = "/angebote/nachbarn/karte"

    def __init__(self, search: Search, shown: Shown, own: Results, *, mentions: bool = True) -> None:
        self.own, self._mentions = own, mentions
        super().__init__(search, shown)

    def _read(self, search: Search, masks: dict[str, Mask]) -> Read:
        text, own = search.query.text, self.own.read
        if not text:
            return Read(search, own.wishes)
        rest, meant = own.wishes.rest if own.wishes.wishes else "", own.answer.meant if own.answer else ""
        questions = [understand(each) if each else _NO_QUESTION for each in (text, rest, meant)]
        typed, without, instead = answers_to(questions, self.documents, mentions=self._mentions)
        if search.query.literal:
            return Read(search, own.wishes, typed)
        if own.wishes.wishes:
            return _by_wishes(search, own.wishes, typed, without if rest else None)
        return Read(search, own.wishes, typed if typed.about.ids.size or not meant else replace(instead, meant=meant))


def _by_wishes(search: Search, wishes: Wishes, typed: Answer, rest: Answer | None) -> Read:
    """As `portal.search.asking.read` has it."""
    wanted = with_filters(search, wishes)
    if not typed.about.ids.size:
        return Read(wanted, wishes, rest)
    if set(wishes.change) == {"target_groups"}:
        return Read(search, wishes, typed)
    return Read(search, wishes, typed, Wished(wanted, rest))


def group_name(key: str) -> str:
    """The name in the key of a target group."""
    return key.partition("\t")[0]
