"""A municipality is deleted: its texts go, what it counted for stays."""

from django.conf import settings
from django.utils import translation

from tracker.forum import words
from tracker.forum.models import AgendaItem, Contact, Example, Poll, Post, Topic
from tracker.forum.services.showing import discard
from tracker.tickets.leaving import register
from tracker.tickets.models import Participant
from tracker.tickets.models.participants import FORMER


def forget(participant: Participant) -> None:
    """A topic that others answered stays, without its words; examples, contacts, answers and points are gone."""
    Contact.objects.filter(participant=participant).delete()
    for example in Example.objects.filter(participant=participant):
        discard(example)
    polls = list(Poll.objects.filter(items__participant=participant).distinct())
    AgendaItem.objects.filter(participant=participant).delete()
    for poll in polls:
        words.index_poll(poll)
    touched = list(Topic.objects.filter(posts__participant=participant).exclude(participant=participant).distinct())
    Post.objects.filter(participant=participant).delete()
    Topic.objects.filter(participant=participant, posts__isnull=True).delete()
    with translation.override(settings.LANGUAGE_CODE):
        nobody = str(FORMER)
    for topic in Topic.objects.filter(participant=participant):
        topic.title, topic.text, topic.person = nobody, "", None
        topic.save(update_fields=["title", "text", "person"])
        touched.append(topic)
    for topic in touched:
        words.index_topic(topic)


register(forget)
