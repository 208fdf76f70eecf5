"""From the first look to the hundredth night: taken over, followed, kept by hand, ended, brought back."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Entry
from mail.models import OutboxMessage
from portal.calendars import services, work
from portal.calendars.models import Calendar, CalendarEvent, CalendarRun, Pause, State
from portal.calendars.tasks import put_away_here, read_here
from portal.inventory.merging.moving import calendars
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.revisions.models import Revision
from tests.calendars.writing import CHOIR, FEST, RUN, THREE, calendar, event, onwards
from tests.factories import a_provider


def offers() -> dict[str, Offer]:
    return {each.title: each for each in Offer.objects.order_by("pk")}


def test_nothing_is_made_before_somebody_has_chosen_and_then_what_was_chosen(club, server):
    server.gives(THREE)
    club.night()
    assert club.calendar.name == "Vereinskalender"
    assert offers() == {}
    run = club.calendar.events.get(title="Lauftreff")
    services.choose(club.calendar, [run.pk], wanted=False, by=club.person)
    services.begin(club.calendar, by=club.person)
    club.night()
    made = offers()
    assert set(made) == {"Chor", "Sommerfest"}
    choir, fest = made["Chor"], made["Sommerfest"]
    assert choir.state == OfferState.PUBLISHED
    assert choir.summary == "Wir singen."
    place = choir.locations.get()
    assert (place.name, place.street, place.postcode, place.city) == (
        "Gemeindehaus", "Kirchweg 3", "66111", "Saarbrücken",
    )  # fmt: skip
    rule = choir.schedules.get()
    assert (rule.rrule, str(rule.start_time), str(rule.end_time)) == ("FREQ=WEEKLY", "19:30:00", "21:30:00")
    assert list(choir.categories.all()) == [club.topic]
    assert fest.locations.get().street == "Hauptstraße 1"
    assert fest.registration_url == "https://verein.example/fest"
    assert club.calendar.runs.first().made == 2


def test_applied_twice_changes_nothing(begun, server):
    club = begun(THREE)
    before = list(Revision.objects.order_by("pk").values_list("pk", "state", "version"))
    touched = list(Offer.objects.order_by("pk").values_list("pk", "updated_at"))
    entries = Entry.objects.count()
    for _night in range(3):
        club.night()
    # The same once more, as if it had never been read: nothing is remembered but what it says.
    Calendar.objects.update(etag="", digest="", read_at=None)
    CalendarEvent.objects.update(settled=False)
    club.night()
    assert list(Revision.objects.order_by("pk").values_list("pk", "state", "version")) == before
    assert list(Offer.objects.order_by("pk").values_list("pk", "updated_at")) == touched
    assert Entry.objects.count() == entries


def test_a_server_that_says_unchanged_is_believed_for_four_weeks(club, server):
    server.gives(THREE, etag='"eins"')
    club.night()
    services.begin(club.calendar, by=club.person)
    club.night()
    assert server.asked[-1].headers["if-none-match"] == '"eins"'
    assert club.calendar.runs.first().outcome == CalendarRun.Outcome.SAME
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        club.night()
    assert "if-none-match" not in server.asked[-1].headers
    assert "Chancenportal-Kalender" in server.asked[-1].headers["user-agent"]


def test_a_change_in_the_calendar_reaches_the_offer_and_leaves_what_was_written_by_hand(begun, server):
    club = begun(THREE)
    choir = offers()["Chor"]
    editing.verbs.change(choir, lambda _content: {"title": "Unser großer Chor"}, by=club.person)
    later = calendar(event("chor@v", "Chor (neu)", "20300107T200000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY",
                           "DESCRIPTION:Wir singen laut.", *CHOIR[6:]), event(*RUN), event(*FEST))  # fmt: skip
    server.gives(later)
    club.night()
    choir.refresh_from_db()
    assert (choir.title, choir.summary) == ("Unser großer Chor", "Wir singen laut.")
    assert str(choir.schedules.get().start_time) == "20:00:00"
    known = club.calendar.events.get(uid="chor@v")
    assert known.by_hand == ["title"]
    assert club.calendar.runs.first().changed == 1
    services.follow_again(known, by=club.person)
    club.night()
    choir.refresh_from_db()
    assert choir.title == "Chor (neu)"


WORDS = {"title": ["Chor", "Gesang", "Singen"], "summary": ["Wir singen.", "Kommt vorbei.", "Laut."],
         "place": ["Kirchweg 3\\, 66111 Saarbrücken", "Marktplatz 1\\, 66111 Saarbrücken"],
         "start": ["20300107T193000", "20300107T200000", "20300108T190000"]}  # fmt: skip
NIGHTS = st.lists(
    st.tuples(
        st.fixed_dictionaries({}, optional={name: st.sampled_from(each) for name, each in WORDS.items()}),
        st.fixed_dictionaries(
            {}, optional={name: st.sampled_from(["Hand A", "Hand B"]) for name in ("title", "summary")}
        ),
    ),
    min_size=30,
    max_size=30,
)


def _text(said: dict[str, str]) -> str:
    return calendar(
        event("chor@v", said["title"], said["start"], "DURATION:PT2H", "RRULE:FREQ=WEEKLY",
              f"DESCRIPTION:{said['summary']}", f"LOCATION:{said['place']}")
    )  # fmt: skip


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NIGHTS)
def test_what_a_person_changed_by_hand_survives_thirty_nights(begun, server, nights):
    Offer.objects.all().delete()
    Calendar.objects.update(state=State.NEW, digest="", etag="", read_at=None)
    CalendarEvent.objects.all().delete()
    said = {name: each[0] for name, each in WORDS.items()}
    club = begun(_text(said))
    offer = Offer.objects.get()
    hand: dict[str, str] = {}
    for source, typed in nights:
        if typed:
            editing.verbs.change(offer, lambda _content, typed=typed: dict(typed), by=club.person)
            hand |= typed
        said |= source
        server.gives(_text(said))
        club.night()
        offer.refresh_from_db()
        # The obvious reference: what was ever typed stays, everything else is the calendar's.
        assert offer.title == hand.get("title", said["title"])
        assert offer.summary == hand.get("summary", said["summary"])
        assert offer.locations.get().street == said["place"].partition("\\")[0]
        assert f"{offer.schedules.get().start_time:%H%M%S}" == said["start"][-6:]
    assert Offer.objects.count() == 1
    assert Revision.objects.filter(state="submitted").count() == 0


def test_with_approval_one_change_waits_whatever_the_number_of_nights(begun, server):
    club = begun(THREE)
    Preferences.objects.update(approval=ApprovalRule.CHANGES)
    for night in range(6):
        server.gives(calendar(event("chor@v", f"Chor {night}", *CHOIR[2:]), event(*RUN), event(*FEST)))
        club.night()
        assert Revision.objects.filter(state="submitted").count() == 1
    choir = Offer.objects.get(title="Chor")
    waiting = editing.waiting_for(choir)
    assert waiting is not None
    assert waiting.content["title"] == "Chor 5"
    editing.approve(waiting, by="test", version=waiting.version)
    choir.refresh_from_db()
    assert choir.title == "Chor 5"
    club.night()
    assert Revision.objects.filter(state="submitted").count() == 0


def test_new_offers_wait_too_and_what_was_sent_back_is_left_to_people(club, server):
    Preferences.objects.update(approval=ApprovalRule.OFFERS)
    server.gives(calendar(event(*CHOIR)))
    club.night()
    services.begin(club.calendar, by=club.person)
    club.night()
    choir = Offer.objects.get()
    assert choir.state == OfferState.SUBMITTED
    server.gives(calendar(event("chor@v", "Großer Chor", *CHOIR[2:])))
    club.night()
    [waiting] = Revision.objects.filter(state="submitted")
    assert waiting.content["title"] == "Großer Chor"
    editing.send_back(waiting, by="test", version=waiting.version, reason="Bitte länger.")
    server.gives(calendar(event("chor@v", "Noch größerer Chor", *CHOIR[2:])))
    club.night()
    assert Revision.objects.filter(state="submitted").count() == 0
    known = club.calendar.events.get()
    assert (known.waits, known.settled) == (CalendarEvent.Waits.RETURNED, False)


def test_what_goes_from_the_calendar_is_ended_not_deleted_and_comes_back(begun, server):
    club = begun(THREE)
    server.gives(calendar(event(*CHOIR), event(*FEST)))
    club.night()
    run = Offer.objects.get(title="Lauftreff")
    assert run.state == OfferState.ARCHIVED
    assert club.calendar.runs.first().ended == 1
    server.gives(THREE)
    club.night()
    run.refresh_from_db()
    assert run.state == OfferState.PUBLISHED
    assert Offer.objects.count() == 3


def test_a_series_whose_every_date_is_cancelled_is_as_good_as_gone(begun, server):
    club = begun(THREE)
    off = event("chor@v", "Chor", "20300107T193000", "STATUS:CANCELLED", onwards("20300107T193000"))
    server.gives(calendar(event(*CHOIR), off, event(*RUN), event(*FEST)))
    club.night()
    assert offers()["Chor"].state != OfferState.PUBLISHED
    assert offers()["Lauftreff"].state == OfferState.PUBLISHED
    server.gives(THREE)
    club.night()
    assert offers()["Chor"].state == OfferState.PUBLISHED


def test_what_is_over_stays_as_it_is_when_the_calendar_forgets_it(begun, server):
    club = begun(THREE)
    with time_machine.travel("2030-03-04T12:00:00+01:00"):
        server.gives(calendar(event(*CHOIR), event(*FEST)))
        club.night()
        run = Offer.objects.get(title="Lauftreff")
        assert run.state == OfferState.PUBLISHED
        assert run.is_over
        assert club.calendar.held_at is None


def test_a_calendar_that_is_suddenly_empty_is_held_and_asked_about(begun, server):
    club = begun(THREE)
    for _night in range(3):
        server.gives(calendar())
        club.night()
    assert {each.state for each in Offer.objects.all()} == {OfferState.PUBLISHED}
    assert club.calendar.held_at is not None
    mail = OutboxMessage.objects.get()
    assert "3 " in mail.body
    assert f"/konto/import/kalender/{club.calendar.pk}/" in mail.body
    server.gives(THREE)
    club.night()
    assert club.calendar.held_at is None
    server.gives(calendar())
    club.night()
    assert services.answer(club.calendar, ended=True, by=club.person) == 3
    club.night()
    assert {each.state for each in Offer.objects.all()} == {OfferState.ARCHIVED}
    assert services.answer(club.calendar, ended=True, by=club.person) == 0


@pytest.mark.parametrize("said", ["CLASS:PRIVATE", "STATUS:CANCELLED"])
def test_what_the_calendar_takes_back_itself_ends_at_once_however_much_it_is(begun, server, said):
    club = begun(THREE)
    server.gives(calendar(*(event(*each, said) for each in (CHOIR, RUN, FEST))))
    club.night()
    assert {each.state for each in Offer.objects.all()} == {OfferState.ARCHIVED}
    assert club.calendar.held_at is None


def test_after_the_answer_that_they_stay_the_calendar_leaves_them_alone(begun, server):
    club = begun(THREE)
    server.gives(calendar())
    club.night()
    services.answer(club.calendar, ended=False, by=club.person)
    club.night()
    assert {each.state for each in Offer.objects.all()} == {OfferState.PUBLISHED}
    assert club.calendar.held_at is None


def test_what_an_event_lacks_is_said_and_made_when_it_is_there(begun, server):
    club = begun(calendar(event("a", "Chor", "20300107T193000"), event("b", "Takt", "20300107T193000",
                                                                      "RRULE:FREQ=SECONDLY")))  # fmt: skip
    assert set(offers()) == {"Chor"}
    assert club.calendar.events.get(title="Takt").problem
    services.describe(club.calendar, {"details": {"sentence": ""}}, by=club.person)
    server.gives(calendar(event("a", "Chor", "20300107T193000"), event("c", "Neu", "20300107T193000")))
    club.night()
    lacking = club.calendar.events.get(title="Neu")
    assert lacking.offer_id is None
    assert lacking.problem
    services.describe_event(lacking, {"categories": [club.topic.pk], "sentence": "Kommt."}, by=club.person)
    club.night()
    assert set(offers()) == {"Chor", "Neu"}


def test_an_offer_somebody_deleted_put_away_or_writes_on_is_left_alone(begun, server):
    club = begun(THREE)
    editing.archive(offers()["Lauftreff"], by=club.person)
    Offer.objects.get(title="Sommerfest").delete()
    server.gives(calendar(event(*CHOIR), event("lauf@v", "Lauftreff neu", *RUN[2:]), event(*FEST, "LOCATION:Park")))
    club.night()
    club.night()
    assert set(offers()) == {"Chor", "Lauftreff"}
    assert offers()["Lauftreff"].state == OfferState.ARCHIVED


def test_a_week_of_faults_pauses_with_the_servers_words_and_one_mail_and_a_click_resumes(begun, server):
    club = begun(THREE)
    server.gives("<h1>Wartung</h1><p>Bitte später.</p>", status="500 Internal Server Error", kind="text/html")
    start = timezone.now()
    for day in range(10):
        with time_machine.travel(start + timedelta(days=day, hours=1)):
            if club.calendar.state == State.ACTIVE:
                club.night()
    assert (club.calendar.state, club.calendar.pause) == (State.PAUSED, Pause.FAILING)
    assert club.calendar.due_at is None
    mail = OutboxMessage.objects.get()
    assert "500 Wartung Bitte später." in mail.body
    assert club.calendar.runs.filter(outcome="failed").count() == 8
    assert {each.state for each in Offer.objects.all()} == {OfferState.PUBLISHED}
    server.gives(THREE)
    services.resume(club.calendar, by=club.person)
    club.night()
    assert (club.calendar.state, club.calendar.failing_since) == (State.ACTIVE, None)


def test_when_its_keeper_leaves_somebody_who_leads_goes_on_and_nobody_pauses_it(begun, server, person, ahausen):
    club = begun(THREE)
    leader = person(ahausen, email="leitung@ahausen.example")
    Membership.objects.create(user=leader, provider=club.provider, role=Membership.Role.ADMINISTRATOR)
    Membership.objects.filter(user=club.person).delete()
    server.gives(calendar(event("chor@v", "Großer Chor", *CHOIR[2:]), event(*RUN), event(*FEST)))
    club.night()
    choir = Offer.objects.get(title="Großer Chor")
    assert choir.last_editor == leader
    Membership.objects.filter(user=leader).delete()
    club.night()
    assert (club.calendar.state, club.calendar.pause) == (State.PAUSED, Pause.NOBODY)


def test_a_members_calendar_ends_by_pausing_where_only_leaders_may_put_away(begun, server):
    club = begun(THREE)
    Membership.objects.filter(user=club.person).update(role=Membership.Role.MEMBER)
    server.gives(calendar(event(*CHOIR), event(*FEST)))
    club.night()
    assert Offer.objects.get(title="Lauftreff").state == OfferState.PAUSED
    server.gives(THREE)
    club.night()
    assert Offer.objects.get(title="Lauftreff").state == OfferState.PUBLISHED


@pytest.mark.parametrize("away", [True, False])
def test_an_ended_calendar_leaves_its_offers_or_takes_them_along(begun, server, away):
    club = begun(THREE)
    services.end(club.calendar, away=away, by=club.person)
    if away:
        put_away_here(calendar=club.calendar.pk, person=club.person.pk)
    assert {each.state for each in Offer.objects.all()} == {OfferState.ARCHIVED if away else OfferState.PUBLISHED}
    again = services.add(club.provider, server.url(), by=club.person)
    assert again.pk != club.calendar.pk
    assert services.add(club.provider, server.url(), by=club.person) == again


def test_what_a_killed_worker_left_is_finished_by_the_next_look(begun):
    club = begun(THREE)
    choir = offers()["Chor"]
    # As if killed between reading and settling: the calendar is not due before tomorrow.
    changed = club.calendar.events.get(title="Chor")
    changed.content["title"], changed.settled = "Großer Chor", False
    changed.save()
    assert club.calendar.due_at > timezone.now()
    read_here()
    choir.refresh_from_db()
    assert choir.title == "Großer Chor"
    changed.refresh_from_db()
    assert changed.settled
    assert Offer.objects.count() == 3


def test_two_organisations_become_one_and_their_calendars_with_them(begun, server):
    club = begun(THREE)
    other = a_provider()
    services.add(other, server.url(), by=club.person)
    mine = services.add(other, server.url("/anderer.ics"), by=club.person)
    moved = calendars(other, club.provider)
    assert mine.pk in moved
    assert Calendar.objects.there().filter(provider=club.provider).count() == 2


def test_no_address_stands_in_the_audit_log(begun, server):
    begun(THREE)
    assert not any(server.url() in str(each.changes) or server.url() in each.target for each in Entry.objects.all())


def test_editors_see_what_nobody_looks_after_for_a_week(begun):
    club = begun(THREE)
    now = timezone.now()
    for days, seen in ((3, False), (8, True), (70, False)):
        Calendar.objects.update(state=State.PAUSED, pause=Pause.FAILING, failure="fault", failure_status=500,
                                paused_at=now - timedelta(days=days))  # fmt: skip
        assert [pk for pk, _since in work.rows()] == [club.calendar.pk] * seen
    Calendar.objects.update(paused_at=now - timedelta(days=8))
    [item] = work.tell([club.calendar.pk])
    assert "500" in str(item.what)
    assert club.calendar.url not in f"{item.what}{item.title}{item.url}"
