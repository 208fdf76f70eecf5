"""`kill -9` of the real worker while a real mail server is spoken to: nobody is left out, nobody has two."""

import os
import signal
from collections import Counter

import pytest

from mail.models import OutboxMessage
from portal.newsletter import letters, sending, tasks
from portal.newsletter.models import Delivery, Mailing
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.jobs.test_jobs import _wait_for
from tests.newsletter.killing import mail_server, worker_for
from tests.newsletter.town import a_newsletter, a_running_mailing, readers

# Into the second part, so that one worker dies there too.
NUMBER = sending.PART + 60


def test_workers_that_are_killed_while_it_is_sent_leave_nobody_out_and_nobody_gets_two(own_database):
    with inside(municipality("ahausen")):
        newsletter = a_newsletter()
        readers(newsletter, NUMBER)
        mailing = a_running_mailing(newsletter)
        tasks.write_part.defer_once(about=mailing.pk, mailing=mailing.pk)
        wanted = Counter(newsletter.readers.values_list("email", flat=True))
    with mail_server() as (inbox, port):
        for at in ((20, "after"), (sending.PART + 10, "before")):
            inbox.at = at
            inbox.worker = worker_for(port)
            _wait_for(lambda: inbox.worker.poll() is not None, 120)
            children.half_a_minute_later()
            assert at[0] <= inbox.arrived.total() < NUMBER
        inbox.worker = worker_for(port)
        try:
            _wait_for(lambda: inbox.arrived.total() >= NUMBER, 120)
            with inside(municipality("ahausen")):
                _wait_for(lambda: Mailing.objects.get().state == Mailing.State.DONE, 60)
                _wait_for(lambda: not OutboxMessage.objects.waiting().exists(), 60)
        finally:
            os.killpg(inbox.worker.pid, signal.SIGTERM)
            inbox.worker.wait(60)
        assert inbox.arrived == wanted
    with inside(municipality("ahausen")):
        assert sending.progress(Mailing.objects.get()).sent == NUMBER


@pytest.mark.usefixtures("own_database")
def test_a_part_that_is_killed_in_the_middle_is_not_there_at_all():
    with inside(municipality("ahausen")):
        newsletter = a_newsletter()
        readers(newsletter, 30)
        mailing = a_running_mailing(newsletter)
    # Its mails and their jobs are written, who has them is not yet.
    code = (
        "from django.db import transaction\n"
        "from portal.newsletter import sending\n"
        "from tests.killing import dying_after\n"
        "from tests.newsletter.town import NOW\n"
        "from tests.conftest import municipality\n"
        "from tenants.running.context import inside\n"
        f"with inside(municipality('ahausen')), transaction.atomic(), dying_after(2):\n"
        f"    sending.write_part({mailing.pk}, now=NOW)\n"
    )
    with children.python(code) as child:
        said, _error = child.communicate(timeout=120)
    children.wait_for_the_dead()
    assert child.returncode == -9, said
    with inside(municipality("ahausen")):
        assert not OutboxMessage.objects.filter(kind=letters.ISSUE).exists()
        assert not Delivery.objects.exists()
