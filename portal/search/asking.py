"""A whole search as it is understood: its words, the filters some of them mean, and what was found by both."""

from dataclasses import dataclass, replace

from portal.search.matching import Search
from portal.search.parameters import SearchQuery
from portal.search.places import find_area
from portal.search.text import OWN, Answer, Documents, Near, answer_text, find_as_typed
from portal.search.wishes import Wishes, wishes_in


@dataclass(frozen=True, slots=True)
class Wished:
    """The search with some words taken for filters, and what the rest of the words found (None: no words are left)."""

    search: Search
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Read:
    """What to do: `search` with what its words found; `wished` where words that mean filters find more than these.

    Where nothing has all words as they were typed, `search` itself is the one with the filters.
    """

    search: Search
    wishes: Wishes
    answer: Answer | None = None
    wished: Wished | None = None


def read(search: Search, near: Near | None = None, documents: Documents = OWN) -> Read:
    """Understand a search. A statement or two for the words, more only where nothing is found. `near` are all
    offers that any filter or count of it looks at, where those are few."""
    text = search.query.text
    if not text:
        return Read(search, Wishes())
    if search.query.literal:
        return Read(search, Wishes(rest=text), find_as_typed(text, near, documents))
    wishes = wishes_in(text, search.query, today=search.today)
    if not wishes.wishes:
        return Read(search, wishes, answer_text(text, find_as_typed(text, near, documents), documents))
    typed = find_as_typed(text, near, documents)
    if typed.about.ids.size and set(wishes.change) == {"target_groups"}:
        # Whatever is for these people has their name among its words: all that is meant is found.
        return Read(search, wishes, typed)
    if typed.about.ids.size:
        wanted = Wished(
            with_filters(search, wishes), answer_text(wishes.rest, documents=documents) if wishes.rest else None
        )
        return Read(search, wishes, typed, wanted)
    return _wished(search, wishes, typed, documents)


def _wished(search: Search, wishes: Wishes, typed: Answer, documents: Documents) -> Read:
    """Where nothing has all words as they were typed, some are filters. Where nothing has the others and is for the
    people somebody names, for whom it is is no filter, but one word of many."""
    if wishes.for_audiences:
        text = search.query.text
        others = wishes_in(text, search.query, today=search.today, audiences=False)
        named = find_as_typed(others.rest, documents=documents) if others.wishes else typed
        if not named.about.ids.size:
            answer = answer_text(others.rest, named, documents)
            return Read(with_filters(search, others) if others.wishes else search, others, answer)
    return Read(
        with_filters(search, wishes), wishes, answer_text(wishes.rest, documents=documents) if wishes.rest else None
    )


def with_filters(search: Search, wishes: Wishes) -> Search:
    """The search with the filters, and the rest of its words. Its order stays that of a search for words."""
    query: SearchQuery = replace(search.query, text=wishes.rest, **wishes.change)
    area = find_area(query.place, query.radius) if query.place and search.area is None else search.area
    return replace(search, query=query, area=area, usual=search.sort)
