"""Mails whose words do not matter."""

from typing import Any

from mail.models import OutboxMessage
from mail.rendering import Letter
from mail.services import post_letter


def a_letter(
    to: str = "eva@example.org", subject: str = "Grüße", body: str = "Schöne Grüße", **more: Any
) -> OutboxMessage:
    """One in the outbox, its delivery queued."""
    return post_letter("people_signed_out", Letter(subject, body, ""), to=to, **more)
