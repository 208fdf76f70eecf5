"""Taking a message of another program: signed by it, sent just now, and only once."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from courier.signing import SignatureError, check_digest, check_standard
from tracker.channels.incoming import errors, outer
from tracker.channels.incoming.issues import UnreadableError, of_github, of_gitlab
from tracker.channels.incoming.sentry import seen
from tracker.channels.models import Received, Source

MOST_BYTES = 2 * 2**20
# GitHub signs no moment: what an issue says of its own last change stands in for it. GitHub sends again for three days.
OLDEST = timedelta(days=3)


class ReplayedError(Exception):
    """This very message was taken before."""


def receive(source: Source, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Take the message; False where it is about something else. Raises SignatureError, ReplayedError,
    UnreadableError, and nothing is changed then but what the operator reads of it."""
    try:
        return _taken(source, headers, body, now)
    except (SignatureError, ReplayedError, UnreadableError) as error:
        why = str(error) or "replayed"
        Source.objects.filter(pk=source.pk).update(refused=why[:100], refused_at=timezone.now())
        raise


@transaction.atomic
def _taken(source: Source, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    message = _name(source, headers, body, now)
    _row, fresh = Received.objects.get_or_create(source=source, message=message)
    if not fresh:
        raise ReplayedError("replayed")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("no JSON") from error
    Source.objects.filter(pk=source.pk).update(heard_at=now)
    return _understood(source, headers, said, now)


def _name(source: Source, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """What the message is known by. SignatureError where it is not the source's."""
    if source.kind == Source.Kind.GITHUB:
        return check_digest(headers.get("x-hub-signature-256", ""), body, source.secret)
    if source.kind == Source.Kind.SENTRY:
        return check_digest(headers.get("sentry-hook-signature", ""), body, source.secret)
    return check_standard(headers, body, source.secret, now)


def _understood(source: Source, headers: Mapping[str, str], said: Any, now: datetime) -> bool:
    if source.kind == Source.Kind.SENTRY:
        error = seen(headers.get("sentry-hook-resource", ""), said)
        return error is not None and errors.note(source, error, now)
    if source.kind == Source.Kind.GITHUB:
        issue = of_github(said)
        if issue is not None and issue.at < now - OLDEST:
            raise SignatureError("too old")
    else:
        issue = of_gitlab(said)
    return issue is not None and outer.follow(source, issue)
