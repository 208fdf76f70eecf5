"""Topics and answers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from audit.services import record
from tracker.forum import words
from tracker.forum.models import Post, Topic
from tracker.tickets.models import Viewer


def may_remove(written: Any, viewer: Viewer) -> bool:
    """The municipality that wrote something takes it back, and the operator anything: nobody else does."""
    if viewer.is_operator:
        return True
    return viewer.participant is not None and bool(written.participant_id == viewer.participant.pk)


def must_be_theirs(written: Any, viewer: Viewer) -> None:
    """PermissionDenied for whoever may not change it."""
    if not may_remove(written, viewer):
        raise PermissionDenied


@transaction.atomic
def open_topic(title: str, text: str, *, by: Viewer) -> Topic:
    """Begin a topic."""
    now = timezone.now()
    topic = Topic(title=title, text=text, created_at=now, moved_at=now, participant=by.participant, person=by.person)
    topic.save()
    words.index_topic(topic)
    record("forum.written", topic, by=by.user)
    return topic


@transaction.atomic
def answer(topic: Topic, text: str, *, by: Viewer) -> Post:
    """Answer a topic, which then stands above."""
    now = timezone.now()
    post = Post.objects.create(topic=topic, text=text, created_at=now, participant=by.participant, person=by.person)
    Topic.objects.filter(pk=topic.pk).update(moved_at=now)
    words.index_topic(topic)
    record("forum.written", post, by=by.user)
    return post


@transaction.atomic
def remove_topic(topic: Topic, *, by: Viewer) -> None:
    """Take a topic back, with all answers."""
    must_be_theirs(topic, by)
    record("forum.removed", topic, by=by.user)
    topic.delete()


@transaction.atomic
def remove_post(post: Post, *, by: Viewer) -> None:
    """Take an answer back."""
    must_be_theirs(post, by)
    record("forum.removed", post, by=by.user)
    topic = post.topic
    post.delete()
    words.index_topic(topic)
