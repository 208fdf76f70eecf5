"""Forgetting what was told long ago."""

from datetime import datetime, timedelta

from tracker.channels.models import Answered, Event, Received, Source

KEEP_EVENTS = timedelta(days=90)
# Signed with their moment, they are refused as too old long before.
KEEP_RECEIVED = timedelta(days=2)
KEEP_ANSWERED = timedelta(days=400)
_DATED = (Source.Kind.GITLAB, Source.Kind.OPENCODE)


def forget(now: datetime) -> None:
    """Events with their notices and messages. What GitHub and Sentry sent is remembered for good: their signature says
    nothing of the moment."""
    Event.objects.filter(at__lt=now - KEEP_EVENTS).delete()
    Received.objects.filter(at__lt=now - KEEP_RECEIVED, source__kind__in=_DATED).delete()
    Answered.objects.filter(at__lt=now - KEEP_ANSWERED).delete()
