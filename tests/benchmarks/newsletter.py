"""A newsletter of 5,000 readers: writing all of its mails in parts, and handing mails to a mail server."""

import resource
import time
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mail import delivery
from mail.models import OutboxMessage
from portal.newsletter import letters, making, sending
from portal.newsletter.models import Mailing, Newsletter, Reader, State
from tenants.running.context import inside
from tests.benchmarks.table import Row
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.mail.servers import smtp_server

READERS, OFFERS = 5_000, 30
# All mails in the outbox; one part; one mail from the outbox to a mail server on this machine; more memory than before.
WRITE, STATEMENTS, A_MAIL, MEGABYTES = 60.0, 40, 0.1, 100.0
SOME = 100


def rows() -> Iterator[Row]:
    """By the seconds, the statements and the memory."""
    with inside(municipality("ahausen")), transaction.atomic():
        mailing = _begun()
        before = _megabytes()
        with CaptureQueriesContext(connection) as asked:
            sending.write_part(mailing.pk, now=timezone.now())
        yield Row(f"Statements of a part of {sending.PART}", str(len(asked)), str(STATEMENTS),
                  len(asked) / STATEMENTS, 1)  # fmt: skip
        taken = _write_all(mailing)
        assert OutboxMessage.objects.filter(kind=letters.ISSUE).count() == READERS
        yield Row(f"Writing {READERS:,} mails", f"{taken:.1f} s", f"{WRITE:g} s", taken / WRITE, 1)
        grown = _megabytes() - before
        yield Row("Memory of it", f"{grown:.0f} MB", f"{MEGABYTES:g} MB", grown / MEGABYTES, 1)
        taken = _deliver()
        yield Row("Handing over a mail", f"{1000 * taken:.0f} ms", f"{1000 * A_MAIL:g} ms", taken / A_MAIL, 1)
        transaction.set_rollback(True)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _begun() -> Mailing:
    now = timezone.now()
    provider = a_provider()
    for number in range(OFFERS):
        an_offer(provider=provider, title=f"Kurs {number}", published_at=now - timedelta(days=1))
    newsletter = Newsletter.objects.create(name="Neues", slug="neues")
    then = now - timedelta(days=9)
    Reader.objects.bulk_create(
        Reader(newsletter=newsletter, email=f"p{each}@leute.example", state=State.ACTIVE, created_at=then,
               confirmed_at=then)
        for each in range(READERS)
    )  # fmt: skip
    issue = making.make(newsletter, making.usual_period(newsletter, now=now), now=now, by=None)
    mailing = sending.plan(issue, at=now, by=None, version=1)
    sending.begin(mailing.pk, now=now)
    mailing.refresh_from_db()
    return mailing


def _write_all(mailing: Mailing) -> float:
    start = time.perf_counter()
    while (seconds := sending.write_part(mailing.pk, now=timezone.now())) is not None:
        if seconds:
            # As if the mail server had been asked: the next part waits for that.
            OutboxMessage.objects.filter(attempts=0).update(attempts=1)
    return time.perf_counter() - start


def _deliver() -> float:
    with smtp_server(settings) as inbox:
        found = list(OutboxMessage.objects.filter(kind=letters.ISSUE)[:SOME])
        start = time.perf_counter()
        for each in found:
            assert delivery.hand_over(each).verdict is delivery.Verdict.SENT
        taken = time.perf_counter() - start
    assert len(inbox.letters) == SOME
    return taken / SOME
