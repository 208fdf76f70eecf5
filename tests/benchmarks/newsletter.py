"""A newsletter of 5,000 readers: writing all of its mails in parts, and the worker sending them all to a mail server,
which kills it midway."""

import resource
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mail.models import OutboxMessage
from portal.newsletter import letters, making, sending, tasks
from portal.newsletter.models import Mailing, Newsletter, Reader, State
from tenants.running.context import inside
from tests import children
from tests.benchmarks.table import Row
from tests.conftest import municipality
from tests.databases import clone
from tests.factories import a_provider, an_offer
from tests.newsletter.killing import mail_server, worker_for

READERS, OFFERS = 5_000, 30
# All mails in the outbox; one part; all of them by a worker to a mail server on this machine; more memory than before.
WRITE, STATEMENTS, SEND, MEGABYTES = 60.0, 40, 600.0, 100.0


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
        transaction.set_rollback(True)
    with clone("bench_newsletter"):
        taken = _sent_by_a_worker()
    yield Row(f"Sending {READERS:,}, the worker killed midway", f"{taken:.0f} s", f"{SEND:g} s", taken / SEND, 1)


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


def _sent_by_a_worker() -> float:
    """From the first job until everybody has it, once. What passes until a killed worker is taken for dead is left
    out."""
    with inside(municipality("ahausen")):
        mailing = _begun()
        tasks.write_part.defer_once(about=mailing.pk, mailing=mailing.pk)
        wanted = Counter(Reader.objects.values_list("email", flat=True))
    with mail_server() as (inbox, port):
        inbox.at = (READERS // 2, "after")
        start = time.perf_counter()
        inbox.worker = worker_for(port)
        inbox.worker.wait()
        children.half_a_minute_later()
        inbox.worker = worker_for(port)
        while inbox.arrived.total() < READERS and inbox.worker.poll() is None:
            time.sleep(0.05)
        taken = time.perf_counter() - start
        inbox.worker.terminate()
        inbox.worker.wait()
        assert inbox.arrived == wanted, "somebody has none, or two"
    return taken
