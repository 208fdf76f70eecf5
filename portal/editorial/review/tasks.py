"""Every night: what can no longer be taken back is forgotten."""

from datetime import timedelta

from django.utils import timezone

from jobs.declare import nightly
from portal.editorial.review.models import Decision

KEPT = timedelta(days=1)


@nightly(minute=41)
def forget_decisions() -> int:
    """How many went."""
    return Decision.objects.filter(until__lt=timezone.now() - KEPT).delete()[0]
