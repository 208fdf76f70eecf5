"""The demo's exchange: topics, examples, contacts and two polls of the three towns."""

from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from demo.content.tracker import (
    CONTACTS,
    EXAMPLES,
    OPERATOR,
    POLLS,
    TOPICS,
    ExampleSeed,
    PollSeed,
    TopicSeed,
)
from demo.fill import BY
from demo.voices import Voices
from tracker.forum import words
from tracker.forum.models import (
    AgendaItem,
    Choice,
    Contact,
    DateAnswer,
    Example,
    Poll,
    Post,
    Support,
    Topic,
    Use,
)
from tracker.forum.services import agreeing, polling, showing
from tracker.forum.services.polling import Asked
from tracker.tickets.models import operator


def fill_exchange(today: date, voices: Voices) -> None:
    """Everything, with days before today."""
    for topic in TOPICS:
        _topic(topic, today, voices)
    for example in EXAMPLES:
        _example(example, today, voices)
    for slug, name, about, email, phone in CONTACTS:
        agreeing.agree(Contact(name=name, about=about, email=email, phone=phone), by=voices[slug].viewer)
    for poll in POLLS:
        _poll(poll, today, voices)


def _at(today: date, ago: int, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(today - timedelta(days=ago), time(hour)))


def _topic(seed: TopicSeed, today: date, voices: Voices) -> None:
    voice, at = voices[seed.by], _at(today, seed.ago)
    moved = _at(today, seed.answers[-1].ago, 14) if seed.answers else at
    topic = Topic.objects.create(title=seed.title, text=seed.text, created_at=at, moved_at=moved,
                                 participant=voice.participant, person=voice.editor)  # fmt: skip
    for said in seed.answers:
        who = voices[said.by] if said.by != OPERATOR else None
        post = Post(topic=topic, text=said.text, created_at=_at(today, said.ago, 14))
        if who is not None:
            post.participant, post.person = who.participant, who.editor
        post.save()
    words.index_topic(topic)


def _example(seed: ExampleSeed, today: date, voices: Voices) -> None:
    example = showing.save_example(
        Example(title=seed.title, text=seed.text, advice=seed.advice),
        blocks=seed.blocks,
        uploads=[ContentFile(content.encode(), name=name) for name, content in seed.files],
        by=voices[seed.by].viewer,
    )
    at = _at(today, seed.ago)
    Example.objects.filter(pk=example.pk).update(created_at=at, changed_at=at)
    Use.objects.bulk_create(
        Use(example=example, participant=voices[slug].participant, created_at=at + timedelta(days=4))
        for slug in seed.used_by
    )


def _poll(seed: PollSeed, today: date, voices: Voices) -> None:
    closes = today + timedelta(days=seed.closes)
    dates = [(_at(today, -days), place) for days, place, _answers in seed.dates]
    questions = [Asked(text, several, tuple(option for option, _towns in options))
                 for text, several, options in seed.questions]  # fmt: skip
    poll = polling.ask(Poll(title=seed.title, text=seed.text, closes_on=closes), dates=dates, questions=questions,
                       by=operator(BY))  # fmt: skip
    Poll.objects.filter(pk=poll.pk).update(created_at=_at(today, seed.made))
    _answers(poll, seed, voices)
    for number, (slug, title, text, others) in enumerate(seed.items):
        at = _at(today, seed.made - 2 - number)
        item = AgendaItem.objects.create(poll=poll, title=title, text=text, created_at=at,
                                         participant=voices[slug].participant, person=voices[slug].editor)  # fmt: skip
        Support.objects.bulk_create(
            Support(item=item, participant=voices[each].participant) for each in (slug, *others)
        )
    words.index_poll(poll)
    if seed.meeting is not None:
        polling.close(poll, meeting=list(poll.dates.all())[seed.meeting], outcome=seed.outcome, by=operator(BY))
        Poll.objects.filter(pk=poll.pk).update(closed_at=_at(today, -seed.closes))


def _answers(poll: Poll, seed: PollSeed, voices: Voices) -> None:
    for row, (_days, _place, answers) in zip(poll.dates.all(), seed.dates, strict=True):
        DateAnswer.objects.bulk_create(
            DateAnswer(date=row, participant=voices[slug].participant, answer=answer)
            for slug, answer in answers.items()
        )
    for question, (_text, several, options) in zip(poll.questions.all(), seed.questions, strict=True):
        Choice.objects.bulk_create(
            Choice(question=question, option=option, participant=voices[slug].participant, alone=not several)
            for option, (_label, towns) in zip(question.options.all(), options, strict=True)
            for slug in towns
        )
