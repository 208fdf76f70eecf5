"""`kill -9` of the workers in the middle of a mailing: nobody is left out, nobody has two."""

import os
import signal
from collections import Counter

import pytest

from mail.models import OutboxMessage
from operations.models import PostedMail
from portal.newsletter import letters, sending, tasks
from portal.newsletter.models import Delivery, Mailing
from tenants.running.context import inside, inside_public
from tests import children
from tests.conftest import municipality
from tests.jobs.test_jobs import _wait_for, _worker
from tests.newsletter.town import a_newsletter, a_running_mailing, readers

NUMBER = 450


def posted() -> Counter[str]:
    """What arrived, by address."""
    with inside_public():
        return Counter(PostedMail.objects.values_list("to", flat=True))


def killed(worker) -> None:
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    worker.stdout.close()


def test_workers_that_are_killed_while_it_is_sent_leave_nobody_out_and_nobody_gets_two(own_database):
    with inside(municipality("ahausen")):
        newsletter = a_newsletter()
        readers(newsletter, NUMBER)
        mailing = a_running_mailing(newsletter)
        tasks.write_part.defer_once(about=mailing.pk, mailing=mailing.pk)
        wanted = Counter(newsletter.readers.values_list("email", flat=True))
    # Within the first part, within the second, shortly before the end.
    for arrived in (30, sending.PART + 40, NUMBER - 30):
        worker = _worker()
        _wait_for(lambda number=arrived: posted().total() >= number, 90)
        killed(worker)
        children.wait_for_the_dead()
        assert max(posted().values()) == 1
    worker = _worker()
    try:
        _wait_for(lambda: posted().total() >= NUMBER, 120)
        with inside(municipality("ahausen")):
            _wait_for(lambda: Mailing.objects.get().state == Mailing.State.DONE, 60)
            _wait_for(lambda: not OutboxMessage.objects.waiting().exists(), 60)
    finally:
        os.killpg(worker.pid, signal.SIGTERM)
        worker.wait(30)
        worker.stdout.close()
    assert posted() == wanted


@pytest.mark.usefixtures("own_database")
def test_a_part_that_is_killed_at_any_statement_is_there_whole_or_not_at_all():
    with inside(municipality("ahausen")):
        newsletter = a_newsletter()
        readers(newsletter, sending.PART + 20)
        mailing = a_running_mailing(newsletter)
    written = []
    # At the mails, at the deliveries after their jobs, and once it is done.
    for statements in (1, 2, 99):
        code = (
            "from django.db import transaction\n"
            "from portal.newsletter import sending\n"
            "from tests.killing import dying_after\n"
            "from tests.newsletter.town import NOW\n"
            "from tests.conftest import municipality\n"
            "from tenants.running.context import inside\n"
            f"with inside(municipality('ahausen')), transaction.atomic(), dying_after({statements}):\n"
            f"    sending.write_part({mailing.pk}, now=NOW)\n"
        )
        with children.python(code) as child:
            said, _error = child.communicate(timeout=120)
        children.wait_for_the_dead()
        assert child.returncode == (0 if statements == 99 else -9), said
        with inside(municipality("ahausen")):
            mails = OutboxMessage.objects.filter(kind=letters.ISSUE)
            assert mails.count() == Delivery.objects.count() == len(set(mails.values_list("to", flat=True)))
            written.append(mails.count())
    assert written == [0, 0, sending.PART]
