"""What residents search and do not find: which words, and what they may mean.

Looked up every night (`portal.search.tasks`): the words searched most in the last months, each asked of today's
offers. No persons are in it: counted are words, as far as planners may be told of them (`portal.usage.few`), which were
searched on several days, and what looks like somebody's number or address never was (`portal.usage.served`).
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache, cached_property

from django.db import transaction
from django.utils import timezone
from rapidfuzz import fuzz, process

from core.text import fold
from german.lists import AUDIENCES, WEAK, lines_of
from german.words import words_in
from portal.search.matching import Search
from portal.search.models import Unanswered
from portal.search.parameters import SearchQuery
from portal.search.results import answer
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import load_tree
from portal.usage.asked import Asked, often_asked

DAYS_BACK = 90
# On fewer days it may be one person.
FEWEST_DAYS = 2
# Looked at in a night.
MOST = 500
MOST_PROPOSALS = 3
# Percent of the same letters from which one word may be meant by another.
ALIKE = 84
# Shorter parts of a compound mean too many things.
SHORTEST_PART = 4


def finds_something(text: str) -> bool:
    """Whether somebody who searches this is shown offers that fit today; a statement or two."""
    results = answer(Search(SearchQuery(text=text), load_tree(), None, timezone.now()))
    return results.total > 0 and not (results.text is not None and results.text.close)


@cache
def _usual() -> dict[str, list[str]]:
    """What everyday words count as, by how they are written."""
    lines = (line.partition(">") for line in lines_of("everyday"))
    return {
        fold(phrase): [word.strip() for word in meant.split(",")]
        for typed, _sign, meant in lines
        for phrase in typed.split(",")
    }


def look_again() -> int:
    """Find out anew what finds nothing; what editors dismissed stays so as long as it is searched. Returns how many
    there are."""
    since = timezone.localdate() - timedelta(days=DAYS_BACK)
    asked = often_asked(since, days=FEWEST_DAYS, most=MOST)
    known = Known()
    found = {each.term: known.of(each) for each in asked if not finds_something(each.term)}
    with transaction.atomic():
        Unanswered.objects.exclude(term__in=found).delete()
        Unanswered.objects.bulk_create(
            found.values(),
            update_conflicts=True,
            unique_fields=["term"],
            update_fields=["asked", "last_day", "proposals"],
        )
    return len(found)


class Known:
    """Words of this town, for proposals."""

    def of(self, asked: Asked) -> Unanswered:
        """A row with its proposals."""
        proposals = list(self._proposed(asked.term))
        return Unanswered(term=asked.term, asked=asked.number, last_day=asked.last_day, proposals=proposals)

    def _proposed(self, term: str) -> Iterator[str]:
        number = 0
        for word in dict.fromkeys(self._candidates(term)):
            if number < MOST_PROPOSALS and fold(word) != fold(term) and finds_something(word):
                number += 1
                yield word

    def _candidates(self, term: str) -> Iterable[str]:
        """Names written alike, what everyday words like it mean, and the parts of a compound that tell something, the
        last one first."""
        folded = fold(term)
        for written, _score, _key in process.extract(folded, list(self._names), scorer=fuzz.ratio, score_cutoff=ALIKE):
            yield self._names[written]
        likely = process.extract(folded, list(_usual()), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=2)
        for written, _score, _key in likely:
            yield from _usual()[written]
        for word in words_in(term, asked=True):
            telling = (part for part in reversed(word.parts) if not {part.root} & (WEAK | AUDIENCES))
            yield from (part.lemma for part in telling if len(part.lemma) >= SHORTEST_PART)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Of topics and target groups, by their folded letters."""
        topics = [str(node.name) for node in load_tree() if node.offered]
        groups = list(TargetGroup.objects.offered().values_list("name", flat=True))
        return {fold(name): name for name in (*topics, *groups)}
