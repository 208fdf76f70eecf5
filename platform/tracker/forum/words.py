"""What is written in the exchange is found like tickets are, and together with them (`tracker.tickets.searching`)."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, FloatField, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from tracker.forum.models import Contact, Example, Poll, Topic
from tracker.tickets.searching import understand, vector_of

MOST_LETTERS = 60_000


class _Rank(Func):
    """How well a row answers, 0 to 1."""

    template = "ts_rank('{0.1, 0.2, 0.4, 1.0}', %(expressions)s::tsquery, 32)"
    output_field = FloatField()


class _Fits(Func):
    template = "(%(expressions)s::tsquery)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


def question_of(asked: str) -> str:
    """What PostgreSQL is asked: every word, in whatever form; “” where nothing is asked."""
    return understand(asked).every()


def fitting(rows: "QuerySet[Any]", question: str) -> "QuerySet[Any]":
    """The rows that have all words, the best first."""
    asked: Combinable = Value(question, output_field=TextField())
    found: QuerySet[Any] = rows.annotate(fits=_Fits(F("search"), asked), weight=_Rank(F("search"), asked))
    return found.filter(fits=True).order_by("-weight", "-pk")


def _write(row: models.Model, title: str, texts: Iterable[str]) -> None:
    whole = " \n".join(texts)[:MOST_LETTERS]
    type(row)._default_manager.filter(pk=row.pk).update(search=vector_of(title, whole))


def index_topic(topic: Topic) -> None:
    """A topic is found by what is said in it."""
    _write(topic, topic.title, [topic.text, *topic.posts.values_list("text", flat=True)])


def index_example(example: Example) -> None:
    """An example is found by its texts and the names of its files."""
    blocks = [text for pair in example.blocks.values_list("title", "text") for text in pair]
    names = list(example.files.values_list("name", flat=True))
    _write(example, example.title, [example.text, example.advice, *blocks, *names])


def index_poll(poll: Poll) -> None:
    """A poll is found by its points and questions."""
    points = [text for pair in poll.items.values_list("title", "text") for text in pair]
    questions = list(poll.questions.values_list("text", flat=True))
    _write(poll, poll.title, [poll.text, poll.outcome, *points, *questions])


def index_contact(contact: Contact) -> None:
    """Somebody is found by what one may ask them, and where they work."""
    _write(contact, contact.about, [contact.name, contact.participant.town])
