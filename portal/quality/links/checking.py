"""The background work on links: one after the other, what was seen kept at once, a short stretch of time a job.

Each link is claimed before it is asked for: the claim is a next look a quarter of an hour away. Killed in the middle,
what was seen stays, and what was claimed is looked at again by the next job after that quarter of an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from courtesy.turns import BusyError
from portal.quality.links.asking import MISSING, Asker, Seen
from portal.quality.models import Link

CLAIMED = timedelta(minutes=15)
# How soon a link is looked at again; never sooner than some days.
AGAIN = {
    Link.Verdict.FINE: timedelta(days=14),
    Link.Verdict.UNCLEAR: timedelta(days=3),
    Link.Verdict.SUSPECT: timedelta(days=3),
    Link.Verdict.BROKEN: timedelta(days=7),
}
APART = timedelta(days=2)
"""Between the two failures that make a link broken."""
SECONDS = 20.0
"""As long as a job may take: others wait for its place."""
_FOR_GOOD = frozenset({Link.Verdict.SUSPECT, Link.Verdict.BROKEN})


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a link after a look."""

    verdict: Link.Verdict
    failed_since: datetime | None


def judge(before: Link, seen: Seen, *, now: datetime) -> Judged:
    """Broken only after two failures some days apart; what is unclear neither mends nor breaks what was known."""
    if seen.cause is None:
        return Judged(Link.Verdict.FINE, None)
    if seen.cause not in MISSING:
        known = Link.Verdict(before.verdict)
        return Judged(known, before.failed_since) if known in _FOR_GOOD else Judged(Link.Verdict.UNCLEAR, None)
    since = before.failed_since or now
    if before.verdict == Link.Verdict.BROKEN or (before.verdict == Link.Verdict.SUSPECT and now - since >= APART):
        return Judged(Link.Verdict.BROKEN, since)
    return Judged(Link.Verdict.SUSPECT, since)


def check_some(asker: Asker | None = None, *, seconds: float = SECONDS) -> bool:
    """Look at links that are due until the time is over. True where some are left."""
    asker, end = asker or Asker(), monotonic() + seconds
    while monotonic() < end:
        link = _claimed()
        if link is None:
            return False
        _look(link, asker)
    return Link.objects.filter(due_at__lte=timezone.now()).exists()


def _look(link: Link, asker: Asker) -> None:
    try:
        seen = asker.look_at(link.url)
    except BusyError as error:
        # Nothing was seen: it only has to wait for its host, and lets the links of other hosts pass.
        later = timezone.now() + timedelta(seconds=max(error.seconds, 5.0))
        Link.objects.filter(pk=link.pk).update(due_at=later)
        return
    _keep(link, seen)


@transaction.atomic
def _claimed() -> Link | None:
    """The link that waits longest, with its next look far enough away for nobody else to take it."""
    now = timezone.now()
    link = Link.objects.select_for_update(skip_locked=True).filter(due_at__lte=now).order_by("due_at", "pk").first()
    if link is not None:
        Link.objects.filter(pk=link.pk).update(due_at=now + CLAIMED)
    return link


def _keep(link: Link, seen: Seen) -> None:
    now = timezone.now()
    judged = judge(link, seen, now=now)
    Link.objects.filter(pk=link.pk).update(
        verdict=judged.verdict,
        failed_since=judged.failed_since,
        cause=seen.cause or "",
        status=seen.status,
        checked_at=now,
        due_at=now + max(AGAIN[judged.verdict], timedelta(seconds=seen.wait)),
    )
