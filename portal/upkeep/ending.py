"""Somebody said that an offer is no more: put away today, or from a day on."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from portal.offers.editing import CONFIRMABLE
from portal.offers.models import Offer
from portal.offers.services import enter_state
from portal.offers.states import State
from portal.upkeep.models import Ending

LATEST = timedelta(days=366)


def end(offer: Offer, day: date, *, by: Any, user: Any = None) -> bool:
    """No more from that day on; whoever asks is responsible for it, the caller has found out. False where it is no
    longer public anyway. It stays in the account and can be copied."""
    with transaction.atomic():
        locked = Offer.objects.select_for_update().get(pk=offer.pk)
        if locked.state not in CONFIRMABLE:
            return False
        if day > timezone.localdate():
            if not Ending.objects.filter(pk=locked.pk, day=day).exists():
                said = {"day": day, "by": user, "said_at": timezone.now()}
                Ending.objects.update_or_create(offer_id=locked.pk, defaults=said)
                record("upkeep.ends", locked, by=by, changes={"day": day.isoformat()})
            return True
        Ending.objects.filter(pk=locked.pk).delete()
        enter_state(locked, State.ARCHIVED, by=by)
    return True
