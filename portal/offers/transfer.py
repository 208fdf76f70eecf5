"""An offer gets another provider. Its address, dates, bookmarks and history stay; who answers for it changes."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from portal.media.models import MediaFile
from portal.media.uses import image_models
from portal.offers.documents import refresh_search_text
from portal.offers.models import Offer, OfferImage
from portal.providers.approval import acts_for_the_editors
from portal.providers.models import Provider
from portal.providers.states import State as ProviderState
from portal.revisions.models import Desk, Revision

CLOSED = frozenset({ProviderState.ARCHIVED, ProviderState.TRASHED})


def why_not(offer: Any, to: Provider) -> str:
    """Why an offer cannot go there, or ""."""
    if to.state in CLOSED:
        return _("“%(provider)s” was put away; nothing can be given to it.") % {"provider": to}
    if offer.provider_id == to.pk:
        return _("It belongs to “%(provider)s” already.") % {"provider": to}
    return ""


def transfer(offer: Offer, to: Provider, *, by: Any) -> bool:
    """Give an offer to another provider; the editors alone may. False where it is there already.

    What waits for the administrators of the old provider waits for the editors from now on: the old ones no longer
    decide, and the new ones did not ask its author. Raises ValidationError for a provider that was put away.
    """
    if not acts_for_the_editors(by):
        raise PermissionDenied
    with transaction.atomic():
        target = Provider.objects.select_for_update().get(pk=to.pk)
        locked = Offer.objects.select_for_update(of=("self",)).select_related("provider").get(pk=offer.pk)
        if locked.provider_id == target.pk:
            return False
        if reason := why_not(locked, target):
            raise ValidationError(reason)
        old = locked.provider
        Offer.objects.filter(pk=locked.pk).update(provider=target)
        Revision.objects.of("offer", locked.pk).waiting().filter(waits_for=Desk.PROVIDER).update(waits_for=Desk.EDITORS)
        _move_pictures(locked.pk, old.pk, target.pk)
        locked.provider = target
        refresh_search_text([locked])
        record(
            "transfer",
            locked,
            by=by,
            changes={"provider": [old.pk, target.pk], "provider_name": [str(old), str(target)]},
        )
    offer.provider = target
    return True


def _move_pictures(offer: int, old: int, new: int) -> None:
    """Pictures that only this offer shows go with it; those the old provider shows elsewhere stay in its library, and
    the offer shows them all the same."""
    own = set(OfferImage.objects.filter(offer=offer, media__isnull=False).values_list("media_id", flat=True))
    if not own:
        return
    elsewhere = set[int]()
    for model, _owner in image_models():
        rows: Any = model._default_manager.filter(media__in=own)
        if model is OfferImage:
            rows = rows.exclude(offer=offer)
        elsewhere |= set(rows.values_list("media_id", flat=True))
    MediaFile.objects.filter(pk__in=own - elsewhere, owner=old).update(owner=new)
