"""What is promised of data holds in every state of a municipality; mail comes from those that serve people only."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from mail.models import OutboxMessage
from mail.tasks import forget_everywhere
from portal.blocks.tasks import tidy_everywhere as tidy_pages_everywhere
from portal.feedback.models import Case, Salt
from portal.feedback.tasks import look_after_feedback_everywhere
from portal.media.tasks import look_after_media_everywhere
from portal.newsletter.tasks import tidy_everywhere as tidy_newsletters_everywhere
from portal.offers.choices import ScheduleKind
from portal.offers.models import Occurrence, Schedule
from portal.offers.services import extend_occurrences, forget_past_occurrences, set_schedules
from portal.offers.tasks import extend_everywhere, remove_everywhere
from portal.subscriptions import services as subscriptions
from portal.subscriptions.models import Subscription
from portal.subscriptions.tasks import look_at, look_everywhere, tell_one, tidy_everywhere
from portal.surveys.tasks import tidy_everywhere as tidy_surveys_everywhere
from tenants.models import Municipality, State
from tenants.running.context import each_kept, inside, inside_public, is_live
from tests.conftest import municipality
from tests.factories import an_offer
from theming.models import Theme
from theming.tasks import tidy_pictures_everywhere

NIGHTLY = (forget_everywhere, look_after_feedback_everywhere, extend_everywhere, remove_everywhere, tidy_everywhere,
           tidy_pictures_everywhere, look_after_media_everywhere, tidy_newsletters_everywhere,
           tidy_pages_everywhere, tidy_surveys_everywhere)  # fmt: skip
COPY = "abgeleitet/400/offerimage/weg.png.webp"


def _state(slug, state):
    with inside_public():
        Municipality.objects.filter(slug=slug).update(state=state, state_reason="Umzug")


def _subscriber(email, *, confirmed, now):
    subscriptions.subscribe(email, query="", frequency="sofort", language="de", now=now)
    found = Subscription.objects.get(email=email)
    if confirmed:
        subscriptions.confirm(found, now=now)
    return found


def _old_things():
    """Of everything whose time is up one, in the municipality we are inside."""
    now = timezone.now()
    Theme.objects.update(email="stadt@ahausen.example")
    _subscriber("nie@example.org", confirmed=False, now=now - timedelta(days=8))
    _subscriber("vorbei@example.org", confirmed=True, now=now - timedelta(days=366))
    _subscriber("bald@example.org", confirmed=True, now=now - timedelta(days=350))
    OutboxMessage.objects.all().delete()
    old = OutboxMessage.objects.create(to="eva@example.org", subject="Alt", body="Persönliches", sender="x@example.org",
                                       message_id="<1@x>", state="sent", sent_at=now)  # fmt: skip
    OutboxMessage.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=31))
    Salt.objects.create(day=(now - timedelta(days=3)).date(), value="x" * 32)
    Case.objects.create(kind="barrier", text="Eva sagt", state="done", closed_at=now - timedelta(days=200),
                        due_at=now - timedelta(days=200))  # fmt: skip
    Case.objects.create(kind="barrier", text="Offen", state="new", due_at=now - timedelta(days=2))
    offer = an_offer(title="Chor")
    set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=(now - timedelta(days=10)).date())])
    Occurrence.objects.update(starts_at=now - timedelta(days=402), ends_at=now - timedelta(days=401))
    default_storage.save(COPY, ContentFile(b"x"))


def _left():
    """What is still there of it."""
    return {
        "unconfirmed": Subscription.objects.filter(email="nie@example.org").exists(),
        "ended": Subscription.objects.filter(email="vorbei@example.org").exists(),
        "mail": OutboxMessage.objects.filter(subject="Alt").exists(),
        "salt": Salt.objects.filter(day__lt=timezone.localdate()).exists(),
        "case": Case.objects.exclude(text="").filter(closed_at__isnull=False).exists(),
        "date": Occurrence.objects.exists(),
        "picture": default_storage.exists(COPY),
    }


def _night():
    for task in NIGHTLY:
        task.func(0)
    with inside_public():
        call_command("work", until_empty=True)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUSPENDED, State.ARCHIVED])
def test_what_need_not_be_kept_goes_in_every_state_and_nobody_gets_mail(own_database, settings, state):
    with inside(municipality("ahausen")):
        _old_things()
    _state("ahausen", state)
    _night()
    with inside(municipality("ahausen")):
        assert not is_live()
        assert not any(_left().values()), _left()
        assert list(OutboxMessage.objects.values_list("to", "subject")) == []
        # Whoever is still subscribed was not asked, and is so when the municipality comes back.
        assert Subscription.objects.get().asked_at is None


def test_where_people_are_served_they_are_asked_and_reminded(own_database):
    with inside(municipality("ahausen")):
        _old_things()
    _night()
    with inside(municipality("ahausen")):
        assert is_live()
        kept = _left()
        # The one that ended while no night came is asked first, and has a week to answer.
        assert kept.pop("ended")
        assert not any(kept.values()), kept
        assert {mail.to for mail in OutboxMessage.objects.all()} == {
            "vorbei@example.org", "bald@example.org", "stadt@ahausen.example",
        }  # fmt: skip


def test_every_state_is_looked_after_and_each_is_entered(ahausen, bedorf):
    _state("bedorf", State.ARCHIVED)
    seen = []
    for where in each_kept():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            seen.append((where.slug, cursor.fetchone()[0]))
    assert seen == [("ahausen", "ahausen"), ("bedorf", "bedorf")]


# Reviewed: who goes through the live municipalities only, and why that is right.
LIVE_ONLY = {
    "portal/subscriptions/tasks.py": "sends news",
    "portal/newsletter/tasks.py": "sends newsletters",
    "portal/quality/tasks.py": "asks other people's servers",
    "portal/calendars/tasks.py": "asks other people's servers",
    "portal/webhooks/tasks.py": "tells other people's servers",
}


def test_only_what_was_reviewed_leaves_suspended_and_archived_municipalities_out():
    found = set()
    for room in ("platform", "portal", "theming", "shared_categories", "demo"):
        for path in (Path(settings.BASE_DIR) / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ImportFrom) and node.module == "tenants.running.context":
                    found |= {str(path.relative_to(settings.BASE_DIR)) for each in node.names if each.name == "each"}
    assert found == set(LIVE_ONLY)


def test_a_night_whose_jobs_still_wait_is_not_queued_again(ahausen, bedorf):
    for _night_number in range(3):
        for task in NIGHTLY:
            task.func(0)
    with inside_public():
        names = list(ProcrastinateJob.objects.values_list("task_name", "args__schema_name"))
    jobs = {
        "portal.blocks.tasks.tidy_here",
        "portal.feedback.tasks.look_after_feedback",
        "portal.media.tasks.look_after_media",
        "portal.newsletter.tasks.tidy_here",
        "portal.offers.tasks.extend_here",
        "portal.offers.tasks.remove_here",
        "portal.subscriptions.tasks.tidy_here",
        "portal.surveys.tasks.tidy_here",
        "theming.tasks.tidy_pictures",
    }
    assert sorted(names) == sorted((job, where) for job in jobs for where in ("ahausen", "bedorf"))


def _waiting(task):
    with inside_public():
        return list(ProcrastinateJob.objects.filter(task_name=task.name).values_list("args__schema_name", flat=True))


def test_news_are_looked_for_only_where_somebody_waits_and_once(ahausen, bedorf):
    look_everywhere.func(0)
    assert _waiting(look_at) == []
    with inside(bedorf):
        _subscriber("a@example.org", confirmed=True, now=timezone.now() - timedelta(hours=1))
        _subscriber("b@example.org", confirmed=True, now=timezone.now() - timedelta(hours=1))
    for _tenth_minute in range(5):
        look_everywhere.func(0)
    assert _waiting(look_at) == ["bedorf"]
    _state("bedorf", State.SUSPENDED)
    with inside_public():
        ProcrastinateJob.objects.all()._raw_delete("default")
    look_everywhere.func(0)
    assert _waiting(look_at) == []


def test_one_whose_tables_are_broken_keeps_nobody_waiting(own_database, caplog):
    with inside(municipality("bedorf")):
        _subscriber("a@example.org", confirmed=True, now=timezone.now() - timedelta(hours=1))
    with inside(municipality("ahausen")), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE subscriptions_subscription RENAME TO elsewhere")
    look_everywhere.func(0)
    assert _waiting(look_at) == ["bedorf"]
    assert "The subscriptions of ahausen cannot be read." in caplog.text


def test_a_subscriber_waits_in_the_queue_once(ahausen):
    now = timezone.now()
    with inside(ahausen):
        for address in ("a@example.org", "b@example.org"):
            _subscriber(address, confirmed=True, now=now - timedelta(hours=1))
        an_offer(title="Neu", published_at=now - timedelta(minutes=1))
    for _turn in range(3):
        look_at.func("ahausen")
    assert _waiting(tell_one) == ["ahausen", "ahausen"]


def _dates(offer):
    return list(offer.occurrences.order_by("starts_at").values_list("first_date", flat=True))


def test_long_past_dates_go_and_do_not_come_back_but_what_still_goes_on_stays(ahausen, settings):
    settings.KEEP_PAST_DATES = timedelta(days=30)
    today = timezone.localdate()
    with inside(ahausen):
        weekly, period = an_offer(title="Chor"), an_offer(title="Ausstellung")
        begin = today - timedelta(days=70)
        set_schedules(weekly, ScheduleKind.WEEKLY, [Schedule(first_date=begin, rrule="FREQ=WEEKLY;COUNT=20")])
        set_schedules(period, ScheduleKind.PERIOD, [
            Schedule(first_date=today - timedelta(days=500), last_date=today + timedelta(days=5)),
        ])  # fmt: skip
        expected = [begin + timedelta(days=7 * week) for week in range(6, 20)]
        assert _dates(weekly) == expected
        settings.KEEP_PAST_DATES = timedelta(days=400)
        extend_occurrences()
        assert len(_dates(weekly)) == 20
        settings.KEEP_PAST_DATES = timedelta(days=30)
        assert forget_past_occurrences() == 6
        assert forget_past_occurrences() == 0
        extend_occurrences()
        assert _dates(weekly) == expected
        assert _dates(period) == [today - timedelta(days=500)]


def test_an_offer_of_the_past_still_says_when_it_was(ahausen, visitor, settings):
    settings.KEEP_PAST_DATES = timedelta(days=30)
    with inside(ahausen):
        offer = an_offer(title="Chor")
        day = timezone.localdate() - timedelta(days=60)
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day)])
        assert _dates(offer) == []
        offer.refresh_from_db()
        assert offer.ends_at.date() >= day
        path = offer.get_absolute_url()
    portal = visitor("ahausen")
    assert portal.get(path).status_code in {200, 410}
    assert f"{day:%Y%m%d}" in portal.get(f"{path}termine.ics").content.decode()
