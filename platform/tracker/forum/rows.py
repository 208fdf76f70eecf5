"""The exchange in exports: a municipality's holds what it wrote and answered itself, the operator's all."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.forum.models import Choice, Contact, DateAnswer, Example, Post, Topic
from tracker.tickets.exports import Export, register
from tracker.tickets.models import Participant, Viewer

Row = dict[str, Any]


def own(rows: "QuerySet[Any]", viewer: Viewer) -> "QuerySet[Any]":
    """Those of the viewer's municipality; of the operator all."""
    if viewer.is_operator:
        return rows
    return rows.filter(participant=viewer.participant) if viewer.sees_all else rows.none()


def _town(participant: Participant | None) -> str:
    return participant.town if participant else ""


def topics(viewer: Viewer) -> Iterator[Row]:
    """Topics one began."""
    for each in own(Topic.objects.select_related("participant").order_by("pk"), viewer):
        yield {"number": each.pk, "municipality": _town(each.participant), "written": each.created_at,
               "title": each.title, "text": each.text}  # fmt: skip


def answers(viewer: Viewer) -> Iterator[Row]:
    """Answers one gave; the topic by its number alone: its words are another municipality's."""
    for each in own(Post.objects.select_related("participant").order_by("pk"), viewer):
        yield {"number": each.pk, "topic": each.topic_id, "municipality": _town(each.participant),
               "written": each.created_at, "text": each.text}  # fmt: skip


def examples(viewer: Viewer) -> Iterator[Row]:
    """Examples with the texts to take over, and the names of the files."""
    rows = Example.objects.select_related("participant").prefetch_related("blocks", "files").order_by("pk")
    for each in own(rows, viewer):
        texts = "\n\n".join(f"{block.title}\n{block.text}" for block in each.blocks.all())
        yield {"number": each.pk, "municipality": _town(each.participant), "written": each.created_at,
               "title": each.title, "text": each.text, "advice": each.advice, "texts": texts,
               "files": ", ".join(file.name for file in each.files.all())}  # fmt: skip


def contacts(viewer: Viewer) -> Iterator[Row]:
    """Who agreed."""
    for each in own(Contact.objects.select_related("participant").order_by("pk"), viewer):
        yield {"municipality": _town(each.participant), "name": each.name, "about": each.about, "email": each.email,
               "phone": each.phone, "agreed": each.agreed_at}  # fmt: skip


def votes(viewer: Viewer) -> Iterator[Row]:
    """What was answered in polls."""
    dates = DateAnswer.objects.select_related("participant", "date__poll").order_by("date__poll", "date", "pk")
    for date in own(dates, viewer):
        yield {"poll": date.date.poll.title, "municipality": _town(date.participant),
               "question": date.date.starts_at.isoformat(), "answer": date.get_answer_display()}  # fmt: skip
    chosen = Choice.objects.select_related("participant", "option", "question__poll").order_by("question__poll", "pk")
    for choice in own(chosen, viewer):
        yield {"poll": choice.question.poll.title, "municipality": _town(choice.participant),
               "question": choice.question.text, "answer": choice.option.text}  # fmt: skip


register(Export("themen", _("Topics"), topics, order=70))
register(Export("antworten", _("Answers to topics"), answers, order=71))
register(Export("beispiele", _("Good examples"), examples, order=72))
register(Export("kontakte", _("Contact persons"), contacts, order=73))
register(Export("umfragen", _("Answers in polls"), votes, order=74))
