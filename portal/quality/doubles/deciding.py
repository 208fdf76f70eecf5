"""What the editors say of a pair: two different ones (remembered), or one of two offers is kept."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from portal.offers.models import Offer
from portal.offers.removal import trash
from portal.pages.models import Redirect
from portal.quality.models import Pair, Subject


@transaction.atomic
def tell_apart(pair: Pair, *, by: Any) -> bool:
    """They are two: nobody is asked again. False where somebody decided before."""
    if not _settled(pair, by):
        return False
    record("quality.pair_different", pair, by=by, changes={"kind": pair.kind, "pair": [pair.first_id, pair.second_id]})
    return True


@transaction.atomic
def keep(pair: Pair, kept: int, *, by: Any) -> bool:
    """One of two offers is kept: the other goes into the bin, for thirty days, and its address leads to this one."""
    if pair.kind != Subject.OFFER or kept not in {pair.first_id, pair.second_id}:
        return False
    rows = Offer.objects.current().in_bulk([pair.first_id, pair.second_id])
    if len(rows) != 2 or not _settled(pair, by):
        return False
    staying = rows.pop(kept)
    (leaving,) = rows.values()
    trash(leaving, by=by)
    Redirect.objects.filter(new_path=leaving.get_absolute_url()).update(new_path=staying.get_absolute_url())
    Redirect.objects.update_or_create(
        old_path=leaving.get_absolute_url(), defaults={"new_path": staying.get_absolute_url()}
    )
    record("quality.pair_kept", staying, by=by, changes={"kept": staying.pk, "binned": leaving.pk})
    return True


def _settled(pair: Pair, by: Any) -> bool:
    """Under a lock: of two who decide at once the second is told."""
    locked = Pair.objects.select_for_update().get(pk=pair.pk)
    if locked.decided_at is not None:
        return False
    Pair.objects.filter(pk=pair.pk).update(decided_at=timezone.now(), decided_by=by)
    return True
