"""What is done with readings: begin one, read it in the background, make a draft of what was found."""

import hashlib
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.drafting.groups import GROUPS
from portal.drafting.models import Proposal, Reading, Source, State
from portal.drafting.tasks import read_now
from portal.offers import editing
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.providers.snapshot import CONTACT
from portal.revisions.kinds import Content

# The same file or address again within this time is a second click.
AGAIN = timedelta(minutes=10)
# So many an hour and person: reading costs a processor some seconds.
MOST_AN_HOUR = 30
UPLOAD = "upload"


def begin_page(address: str, provider: Provider, *, by: Any) -> Reading:
    """Have a page read. ValidationError where somebody asks for too many."""
    digest = hashlib.sha256(address.encode()).hexdigest()
    return _begun(provider, by, Source.PAGE, digest, address=address[:500])


def begin_flyer(content: bytes, name: str, provider: Provider, *, by: Any) -> Reading:
    """Have a flyer read. The file is written before the row: what fails afterwards leaves one, which is tidied."""
    digest = hashlib.sha256(content).hexdigest()
    return _begun(provider, by, Source.FLYER, digest, content=content, name=name[:200])


def _begun(provider: Provider, by: Any, source: Source, digest: str, *, content: bytes = b"", **texts: str) -> Reading:
    with transaction.atomic():
        # Two clicks at once wait here for one another.
        Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
        recent = Reading.objects.filter(by=by, created_at__gt=timezone.now() - AGAIN).exclude(state=State.FAILED)
        same = recent.filter(provider=provider, source=source, digest=digest, offer=None).first()
        if same is not None:
            return same
        if Reading.objects.filter(by=by, created_at__gt=timezone.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
            raise ValidationError(
                _("You have had very many pages and flyers read within an hour. Please go on a little later.")
            )
        reading = Reading(provider=provider, by=by, source=source, digest=digest, **texts)
        if content:
            default_storage.save(reading.file(UPLOAD), ContentFile(content))
        reading.save()
        read_now.defer(pk=reading.pk)
    return reading


def uploaded(reading: Reading) -> bytes:
    """The file that was sent."""
    with default_storage.open(reading.file(UPLOAD)) as file:
        found: bytes = file.read()
        return found


def page_of(reading: Reading, number: int) -> bytes:
    """The picture of a page."""
    with default_storage.open(reading.file(f"page-{number}.webp")) as file:
        found: bytes = file.read()
        return found


def take_over(reading: Reading, choice: int, *, by: Any) -> Offer:
    """Make a draft of what was found, everything in it a proposal. Twice is once. LookupError: there is no such one."""
    with transaction.atomic():
        locked = Reading.objects.select_for_update(of=("self",)).select_related("provider", "offer").get(pk=reading.pk)
        if locked.offer is not None:
            return locked.offer
        if locked.state != State.DONE or not 0 <= choice < len(locked.found):
            raise LookupError(choice)
        proposed = [each for each in locked.found[choice] if each["key"] in GROUPS]
        offer = editing.start(locked.provider, by=by)
        draft = editing.begin(offer, by=by)
        editing.autosave(offer, _changes(draft.content, proposed), by=by, base=draft.base)
        Proposal.objects.bulk_create(
            Proposal(offer=offer, reading=locked, source=locked.source, key=each["key"], certain=each["certain"],
                     doubts=each["doubts"], said=each["said"][:400])
            for each in proposed
        )  # fmt: skip
        locked.offer = offer
        locked.save(update_fields=["offer"])
        return offer


def _changes(before: Content, proposed: list[dict[str, Any]]) -> Content:
    """The keys a draft gets. Somebody else's telephone does not stand beside the profile's name."""
    changes: Content = {}
    for each in proposed:
        changes |= each["content"]
    own: Content = {
        name: changes[name] for name in ("contact_phone", "contact_email", "contact_name") if name in changes
    }
    if own and any(value != before[name] for name, value in own.items()):
        changes |= {name: own.get(name, "") for name in CONTACT}
    return changes
