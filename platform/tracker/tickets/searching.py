"""What a ticket is found by: the roots of its words, as `german.words` understands them, the title's with weight A.

Compounds are found by their parts (“Warteliste” by “Liste”), mistyped words of titles by trigrams. Rooms above use the
same lexemes for texts of their own: `vector_of` writes, `understand` asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast

from core.text import fold
from german.cutting import LONGEST
from german.lists import STOP_WORDS
from german.words import Word, words_in
from tracker.tickets.models import Ticket

MOST_WORDS = 12


def _roots(word: Word) -> list[str]:
    """The word itself, its roots, and those of its parts marked as such."""
    found = [fold(word.written), *word.roots, *(f"+{part.root}" for part in word.parts)]
    return [each[:LONGEST] for each in dict.fromkeys(found)]


def lexemes_in(text: str) -> set[str]:
    """What is kept of a text."""
    return {lexeme for word in words_in(text) if word.written not in STOP_WORDS for lexeme in _roots(word)}


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def vector_text(title: str, *texts: str) -> str:
    """The tsvector of a thing with a title, as PostgreSQL reads it."""
    weights = dict.fromkeys((lexeme for text in texts for lexeme in lexemes_in(text)), "D")
    weights.update(dict.fromkeys(lexemes_in(title), "A"))
    return " ".join(f"{_quoted(lexeme)}:1{weight}" for lexeme, weight in weights.items())


def vector_of(title: str, *texts: str) -> Cast:
    """The same as an expression for a SearchVectorField."""
    return Cast(Value(vector_text(title, *texts)), SearchVectorField())


def write_search(tickets: Iterable[Ticket]) -> None:
    """Write anew what these are found by."""
    for ticket in tickets:
        vector = vector_of(ticket.title, ticket.happened, ticket.expected)
        Ticket.objects.filter(pk=ticket.pk).update(search=vector, title_search=vector_of(ticket.title))


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for: for each word the lexemes of which one is enough."""

    text: str
    terms: tuple[tuple[str, ...], ...]

    def asked(self) -> str:
        """A tsquery for things that have any of the words."""
        return " | ".join(self.each())

    def every(self) -> str:
        """A tsquery for things that have all of them."""
        return " & ".join(f"({term})" for term in self.each())

    def each(self) -> list[str]:
        """A tsquery for every word."""
        return [" | ".join(_quoted(lexeme) for lexeme in term) for term in self.terms]


def understand(text: str) -> Question:
    """The words of a question that say something, at most twelve; all of them where none does."""
    words = words_in(text[:500], asked=True)
    telling = [word for word in words if word.written not in STOP_WORDS] or words
    terms = dict.fromkeys(tuple(_asked(word)) for word in telling[:MOST_WORDS])
    return Question(text, tuple(terms))


def _asked(word: Word) -> list[str]:
    """A word fits where it stands, and where it is a part of another one."""
    bare = dict.fromkeys((fold(word.written), *word.roots))
    return [each[:LONGEST] for root in bare for each in (root, f"+{root}")]
