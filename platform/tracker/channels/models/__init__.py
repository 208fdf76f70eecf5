"""Who is told what and when; webhooks out and in; issues and errors elsewhere; answers that were read."""

from tracker.channels.models.hooks import Delivery, Hook
from tracker.channels.models.incoming import Affected, Answered, OuterIssue, Received, SentryError, Source
from tracker.channels.models.notices import Event, Notice, Scope, Subscription

__all__ = [
    "Affected",
    "Answered",
    "Delivery",
    "Event",
    "Hook",
    "Notice",
    "OuterIssue",
    "Received",
    "Scope",
    "SentryError",
    "Source",
    "Subscription",
]
