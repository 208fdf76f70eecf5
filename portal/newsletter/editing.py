"""What editors do with newsletters and drafts. Each verb is one transaction with its entry in the log."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.services import record
from core.bulk import remove_rows
from portal.newsletter.making import next_draft
from portal.newsletter.models import Delivery, Issue, Item, Mailing, Newsletter, Part, Reader
from portal.offers.models import Offer

MOST_ITEMS = 80
_UNDER_WAY = (Mailing.State.PLANNED, Mailing.State.RUNNING, Mailing.State.HELD)
_OFFER = re.compile(r"(?:\A|/angebote/)(\d{1,15})(?:\D|\Z)")


class ChangedMeanwhileError(Exception):
    """Somebody else saved the draft since this form was opened; nothing was written."""

    def __init__(self, current: Issue) -> None:
        super().__init__(str(current.pk))
        self.current = current


class UnderWayError(Exception):
    """An issue is planned, on its way or held; the newsletter stays until that is over or taken back."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(str(issue.pk))
        self.issue = issue


class NotADraftError(Exception):
    """The issue is planned or on its way: what people get must not change under them."""


def save_newsletter(newsletter: Newsletter, *, by: Any, now: datetime) -> Newsletter:
    """Keep what a newsletter is; its next draft follows the rhythm."""
    with transaction.atomic():
        fresh = newsletter.pk is None
        before = None if fresh else Newsletter.objects.select_for_update().get(pk=newsletter.pk)
        if before is None or before.rhythm != newsletter.rhythm:
            newsletter.due_at = next_draft(newsletter.rhythm, after=now)
        else:
            # A draft may have been made since the form read the row: with its day it would be made once more.
            newsletter.due_at = before.due_at
        newsletter.save()
        record("newsletter.created" if fresh else "newsletter.changed", newsletter, by=by)
    return newsletter


def remove_newsletter(newsletter: Newsletter, *, by: Any) -> bool:
    """Delete a newsletter with its issues and the addresses of its readers. False where it is gone already. Raises
    UnderWayError."""
    with transaction.atomic():
        # Nobody makes an issue or becomes a reader meanwhile: their rows point here.
        locked = Newsletter.objects.select_for_update().filter(pk=newsletter.pk).first()
        if locked is None:
            return False
        open_ones = Mailing.objects.filter(issue__newsletter=locked, state__in=_UNDER_WAY).select_for_update()
        if (found := open_ones.select_related("issue").first()) is not None:
            raise UnderWayError(found.issue)
        record("newsletter.removed", locked, by=by)
        # By the thousand, and nothing points at them: not one by one.
        remove_rows(Delivery.objects.filter(mailing__issue__newsletter=locked))
        remove_rows(Reader.objects.filter(newsletter=locked))
        Issue.objects.filter(newsletter=locked).delete()
        locked.delete()
    return True


def _draft(pk: int) -> Issue:
    """Locked; only what nobody has planned to send."""
    issue = Issue.objects.select_for_update(of=("self",)).select_related("newsletter").get(pk=pk)
    if not issue.is_draft:
        raise NotADraftError
    return issue


def save_issue(
    issue: Issue,
    *,
    version: int,
    words: Mapping[str, str],
    chosen: Collection[int],
    shown: Collection[int],
    notes: Mapping[int, str],
    by: Any,
) -> Issue:
    """Keep the words of a draft, which offers it tells of, and what is said to them. `shown` are the items the form
    knew: what came in since stays as it is. Raises ChangedMeanwhileError, NotADraftError."""
    with transaction.atomic():
        locked = _draft(issue.pk)
        if locked.version != version:
            raise ChangedMeanwhileError(locked)
        for name, value in words.items():
            setattr(locked, name, value)
        locked.version += 1
        locked.save()
        items = [each for each in locked.items.all() if each.pk in shown]
        for each in items:
            each.chosen, each.note = each.pk in chosen, notes.get(each.pk, "")
        Item.objects.bulk_update(items, ["chosen", "note"])
        record("newsletter.edited", locked, by=by)
    return locked


def move(issue: Issue, item: int, *, steps: int) -> None:
    """Put an offer before or after its neighbour below the same heading; at the end it stays where it is."""
    with transaction.atomic():
        locked = _draft(issue.pk)
        moved = locked.items.filter(pk=item).first()
        if moved is None:
            return
        row = list(locked.items.filter(part=moved.part))
        place = next(index for index, each in enumerate(row) if each.pk == item)
        other = place + steps
        if not 0 <= other < len(row):
            return
        row[place], row[other] = row[other], row[place]
        positions = sorted(each.position for each in row)
        for each, position in zip(row, positions, strict=True):
            each.position = position
        Item.objects.bulk_update(row, ["position"])


def add(issue: Issue, written: str) -> Item:
    """Tell of one more offer, by its address or number. One that is there already is ticked. Raises ValidationError."""
    found = _OFFER.search(written.strip())
    offer = Offer.objects.current().filter(pk=int(found[1])).first() if found else None
    if offer is None:
        raise ValidationError(_("We find no offer there that is online. Please copy the address of its page."))
    with transaction.atomic():
        locked = _draft(issue.pk)
        if locked.items.count() >= MOST_ITEMS:
            raise ValidationError(_("An issue of more than %(number)d offers reads nobody.") % {"number": MOST_ITEMS})
        last = locked.items.aggregate(last=Max("position"))["last"] or 0
        item, fresh = Item.objects.get_or_create(
            issue=locked, offer=offer, defaults={"part": Part.COMING, "position": last + 1}
        )
        if not fresh:
            Item.objects.filter(pk=item.pk).update(chosen=True)
    return item


def discard(issue: Issue, *, by: Any) -> bool:
    """Throw a draft away. False where it is none (any more)."""
    with transaction.atomic():
        try:
            locked = _draft(issue.pk)
        except (NotADraftError, Issue.DoesNotExist):
            return False
        record("newsletter.discarded", locked, by=by)
        locked.delete()
    return True
