"""A night with 20,000 offers that nobody has looked at, of 2,000 organisations, against limits in seconds."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from mail.models import OutboxMessage
from portal.offers.models import Offer
from portal.providers.models import Membership, Provider
from portal.upkeep import stepping
from portal.upkeep.planning import tonight
from portal.upkeep.sending import send_tonight
from portal.upkeep.tasks import A_JOB
from tenants.running.context import inside
from tests.benchmarks.table import Row
from tests.conftest import municipality

OFFERS, CLUBS = 20_000, 2_000
PLAN, A_BATCH, STEP = 5.0, 5.0, 20.0
# By the letter (with its mail and job), whatever the number of offers in it.
MOST_STATEMENTS = 30 * A_JOB + 60


def rows() -> Iterator[Row]:
    """Planning the night, one job of letters, and noting all of them."""
    with inside(municipality("ahausen")), transaction.atomic():
        _fill()
        wanted, taken = _timed(tonight)
        yield Row(f"Who gets what of {OFFERS:,} offers", f"{taken:.2f} s", f"{PLAN:g} s", taken / PLAN, 1)
        some = sorted(wanted)[:A_JOB]
        with CaptureQueriesContext(connection) as asked:
            _written, taken = _timed(lambda: send_tonight(some))
        yield Row(f"{A_JOB} letters", f"{taken:.2f} s", f"{A_BATCH:g} s", taken / A_BATCH, 1)
        yield Row(f"Statements of {A_JOB} letters", str(len(asked)), str(MOST_STATEMENTS),
                  len(asked) / MOST_STATEMENTS, 1)  # fmt: skip
        for start in range(A_JOB, len(wanted), 500):
            send_tonight(sorted(wanted)[start : start + 500])
        OutboxMessage.objects.update(state=OutboxMessage.State.SENT, sent_at=timezone.now())
        later = timezone.now() + timedelta(days=15)
        stepping.settle(timezone.now())
        with CaptureQueriesContext(connection) as asked:
            (noted, _hidden), taken = _timed(lambda: stepping.step(later))
        assert noted == OFFERS
        yield Row(f"Noting {noted:,} offers, {len(asked)} statements", f"{taken:.2f} s", f"{STEP:g} s",
                  taken / STEP, 1)  # fmt: skip
        transaction.set_rollback(True)


def _timed(work: Callable[[], object]) -> tuple[object, float]:
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def _fill() -> None:
    now = timezone.now()
    clubs = Provider.objects.bulk_create(
        Provider(name=f"Verein {n}", slug=f"verein-{n}", state="published", published_at=now) for n in range(CLUBS)
    )
    people = User.objects.bulk_create(User(email=f"p{n}@verein.example", name=f"P {n}") for n in range(CLUBS))
    Membership.objects.bulk_create(
        Membership(provider=club, user=person, role="administrator") for club, person in zip(clubs, people, strict=True)
    )
    Offer.objects.bulk_create(
        (
            Offer(
                provider=clubs[n % CLUBS],
                title=f"Kurs {n}",
                slug=f"kurs-{n}",
                state="published",
                published_at=now,
                reviewed_at=timezone.localdate() - timedelta(days=250),
            )
            for n in range(OFFERS)
        ),
        batch_size=2000,
    )
