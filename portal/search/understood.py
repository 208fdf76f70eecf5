"""What the page of results says about how a question was understood, and what helps where nothing was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from core.text import composed
from german.cutting import cuts_in
from portal.offers.documents import lexemes_of_written
from portal.search import wording
from portal.search.parameters import SearchQuery
from portal.search.questions import Question
from portal.search.results import Results
from portal.search.wishes import Wish
from portal.search.wording import Chip, Names
from theming.cards import OfferCard

Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Understood:
    """How a search was understood, for its page."""

    results: Results
    names: Names
    # As it stands in the address.
    query: SearchQuery

    @property
    def meant(self) -> str:
        """What the text was taken for, where nothing was found as it was typed."""
        return self.results.text.meant if self.results.text else ""

    @property
    def close(self) -> bool:
        """Whether nothing has all of it, and what has most is shown."""
        return bool(self.results.text and self.results.text.close and self.results.total)

    @property
    def literal_url(self) -> str:
        """The same words, looked for as they are."""
        return f"?{self.query.link(literal=True)}"

    @cached_property
    def chips(self) -> list[Chip]:
        """What words mean a filter; each can be taken off, then it is looked for as a word."""
        return [self._chip(wish) for wish in self.results.read.wishes.wishes]

    def _chip(self, wish: Wish) -> Chip:
        """Without it the others stay, as filters of their own."""
        kept = [other for other in self.results.read.wishes.wishes if other is not wish]
        change = {name: value for other in kept for name, value in other.change.items()}
        text = _without(self.query.text, kept) or self.query.text
        label = wording.wish_label(wish.change, wish.words, self.names)
        return Chip(label, f"?{self.query.link(**{**change, 'text': text, 'literal': True})}")

    @cached_property
    def mentions(self) -> int:
        """How many more offers only mention the words in their description."""
        return 0 if self.query.mentions else len(self.results.mentions)

    @property
    def mentions_url(self) -> str:
        """The results with these."""
        return f"?{self.query.link(mentions=True)}"


def _without(text: str, wishes: Sequence[Wish]) -> str:
    rest = list(composed(text))
    for wish in wishes:
        rest[wish.start : wish.end] = " " * (wish.end - wish.start)
    return " ".join("".join(rest).split())


def with_marks(cards: Sequence[OfferCard], results: Results) -> list[OfferCard]:
    """The cards with the words marked that were searched for."""
    questions = [
        answer.question for answer in (results.text, results.read.wished and results.read.wished.answer) if answer
    ]
    lexemes = frozenset(one for question in questions for one in sought(question))
    if not lexemes:
        return list(cards)
    return [
        replace(card, title_marks=marks_in(card.title, lexemes), text_marks=marks_in(card.text, lexemes))
        for card in cards
    ]


def sought(question: Question) -> Iterator[str]:
    """The lexemes of a question, whatever they count for."""
    for term in question.terms:
        for every in term.choices:
            for any_of in every:
                yield from any_of


def marks_in(text: str, lexemes: frozenset[str]) -> Marks:
    """Where words stand in a text that have one of the lexemes."""
    if composed(text) != text:
        return ()
    beginnings = tuple(one[:-1] for one in lexemes if one.endswith("*"))
    found = []
    for cut in cuts_in(text):
        here = lexemes_of_written(cut.written, begins=cut.begins)
        if not lexemes.isdisjoint(here) or (beginnings and any(one.startswith(beginnings) for one in here)):
            found.append((cut.start, cut.end))
    return tuple(found)
