"""Sending: in parts, held and gone on with, to nobody twice, and to nobody who left."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.models import Entry
from core import work
from mail import delivery, tasks
from mail.models import OutboxMessage, Unreachable
from portal.newsletter import letters, sending
from portal.newsletter import readers as verbs
from portal.newsletter.models import Delivery, Mailing, Reader, State
from portal.newsletter.tasks import begin_mailing, look_here
from portal.offers.models import Offer
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.newsletter.town import NOW, a_newsletter, a_running_mailing, an_issue, dated, readers, write_all

Outbox = OutboxMessage.State


@pytest.fixture
def town(ahausen):
    with inside(ahausen), time_machine.travel(NOW, tick=False):
        yield ahausen


def addresses():
    return sorted(OutboxMessage.objects.filter(kind=letters.ISSUE).values_list("to", flat=True))


def test_everybody_gets_it_once_in_parts(town, monkeypatch):
    monkeypatch.setattr(sending, "MOST_WAITING", 10_000)
    newsletter = a_newsletter()
    readers(newsletter, 2 * sending.PART + 1)
    readers(a_newsletter("Anderer"), 3, beginning="fremd")
    mailing = a_running_mailing(newsletter)
    assert write_all(mailing) == 3
    assert mailing.state == Mailing.State.DONE
    assert addresses() == sorted(newsletter.readers.values_list("email", flat=True))
    assert mailing.recipients == Delivery.objects.count() == 2 * sending.PART + 1
    with inside_public():
        waiting = ProcrastinateJob.objects.filter(task_name="mail.tasks.deliver_later")
        assert waiting.count() == 2 * sending.PART + 1
        assert set(waiting.values_list("priority", flat=True)) == {-10}, "a forgotten password goes first"
    assert write_all(mailing) == 0


def test_a_part_takes_the_same_statements_however_many_readers_there_are(town, monkeypatch):
    found = []
    for name, number in (("Wenige", 3), ("Viele", 120)):
        newsletter = a_newsletter(name)
        readers(newsletter, number, beginning=name.lower())
        mailing = a_running_mailing(newsletter)
        with CaptureQueriesContext(connection) as queries:
            sending.write_part(mailing.pk, now=NOW)
        found.append(len(queries))
    # bulk_create writes 1,000 rows at once.
    assert found[0] == found[1] < 40


def test_who_is_no_reader_yet_left_or_cannot_be_reached_gets_none(town):
    newsletter = a_newsletter()
    readers(newsletter, 2)
    readers(newsletter, 1, beginning="wartet", state=State.PENDING, confirmed_at=None)
    readers(newsletter, 1, beginning="fragt", state=State.ASKING)
    readers(newsletter, 1, beginning="weg")
    Unreachable.objects.create(address="weg0@leute.example", said="550 no such user")
    mailing = a_running_mailing(newsletter)
    readers(newsletter, 1, beginning="danach", since=NOW + timedelta(minutes=1))
    write_all(mailing)
    assert addresses() == ["leserin0@leute.example", "leserin1@leute.example"]
    assert mailing.recipients == 2


def test_no_part_is_written_while_many_mails_wait_to_be_tried(town, monkeypatch):
    monkeypatch.setattr(sending, "PART", 5)
    monkeypatch.setattr(sending, "MOST_WAITING", 10)
    newsletter = a_newsletter()
    readers(newsletter, 12)
    mailing = a_running_mailing(newsletter)
    assert [sending.write_part(mailing.pk, now=NOW) for _part in range(3)] == [0, 0, sending.PATIENCE]
    # What the mail server wants later holds nobody up.
    OutboxMessage.objects.update(attempts=1)
    assert sending.write_part(mailing.pk, now=NOW) == 0
    assert len(addresses()) == 12


def test_held_it_takes_back_what_is_not_on_its_way_and_goes_on_without_doubles(town, monkeypatch):
    monkeypatch.setattr(sending, "PART", 5)
    newsletter = a_newsletter()
    readers(newsletter, 12)
    mailing = a_running_mailing(newsletter)
    sending.write_part(mailing.pk, now=NOW)
    first = OutboxMessage.objects.filter(kind=letters.ISSUE).first()
    assert delivery.begin(first.pk) is not None
    assert sending.hold(mailing, by=None) == 4
    assert sending.hold(mailing, by=None) is None
    assert sending.write_part(mailing.pk, now=NOW) is None
    assert addresses() == [first.to]
    assert sending.go_on(mailing, by=None)
    assert not sending.go_on(mailing, by=None)
    write_all(mailing)
    assert addresses() == sorted(newsletter.readers.values_list("email", flat=True))
    assert [each.action for each in Entry.objects.filter(action__startswith="newsletter.").order_by("pk")][2:] == [
        "newsletter.begun", "newsletter.held", "newsletter.resumed", "newsletter.done",
    ]  # fmt: skip


def test_held_and_left_at_that(town):
    newsletter = a_newsletter()
    readers(newsletter, 3)
    mailing = a_running_mailing(newsletter)
    assert not sending.end(mailing, by=None, now=NOW), "it runs"
    assert sending.hold(mailing, by=None) == 0
    assert sending.end(mailing, by=None, now=NOW)
    assert sending.write_part(mailing.pk, now=NOW) is None
    assert addresses() == []


def test_who_unsubscribes_while_it_is_sent_gets_no_mail_that_waits(town):
    newsletter = a_newsletter()
    readers(newsletter, 3)
    mailing = a_running_mailing(newsletter)
    sending.write_part(mailing.pk, now=NOW)
    verbs.end(Reader.objects.get(email="leserin1@leute.example"), now=NOW)
    assert addresses() == ["leserin0@leute.example", "leserin2@leute.example"]
    assert sending.progress(mailing).waiting == 2


def test_planned_twice_is_planned_once_and_can_be_taken_back_before_it_begins(town):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    dated("Fest", days=2)
    issue = an_issue(newsletter)
    plans = [sending.plan(issue, at=NOW + timedelta(hours=1), by=None, version=1) for _press in range(2)]
    assert plans[0].pk == plans[1].pk
    assert not sending.begin(plans[0].pk, now=NOW), "its time has not come"
    assert sending.unplan(plans[0], by=None)
    assert issue.__class__.objects.drafts().filter(pk=issue.pk).exists()
    again = sending.plan(issue, at=NOW, by=None, version=1)
    assert sending.begin(again.pk, now=NOW)
    assert not sending.begin(again.pk, now=NOW)
    assert not sending.unplan(again, by=None)


def test_what_somebody_changed_since_it_was_looked_at_is_not_sent(town):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    dated("Fest", days=2)
    issue = an_issue(newsletter)
    type(issue).objects.update(version=2)
    with pytest.raises(ValidationError, match="verändert|geändert"):
        sending.plan(issue, at=NOW, by=None, version=1)


def test_an_empty_issue_and_one_without_readers_are_refused(town):
    newsletter = a_newsletter()
    issue = an_issue(newsletter)
    with pytest.raises(ValidationError, match="leer"):
        sending.plan(issue, at=NOW, by=None, version=1)
    dated("Fest", days=2)
    with pytest.raises(ValidationError, match="Leser"):
        sending.plan(an_issue(newsletter), at=NOW, by=None, version=1)


def test_the_figures_stay_when_the_outbox_has_forgotten_and_its_texts_go_first(town):
    newsletter = a_newsletter()
    readers(newsletter, 4)
    mailing = a_running_mailing(newsletter)
    write_all(mailing)
    rows = list(OutboxMessage.objects.filter(kind=letters.ISSUE).order_by("pk"))
    for each in rows[:3]:
        OutboxMessage.objects.filter(pk=each.pk).update(state=Outbox.SENT, sent_at=NOW - timedelta(hours=2))
    OutboxMessage.objects.filter(pk=rows[0].pk).update(bounced_at=NOW)
    OutboxMessage.objects.filter(pk=rows[3].pk).update(state=Outbox.FAILED, failed_at=NOW)
    sending.keep_figures(now=NOW)
    assert [bool(body) for body in OutboxMessage.objects.order_by("pk").values_list("body", flat=True)] == [
        False, False, False, True,
    ]  # fmt: skip
    OutboxMessage.objects.all().delete()
    mailing.refresh_from_db()
    sending.keep_figures(now=NOW)
    found = sending.progress(mailing)
    assert (found.recipients, found.sent, found.failed, found.bounced, found.waiting) == (4, 3, 1, 1, 0)
    sending.keep_figures(now=NOW + sending.KEEP_DELIVERIES + timedelta(days=1))
    assert not Delivery.objects.exists(), "who had it is forgotten"
    assert sending.progress(mailing) == found


def test_a_refused_address_is_known_for_the_next_issue(town, settings):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    mailing = a_running_mailing(newsletter)
    write_all(mailing)
    message = OutboxMessage.objects.get(kind=letters.ISSUE)
    delivery.note(message, delivery.Answer(delivery.Verdict.NEVER, "550 5.1.1 no such user", gone=True))
    assert not newsletter.readers.getting().exists()
    assert sending.progress(mailing).failed == 1


def test_each_language_gets_its_frame_and_each_reader_their_own_links(town):
    newsletter = a_newsletter()
    readers(newsletter, 2)
    readers(newsletter, 1, beginning="reader", language="en")
    dated("Fest <b>für</b> alle", days=2)
    mailing = a_running_mailing(newsletter)
    write_all(mailing)
    mails = list(OutboxMessage.objects.filter(kind=letters.ISSUE))
    stops = {each.headers["List-Unsubscribe"] for each in mails}
    assert len(stops) == 3
    for each in mails:
        stop = each.headers["List-Unsubscribe"].strip("<>")
        assert stop in each.body
        assert f'href="{stop}"' in each.html
        assert sum(other.strip("<>") in each.html for other in stops) == 1
        assert "Fest &lt;b&gt;für&lt;/b&gt; alle" in each.html
        assert "<p>Guten Tag!</p>" in each.html
        assert each.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert each.headers["List-Id"] == f"<{newsletter.slug}.newsletter.ahausen.localhost>"
    english = next(each for each in mails if each.to.startswith("reader"))
    assert "Coming up" in english.html
    german = next(each for each in mails if each.to == "leserin0@leute.example")
    assert "Das kommt" in german.html
    assert "Coming up" not in german.html


def test_what_the_queue_has_lost_is_found_again(town):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    a_running_mailing(newsletter)
    dated("Fest", days=2)
    issue = an_issue(newsletter)
    sending.plan(issue, at=NOW - timedelta(minutes=1), by=None, version=1)
    for _five_minutes in range(2):
        look_here()
    with inside_public():
        names = sorted(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert names == ["portal.newsletter.tasks.begin_mailing", "portal.newsletter.tasks.write_part"]


def test_the_mail_of_an_issue_can_be_delivered(town, mailoutbox):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    mailing = a_running_mailing(newsletter)
    write_all(mailing)
    tasks.deliver_later(OutboxMessage.objects.get(kind=letters.ISSUE).pk)
    assert OutboxMessage.objects.get(kind=letters.ISSUE).state == Outbox.SENT
    assert timezone.now() == NOW


def test_what_is_planned_is_sent_by_the_queue_when_its_time_has_come(own_database, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with inside(municipality("ahausen")):
        newsletter = a_newsletter()
        readers(newsletter, 2)
        issue = an_issue(newsletter)
        type(issue).objects.update(preface="<p>Guten Tag!</p>")
        now = timezone.now()
        later = sending.plan(issue, at=now + timedelta(hours=1), by=None, version=1)
        begin_mailing.defer_anew(at=later.starts_at, mailing=later.pk)
        call_command("work", until_empty=True)
        assert Mailing.objects.get().state == Mailing.State.PLANNED, "its time has not come"
    # An hour has passed.
    with inside_public():
        ProcrastinateJob.objects.filter(task_name=begin_mailing.name).update(scheduled_at=now)
    with inside(municipality("ahausen")):
        Mailing.objects.update(starts_at=now)
    # A job that queues another ends the worker's turn: beginning, its parts, the mails.
    for _turn in range(5):
        call_command("work", until_empty=True)
    with inside(municipality("ahausen")):
        assert Mailing.objects.get().state == Mailing.State.DONE
        assert sending.progress(Mailing.objects.get()).sent == 2
        assert issue.__class__.objects.public().exists()


def test_an_issue_of_which_nothing_is_left_when_its_time_comes_goes_to_nobody_and_back_to_the_desk(town):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    offer = dated("Fest", days=2)
    issue = an_issue(newsletter)
    mailing = sending.plan(issue, at=NOW, by=None, version=1)
    Offer.objects.filter(pk=offer.pk).update(state="paused")
    assert not sending.begin(mailing.pk, now=NOW)
    assert not Mailing.objects.exists()
    issue.refresh_from_db()
    assert (issue.published_at, issue.called_off_at) == (None, NOW)
    assert addresses() == []
    assert Entry.objects.filter(action="newsletter.called_off").count() == 1
    [source] = [each for each in work._sources if each.kind == "newsletter"]
    assert source.rows().get() == (issue.pk, NOW)
    assert "nichts mehr darin" in source.tell([issue.pk])[0].what
    Offer.objects.filter(pk=offer.pk).update(state=offer.state)
    assert sending.begin(sending.plan(issue, at=NOW, by=None, version=1).pk, now=NOW)
    assert not source.rows().exists()


def test_answers_go_to_the_contact_of_the_newsletter(town):
    newsletter = a_newsletter(contact_email="runder-tisch@amt.example")
    readers(newsletter, 1)
    write_all(a_running_mailing(newsletter))
    assert OutboxMessage.objects.get().reply_to == "runder-tisch@amt.example"
