"""A town with offers to tell of, a newsletter and readers, with as little as the database accepts."""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from portal.newsletter import making, sending
from portal.newsletter.models import Newsletter, Reader, Source, State
from portal.offers.choices import ScheduleKind
from portal.offers.models import Schedule
from portal.offers.services import set_schedules
from tests.factories import a_provider, an_offer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


def a_newsletter(name="Neues für Familien", **fields):
    slug = fields.pop("slug", name.lower().replace(" ", "-").replace("ü", "ue"))
    return Newsletter.objects.create(name=name, slug=slug, **fields)


def readers(newsletter, number, *, since=NOW - timedelta(days=9), beginning="leserin", **fields):
    """So many readers who confirmed."""
    values = {"state": State.ACTIVE, "source": Source.FORM, "created_at": since, "confirmed_at": since, **fields}
    return Reader.objects.bulk_create(
        Reader(newsletter=newsletter, email=f"{beginning}{each}@leute.example", **values) for each in range(number)
    )


def dated(title, *, days=1, published=NOW - timedelta(days=90), rrule="", provider=None, categories=()):
    """An offer that takes place so many days from now; with a rule again and again."""
    offer = an_offer(title=title, provider=provider or a_provider(), published_at=published, categories=categories)
    day = timezone.localdate(NOW) + timedelta(days=days)
    rule = Schedule(first_date=day, start_time=time(15), end_time=time(17), rrule=rrule)
    set_schedules(offer, ScheduleKind.WEEKLY if rrule else ScheduleKind.DATES, [rule])
    return offer


def an_issue(newsletter, *, now=NOW, by=None):
    return making.make(newsletter, making.usual_period(newsletter, now=now), now=now, by=by)


def a_running_mailing(newsletter, *, now=NOW):
    """An issue with words, planned and begun; no part of it is written."""
    issue = an_issue(newsletter, now=now)
    type(issue).objects.filter(pk=issue.pk).update(preface="<p>Guten Tag!</p>")
    mailing = sending.plan(issue, at=now, by=None, version=issue.version)
    assert sending.begin(mailing.pk, now=now)
    mailing.refresh_from_db()
    return mailing


def _one_part(mailing, now):
    with transaction.atomic():
        return sending.write_part(mailing.pk, now=now) is not None


def write_all(mailing, *, now=NOW):
    """Every part, as the jobs do one after the other; how many there were."""
    parts = 0
    while _one_part(mailing, now):
        parts += 1
        assert parts < 100
    mailing.refresh_from_db()
    return parts
