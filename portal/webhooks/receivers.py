"""Whoever changes an offer or an organisation has it noted in the log: then somebody looks soon what that means.

Queued with the change and lost with it. It only saves waiting: what is not noted there is found within ten minutes
(`portal.webhooks.tasks.look`), and so is what falls between two looks. So a table of thousands asks once, not for each.
"""

from time import monotonic
from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from audit.signals import recorded
from core.lazy import lazy
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.webhooks.models import Hook
from tenants.running.context import PUBLIC, current_schema

if TYPE_CHECKING:
    from portal.webhooks import tasks
else:
    # They need all that the interface tells of an offer.
    tasks = lazy("portal.webhooks.tasks")

# How long the change has time to be there before somebody looks, and how often that is asked for.
PAUSE = 5
_OFTEN = 2.0
_asked: dict[str, float] = {}


@receiver(recorded)
def look_soon(target: Any, **kwargs: Any) -> None:
    """Once in two seconds, in each process and municipality."""
    schema = current_schema()
    if schema == PUBLIC or target._meta.model not in {Offer, Provider}:
        return
    now = monotonic()
    if now - _asked.get(schema, -_OFTEN) < _OFTEN:
        return
    _asked[schema] = now
    if Hook.objects.active().exists():
        tasks.follow.defer_once(seconds=PAUSE)


def forget() -> None:
    """Look at the next change at once."""
    _asked.clear()
