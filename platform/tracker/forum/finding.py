"""The exchange in the search of the tracker: topics, examples, contacts and polls beside the tickets."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.forum.models import Contact, Example, Poll, Topic
from tracker.forum.words import fitting, question_of
from tracker.tickets.finding import Hit, register
from tracker.tickets.models import Viewer


def find(asked: str, viewer: Viewer, most: int) -> list[Hit]:
    """What the exchange has on it, for town halls and the operator; providers are no part of it."""
    question = question_of(asked)
    if not question or not viewer.sees_all:
        return []
    kinds: list[tuple[QuerySet[Any], str, str]] = [
        (Topic.objects.all(), "forum:topic", _("Topic")),
        (Example.objects.all(), "forum:example", _("Good example")),
        (Poll.objects.all(), "forum:poll", _("Poll")),
    ]
    hits = [
        Hit(str(row), reverse(name, args=[row.pk]), what, row.weight)
        for rows, name, what in kinds
        for row in fitting(rows, question)[:most]
    ]
    people = fitting(Contact.objects.select_related("participant"), question)[:most]
    hits += [
        Hit(f"{each.name}, {each.participant.town}", f"{reverse('forum:contacts')}#k{each.pk}", each.about, each.weight)
        for each in people
    ]
    return sorted(hits, key=lambda hit: -hit.weight)[:most]


register(find)
