"""How many mails a municipality sent lately and how many of them came back: numbers for the nightly figures."""

from datetime import timedelta

from django.utils import timezone

from mail.models import OutboxMessage, OutboxQuerySet

LATELY = timedelta(days=30)


def _lately() -> OutboxQuerySet:
    return OutboxMessage.objects.filter(state=OutboxMessage.State.SENT, sent_at__gte=timezone.now() - LATELY)


def sent() -> int:
    """Those of the last thirty days."""
    return _lately().count()


def bounced() -> int:
    """Those of them that came back."""
    return _lately().filter(bounced_at__isnull=False).count()
