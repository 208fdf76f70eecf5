"""What is written in the exchange, found together with the tickets.

PostgreSQL gets ready lexemes, understood by `german.words`, as the search of offers does: its locale plays no part.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, models
from django.db.models import F, FloatField, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from core.text import composed
from german.lists import STOP_WORDS
from german.words import Word, words_in
from tracker.forum.models import Contact, Example, Poll, Topic

MOST_LETTERS, MOST_WORDS = 60_000, 12
_STRONG, _WEAK = "A", "D"


def _lexemes(word: Word) -> Iterator[str]:
    yield word.written
    yield from word.roots
    yield from (part.root for part in word.parts)


def _quoted(lexeme: str) -> str:
    escaped = lexeme[:200].replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def vector_of(title: str, texts: Iterable[str]) -> str:
    """A tsvector as PostgreSQL reads it: words of the title weigh most."""
    strong = {each for word in words_in(composed(title)) for each in _lexemes(word)}
    whole = composed(" \n".join(texts)[:MOST_LETTERS])
    weak = {each for word in words_in(whole) for each in _lexemes(word)} - strong
    weighed = [(_STRONG, each) for each in strong] + [(_WEAK, each) for each in weak]
    return " ".join(f"{_quoted(lexeme)}:1{weight}" for weight, lexeme in sorted(weighed) if lexeme.strip())


def question_of(asked: str) -> str:
    """A tsquery that wants every word, in whatever form, “” where nothing is asked; the last may be half typed."""
    words = [word for word in words_in(composed(asked), asked=True) if word.written not in STOP_WORDS][:MOST_WORDS]
    parts = []
    for place, word in enumerate(words):
        forms = [_quoted(each) for each in dict.fromkeys((word.written, *word.roots))]
        if place == len(words) - 1 and len(word.written) > 2:
            forms.append(f"{_quoted(word.written)}:*")
        parts.append(f"({' | '.join(forms)})")
    return " & ".join(parts)


class _Rank(Func):
    """How well a row answers, 0 to 1."""

    function = "ts_rank"
    template = "ts_rank('{0.1, 0.2, 0.4, 1.0}', %(expressions)s::tsquery, 32)"
    output_field = FloatField()


class _Fits(Func):
    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


def fitting(rows: "QuerySet[Any]", asked: str) -> "QuerySet[Any]":
    """The rows that have all words, the best first."""
    question: Combinable = Value(asked, output_field=TextField())
    found = rows.annotate(fits=_Fits(F("search"), question), weight=_Rank(F("search"), question))
    return found.filter(fits=True).order_by("-weight", "-pk")


def _write(row: models.Model, vector: str) -> None:
    """`Model.save` knows nothing of it."""
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET search = %s::tsvector WHERE id = %s", [vector, row.pk])  # noqa: S608 - ours


def index_topic(topic: Topic) -> None:
    """A topic is found by what is said in it."""
    _write(topic, vector_of(topic.title, [topic.text, *topic.posts.values_list("text", flat=True)]))


def index_example(example: Example) -> None:
    """An example is found by its texts and the names of its files."""
    blocks = [text for pair in example.blocks.values_list("title", "text") for text in pair]
    names = list(example.files.values_list("name", flat=True))
    _write(example, vector_of(example.title, [example.text, example.advice, *blocks, *names]))


def index_poll(poll: Poll) -> None:
    """A poll is found by its points and questions."""
    points = [text for pair in poll.items.values_list("title", "text") for text in pair]
    questions = list(poll.questions.values_list("text", flat=True))
    _write(poll, vector_of(poll.title, [poll.text, poll.outcome, *points, *questions]))


def index_contact(contact: Contact) -> None:
    """Somebody is found by what one may ask them, and where they work."""
    _write(contact, vector_of(contact.about, [contact.name, contact.participant.town]))
