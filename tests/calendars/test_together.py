"""Events settled many at once are what they are settled one by one: offers, history, log, mails, jobs and notes."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Entry
from mail.models import MailChoice, OutboxMessage
from portal.calendars import services, tasks
from portal.calendars.following import running, together
from portal.calendars.models import Calendar, CalendarEvent, State
from portal.calendars.reading.fetching import Fetched
from portal.calendars.reading.parsing import parse
from portal.offers import editing
from portal.offers.models import Occurrence, Offer
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.revisions.models import Revision
from tenants.running.context import current_schema
from tests.calendars.writing import calendar, event

DAY = "20300107T193000"
TIMES = frozenset({"created_at", "updated_at", "published_at", "submitted_at", "settled_at", "decided_at", "at"})
FATES = ("same", "same", "new", "new", "changed", "hand", "hand and changed", "gone", "unwanted", "deleted", "archived",
         "returned", "draft", "waiting", "blocked", "unclear", "lacking", "own")  # fmt: skip


def before(name: str, fate: str) -> str:
    return "" if fate in ("new", "unclear", "lacking") else event(name, f"Titel {name}", DAY, "DESCRIPTION:Alt.")


def after(name: str, fate: str) -> str:
    if fate == "gone":
        return ""
    if fate == "unclear":
        return event(name, f"Titel {name}", DAY, "RRULE:FREQ=SECONDLY")
    title = "" if fate == "lacking" else f"Titel {name}"
    changed = fate in ("changed", "hand and changed", "deleted", "archived", "returned", "draft", "waiting")
    return event(name, title, DAY, f"DESCRIPTION:{'Neu.' if changed else 'Alt.'}", "RRULE:FREQ=WEEKLY;COUNT=3")


def happen(club: Any, name: str, fate: str) -> None:
    """What people did with an offer of the calendar before the night."""
    known = CalendarEvent.objects.filter(title=f"Titel {name}").first()
    if known is None or known.offer is None:
        return
    HAPPENS.get(fate, lambda *_nothing: None)(club, known, known.offer)


def written(club: Any, _known: CalendarEvent, offer: Offer) -> None:
    editing.verbs.change(offer, lambda _content: {"description": "<p>Von Hand.</p>"}, by=club.person)


def reopened(club: Any, _known: CalendarEvent, offer: Offer) -> None:
    editing.archive(offer, by=club.person)
    editing.reopen(offer, by=club.person)


def waiting(club: Any, _known: CalendarEvent, offer: Offer) -> None:
    Preferences.objects.update(approval=ApprovalRule.CHANGES)
    editing.verbs.change(offer, lambda _content: {"summary": "Wartet."}, by=club.person)
    Preferences.objects.update(approval=ApprovalRule.PROVIDERS)


def described(club: Any, known: CalendarEvent, _offer: Offer) -> None:
    services.describe_event(known, {"categories": [club.topic.pk], "sentence": "Kommt."}, by=club.person)


HAPPENS: dict[str, Callable[..., Any]] = {
    "hand": written,
    "hand and changed": written,
    "unwanted": lambda club, known, _offer: services.choose(club.calendar, [known.pk], wanted=False, by=club.person),
    "deleted": lambda _club, _known, offer: offer.delete(),
    "archived": lambda club, _known, offer: editing.archive(offer, by=club.person),
    "returned": lambda _club, _known, offer: editing.take_down(offer, by="test", reason="Bitte länger."),
    "blocked": lambda _club, _known, offer: editing.block(offer, by="test", reason="Nein."),
    "draft": reopened,
    "waiting": waiting,
    "own": described,
}


def plain(value: Any) -> Any:
    """Without numbers that count on: the same twice has others."""
    return re.sub(r"\d+", "#", str(value))


def rows(found: Any, *without: str) -> list[dict[str, Any]]:
    """Columns of rows; of moments only whether there is one."""
    return [
        {name: value is not None if name in TIMES else value for name, value in row.items() if name not in without}
        for row in found.values()
    ]


def everything(since: int) -> dict[str, Any]:
    """All that settling may touch, offers named by their titles."""
    titles = dict(Offer.objects.values_list("pk", "title"))
    offers = Offer.objects.order_by("title")
    revisions = sorted(
        Revision.objects.filter(kind="offer"), key=lambda each: (titles.get(each.subject_id, ""), each.pk)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, priority, args ->> 'schema_name' FROM procrastinate_jobs")
        jobs = Counter(cursor.fetchall())
        cursor.execute("SELECT offer_id, title_vector::text, vector::text, edition FROM offers_searchdocument")
        searched = {titles[pk]: rest for pk, *rest in cursor.fetchall()}
    return {
        "offers": rows(offers, "id", "title_key"),
        "texts": [editing.verbs.kind.take(each) for each in offers],
        "dates": Counter((titles[pk], at) for pk, at in Occurrence.objects.values_list("offer_id", "starts_at")),
        "revisions": [
            (titles.get(each.subject_id), rows(Revision.objects.filter(pk=each.pk), "id", "subject_id", "based_on_id"))
            for each in revisions
        ],
        "based": Counter((titles.get(each.subject_id), bool(each.based_on_id)) for each in revisions),
        "log": Counter(
            (each.action, each.actor, each.target_type, each.target, plain(each.changes))
            for each in Entry.objects.filter(pk__gt=since)
        ),
        "mails": Counter((each.to, each.subject, plain(each.body)) for each in OutboxMessage.objects.all()),
        "jobs": jobs,
        "searched": searched,
        "events": [
            (titles.get(each.offer_id or 0), each.ended_at is not None,
             rows(CalendarEvent.objects.filter(pk=each.pk), "offer_id", "ended_at"))
            for each in CalendarEvent.objects.order_by("pk")
        ],
        "run": rows(Calendar.objects.get().runs.order_by("-pk")[:1], "id"),
    }  # fmt: skip


def one_by_one(club: Any, run: Any) -> None:
    """As it was before: each event by itself."""
    found = club.calendar.events.filter(settled=False).order_by("first", "pk")
    for pk in list(found.values_list("pk", flat=True)):
        running._settle_one(pk, club.person, run)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(fates=st.lists(st.sampled_from(FATES), min_size=6, max_size=9), rule=st.sampled_from(ApprovalRule.values),
       leads=st.booleans(), mails=st.booleans(), vanished=st.sampled_from([False, False, True]))  # fmt: skip
def test_events_settled_together_are_what_they_are_one_by_one(begun, fates, rule, leads, mails, vanished):
    with transaction.atomic():
        Calendar.objects.update(state=State.NEW, digest="", etag="", read_at=None)
        named = [(f"e{at}", fate) for at, fate in enumerate(fates)]
        club = begun(calendar(*(before(*each) for each in named)))
        for each in named:
            happen(club, *each)
        Preferences.objects.update(approval=rule)
        for key in ("offer_published", "offer_received", "offer_waiting"):
            MailChoice.objects.update_or_create(key=key, defaults={"wanted": mails})
        if not leads:
            Membership.objects.filter(user=club.person).update(role=Membership.Role.MEMBER)
        if vanished:
            # New offers are made without it, and that is a word of its own.
            Calendar.objects.update(details={"categories": [club.topic.pk, 999_999], "sentence": "Kommt."})
        text = calendar(*(after(*each) for each in named))
        club.calendar.refresh_from_db()
        run = running.keep(club.calendar, Fetched(text, digest="neu"), parse(text), timezone.now())
        services.answer(club.calendar, ended=True, by=club.person)
        since = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        seen = []
        for way in (lambda: one_by_one(club, run), lambda: running.settle_all(club.calendar, by=club.person, run=run)):
            point = transaction.savepoint()
            way()
            seen.append(everything(since))
            transaction.savepoint_rollback(point)
        for name, single in seen[0].items():
            assert seen[1][name] == single, name
        transaction.set_rollback(True)


def test_the_statements_of_a_part_hardly_grow_with_its_events(club):
    numbers = []
    for size in (2, 22):
        text = calendar(*(event(f"{size}-{at}", f"Titel {size}-{at}", DAY) for at in range(size)))
        with transaction.atomic():
            run = running.keep(club.calendar, Fetched(text, digest=str(size)), parse(text), timezone.now())
            services.begin(club.calendar, by=club.person)
            with CaptureQueriesContext(connection) as asked:
                assert running.settle_all(club.calendar, by=club.person, run=run)
            made = len(asked)
            assert Offer.objects.filter(state="published").count() == size
            CalendarEvent.objects.update(settled=False)
            with CaptureQueriesContext(connection) as asked:
                assert running.settle_all(club.calendar, by=club.person, run=run)
            numbers.append((made, len(asked)))
            transaction.set_rollback(True)
    (few_made, few_compared), (many_made, many_compared) = numbers
    # A new one is told to whoever listens (jobs, mails): a dozen statements, beside a hundred one by one.
    assert many_made - few_made <= 20 * 12
    assert many_compared == few_compared


def test_what_does_not_fit_into_a_jobs_time_is_a_job_of_its_own(club, monkeypatch):
    monkeypatch.setattr(together, "PART", 3)
    text = calendar(*(event(f"e{at}", f"Titel {at}", DAY) for at in range(8)))
    club.calendar.refresh_from_db()
    running.keep(club.calendar, Fetched(text, digest="eins"), parse(text), timezone.now())
    services.begin(club.calendar, by=club.person)
    monkeypatch.setattr(tasks, "SECONDS", 0.0)
    seen = []
    for _job in range(4):
        tasks.settle_here(calendar=club.calendar.pk)
        seen.append(Offer.objects.count())
    assert seen == [3, 6, 8, 8]
    waiting_jobs = tasks.settle_here.under_way()[current_schema()]
    assert {"calendar": club.calendar.pk} in waiting_jobs
    assert running.unfinished() == []


def test_what_waits_for_a_person_does_not_start_one_job_after_the_other(club):
    text = calendar(*(event(f"e{at}", f"Titel {at}", DAY) for at in range(2)))
    running.keep(club.calendar, Fetched(text, digest="eins"), parse(text), timezone.now())
    services.begin(club.calendar, by=club.person)
    assert running.settle_all(club.calendar, by=club.person)
    Offer.objects.update(state="draft")
    CalendarEvent.objects.update(settled=False, waits="draft")
    assert running.settle_all(club.calendar, by=club.person, until=0.0)
    assert list(CalendarEvent.objects.values_list("settled", "waits")) == [(False, "draft")] * 2
