"""What happens at night to offers nobody looked at, and to letters: settled, noted, hidden, ended, forgotten."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from audit.services import record_many
from mail.models import OutboxMessage
from portal.offers.editing import CONFIRMABLE
from portal.offers.models import Offer
from portal.offers.services import enter_state
from portal.offers.states import State
from portal.preferences.models import Preferences
from portal.upkeep.asking import Course, to_hide, to_note
from portal.upkeep.models import Ending, Letter

CHUNK = 500
BY = "portal.upkeep"
# Longer than the mail server is tried (mail.delivery): then nobody will say any more what became of a letter.
LOST = timedelta(days=10)
# A mail may come back for so long after the server took it.
COMES_BACK = timedelta(days=14)
KEEP = timedelta(days=800)
logger = logging.getLogger(__name__)


def settle(now: datetime) -> None:
    """Find out which letters arrived. A fixed number of statements."""
    mails = OutboxMessage.objects.filter(pk=OuterRef("mail_id"))
    sent = mails.filter(state=OutboxMessage.State.SENT, bounced_at__isnull=True)
    back = mails.filter(bounced_at__isnull=False).annotate(when=F("bounced_at"))
    failed = mails.filter(state=OutboxMessage.State.FAILED).annotate(when=Coalesce("failed_at", "created_at"))
    open_ones = Letter.objects.unsettled()
    open_ones.update(failed_at=_said(failed, "when"))
    lately = Letter.objects.filter(written_at__gt=now - COMES_BACK, failed_at__isnull=True)
    returned = lately.filter(mail_id__in=OutboxMessage.objects.filter(bounced_at__isnull=False).values("pk"))
    returned.update(delivered_at=None, failed_at=_said(back, "when"))
    open_ones.update(delivered_at=_said(sent, "sent_at"))
    # Sent again by hand after it was given up.
    lately = Letter.objects.filter(written_at__gt=now - timedelta(days=30), failed_at__isnull=False)
    again = OutboxMessage.objects.filter(state=OutboxMessage.State.SENT, bounced_at__isnull=True).values("pk")
    lately.filter(mail_id__in=again).update(failed_at=None, delivered_at=_said(sent, "sent_at"))
    open_ones.filter(written_at__lt=now - LOST).update(failed_at=now)


def _said(mails: QuerySet[OutboxMessage], column: str) -> Subquery:
    return Subquery(mails.values(column)[:1])


def step(now: datetime) -> tuple[int, int]:
    """Note and hide what is due, as the municipality wants it; returns how many of each."""
    course = Course.of(Preferences.current())
    if course.note is None:
        Offer.objects.filter(noted_at__isnull=False).update(noted_at=None)
    if course.hide is None:
        Offer.objects.filter(hidden_at__isnull=False).update(hidden_at=None)
    noted = list(to_note(now=now, course=course).values_list("pk", flat=True))
    in_parts(noted, lambda pks: _mark(pks, "noted_at", "upkeep.noted", now))
    hidden = list(to_hide(now=now, course=course).values_list("pk", flat=True))
    in_parts(hidden, lambda pks: _mark(pks, "hidden_at", "upkeep.hidden", now))
    return len(noted), len(hidden)


def _mark(pks: Sequence[int], column: str, action: str, now: datetime) -> None:
    """Not `save`: nothing of the text changes, and since when nobody has looked must stay what it is."""
    rows = Offer.objects.select_for_update(of=("self",)).filter(pk__in=pks, **{f"{column}__isnull": True})
    found = list(rows.order_by("pk"))
    Offer.objects.filter(pk__in=[each.pk for each in found]).update(**{column: now})
    record_many(action, [(each, {}) for each in found], by=BY)


def in_parts(pks: Sequence[int], act: Callable[[Sequence[int]], object]) -> None:
    """Many at once; where that fails, in halves, so that one that cannot be done stops no other."""
    for start in range(0, len(pks), CHUNK):
        _halved(pks[start : start + CHUNK], act)


def _halved(pks: Sequence[int], act: Callable[[Sequence[int]], object]) -> None:
    try:
        with transaction.atomic():
            act(pks)
    except Exception:
        if len(pks) == 1:
            logger.exception("Offer %s could not be kept current.", pks[0])
            return
        middle = len(pks) // 2
        _halved(pks[:middle], act)
        _halved(pks[middle:], act)


def end_due(now: datetime) -> None:
    """Put away what somebody said is no more from today on."""
    today = timezone.localdate(now)
    due = list(Ending.objects.filter(day__lte=today).values_list("pk", flat=True))
    in_parts(due, _end)


def _end(pks: Sequence[int]) -> None:
    endings = {each.pk: each for each in Ending.objects.select_related("by").filter(pk__in=pks)}
    rows = Offer.objects.select_for_update(of=("self",)).filter(pk__in=pks, state__in=CONFIRMABLE)
    for offer in rows.order_by("pk"):
        enter_state(offer, State.ARCHIVED, by=endings[offer.pk].by or BY)
    Ending.objects.filter(pk__in=pks).delete()


def forget(now: datetime) -> None:
    """Old letters, and announced ends of what is gone."""
    Letter.objects.filter(written_at__lt=now - KEEP).delete()
    Ending.objects.exclude(pk__in=Offer.objects.values("pk")).delete()
