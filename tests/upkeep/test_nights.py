"""Night by night: who is asked, when a page says it, when nobody finds an offer, and that it comes back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Entry
from mail.models import OutboxMessage, Unreachable
from portal.offers import editing
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import Preferences
from portal.revisions.signals import Event
from portal.upkeep import stepping
from portal.upkeep.ending import end
from portal.upkeep.models import Asked, Ending, Letter, Stopped
from portal.upkeep.planning import tonight
from portal.upkeep.sending import send_tonight
from tenants.running.context import inside
from tests.factories import an_offer
from tests.upkeep.nights import SENT, a_club, at, belongs, deliver, mails, night, old, refuse, row

DAY = timedelta(days=1)


@pytest.fixture
def first(ahausen):
    """The first night, inside the municipality: a fixed day of the running year, so that days can be counted."""
    day = date(timezone.localdate().year + 1, 3, 3)
    with inside(ahausen), time_machine.travel(at(day), tick=False):
        yield day


MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"


def in_german(day: date) -> str:
    """A day as the mails say it."""
    return f"{day.day}. {MONTHS.split()[day.month - 1]} {day.year}"


def rules(**changes) -> None:
    row = Preferences.load()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


def test_asked_noted_asked_again_hidden_and_back_with_one_word(first):
    (offer,) = old(a_club(), "Nähcafé")
    fresh = an_offer(title="Frisch", provider=offer.provider)
    story = {}
    for number in (0, 1, 13, 14, 15, 27, 28, 29, 41, 42, 43, 59):
        with time_machine.travel(at(first + number * DAY), tick=False):
            before = len(mails())
            night()
            now = row(offer)
            story[number] = (len(mails()) - before, now.noted_at is not None, now.hidden_at is not None)
    # Mail on the first night, the note after 14 days, the second mail 28 days after the first (14 before hiding),
    # hidden after 42 days.
    assert story == {
        0: (1, False, False), 1: (0, False, False), 13: (0, False, False), 14: (0, True, False), 15: (0, True, False),
        27: (0, True, False), 28: (1, True, False), 29: (0, True, False), 41: (0, True, False), 42: (0, True, True),
        43: (0, True, True), 59: (0, True, True),
    }  # fmt: skip
    assert row(fresh).hidden_at is None
    assert not Offer.objects.current().filter(pk=offer.pk).exists()
    with time_machine.travel(at(first + 60 * DAY), tick=False):
        published = row(offer).published_at
        assert editing.confirm(row(offer), by=offer.provider.memberships.get().user)
        assert Offer.objects.current().filter(pk=offer.pk).exists()
        assert (row(offer).noted_at, row(offer).hidden_at, row(offer).published_at) == (None, None, published)
        night()
        assert row(offer).hidden_at is None
        assert len(mails()) == 2
    with time_machine.travel(at(first + 62 * DAY), tick=False):
        night()
        assert (len(mails()), row(offer).noted_at) == (2, None)


def test_the_mail_says_what_is_asked_and_what_happens_otherwise(first):
    old(a_club("Treff e. V."), "Ärzte-Gespräch", "Chor")
    theme_mail = "redaktion@ahausen.example"
    rules(mail_reply_to=theme_mail)
    night()
    (mail,) = mails()
    day, hidden = first + 14 * DAY, first + 42 * DAY
    assert mail.to == "chefin@verein.example"
    assert mail.reply_to == theme_mail
    assert "– Ärzte-Gespräch\n– Chor" in mail.body
    assert "Treff e. V." in mail.body
    assert f"Ab dem {in_german(day)} steht" in mail.body
    assert f"Ab dem {in_german(hidden)} zeigen" in mail.body
    assert "http://ahausen.localhost" in mail.body
    assert "/angebote/pruefen/" in mail.body
    assert "{{" not in mail.subject + mail.body


def test_one_mail_gathers_everything_of_a_person_and_all_who_lead_get_one(first):
    one, other = a_club("A-Verein"), a_club("B-Verein", "zweite@verein.example")
    belongs(other, "chefin@verein.example")
    belongs(one, "helfer@verein.example", "member")
    old(one, "Chor"), old(other, "Ballett")
    night()
    assert {mail.to for mail in mails()} == {"chefin@verein.example", "zweite@verein.example"}
    (mail,) = mails("chefin@verein.example")
    assert "– Chor (A-Verein)\n– Ballett (B-Verein)" in mail.body
    assert len(mails("zweite@verein.example")) == 1


def test_who_gets_it_where_nobody_leads(first):
    members, written, nobody, closed = (a_club(name, "") for name in ("M", "P", "N", "C"))
    belongs(members, "mitglied@m.example", "member")
    belongs(closed, "weg@c.example", active=False)
    written.email = "Post@P.example"
    written.save()
    for each in (members, written, nobody, closed):
        old(each, "Kurs")
    night()
    assert {mail.to for mail in mails()} == {"mitglied@m.example", "post@p.example"}


def test_a_second_run_of_the_same_night_writes_nothing(first):
    old(a_club(), "Chor")
    night()
    night(arrives=False)
    assert len(mails()) == 1
    assert Asked.objects.count() == 1


def test_what_never_arrived_hides_nothing(first):
    (offer,) = old(a_club(), "Chor")
    for number in range(0, 120, 7):
        with time_machine.travel(at(first + number * DAY), tick=False):
            night(arrives=False)
            refuse("chefin@verein.example")
    assert (row(offer).noted_at, row(offer).hidden_at) == (None, None)
    # Refused: tried again after four weeks, not every week.
    assert len(mails()) == 5


def test_a_mail_server_that_is_down_delays_and_doubles_nothing(first):
    (offer,) = old(a_club(), "Chor")
    night(arrives=False)
    for number in (1, 2, 3):
        with time_machine.travel(at(first + number * DAY), tick=False):
            night(arrives=False)
    assert len(mails()) == 1
    with time_machine.travel(at(first + 3 * DAY), tick=False):
        deliver()
    for number in (4, 16, 17):
        with time_machine.travel(at(first + number * DAY), tick=False):
            night()
            assert (row(offer).noted_at is not None) == (number >= 17)


def test_mail_that_comes_back_counts_as_not_delivered(first):
    (offer,) = old(a_club(), "Chor")
    night()
    with time_machine.travel(at(first + DAY), tick=False):
        night()
        assert Letter.objects.get().delivered_at is not None
        OutboxMessage.objects.update(bounced_at=timezone.now(), bounce="550 unbekannt")
        Unreachable.objects.create(address="chefin@verein.example")
    for number in range(2, 100, 20):
        with time_machine.travel(at(first + number * DAY), tick=False):
            night()
    assert (row(offer).noted_at, row(offer).hidden_at, len(mails())) == (None, None, 1)


def test_whoever_is_not_responsible_any_more_gets_nothing_and_the_next_do(first):
    club = a_club()
    belongs(club, "mitglied@verein.example", "member")
    Stopped.objects.create(address="chefin@verein.example")
    old(club, "Chor")
    night()
    assert {mail.to for mail in mails()} == {"mitglied@verein.example"}


def test_an_offer_that_ends_soon_is_said_once_and_a_festival_is_not(first):
    club = a_club()
    ends = at(first + 20 * DAY)
    course = an_offer(title="Kurs", provider=club, schedule_kind="weekly", ends_at=ends, reviewed_at=first)
    an_offer(title="Sommerfest", provider=club, schedule_kind="dates", ends_at=ends, reviewed_at=first)
    for number in (0, 8, 16):
        with time_machine.travel(at(first + number * DAY), tick=False):
            night()
    (mail,) = mails()
    assert "– Kurs (" in mail.body
    assert "Sommerfest" not in mail.body
    Offer.objects.filter(pk=course.pk).update(ends_at=at(first + 120 * DAY))
    with time_machine.travel(at(first + 95 * DAY), tick=False):
        night()
    assert len(mails()) == 2


def test_the_town_decides_each_step(first):
    (offer,) = old(a_club(), "Chor")
    rules(note_after_days=0, hide_after_days=0)
    for number in range(0, 120, 14):
        with time_machine.travel(at(first + number * DAY), tick=False):
            night()
    assert (row(offer).noted_at, row(offer).hidden_at) == (None, None)
    assert len(mails()) == 2
    with time_machine.travel(at(first + 120 * DAY), tick=False):
        rules(note_after_days=7, hide_after_days=28)
        night()
        assert None not in (row(offer).noted_at, row(offer).hidden_at)
        rules(note_after_days=0, hide_after_days=0)
        night()
        assert (row(offer).noted_at, row(offer).hidden_at) == (None, None)


def test_without_reminders_nobody_is_written_to(first):
    old(a_club(), "Chor")
    rules(remind_providers=False)
    from portal.upkeep import tasks

    assert tasks.write_some.under_way() == {}
    tasks.look_here()
    assert tasks.write_some.under_way() == {}
    rules(remind_providers=True)
    tasks.look_here()
    assert [each for found in tasks.write_some.under_way().values() for each in found] == [
        {"addresses": ["chefin@verein.example"]}
    ]


def test_a_changed_text_that_became_public_is_a_look(first):
    (offer,) = old(a_club(), "Chor")
    Offer.objects.filter(pk=offer.pk).update(noted_at=timezone.now(), hidden_at=timezone.now())
    KIND.rules.entered(row(offer), Event.APPLIED, by="test")
    assert (row(offer).noted_at, row(offer).hidden_at, row(offer).reviewed_at) == (None, None, first)


def test_the_log_says_who_how_and_when_and_that_it_was_hidden(first):
    (offer,) = old(a_club(), "Chor")
    stepping.in_parts([offer.pk], lambda pks: stepping._mark(pks, "hidden_at", "upkeep.hidden", timezone.now()))
    boss = offer.provider.memberships.get().user
    editing.confirm(row(offer), by=boss)
    said = Entry.objects.filter(target_type="offers.offer", target_id=str(offer.pk)).order_by("pk")
    assert [(each.action, each.actor) for each in said] == [
        ("upkeep.hidden", "portal.upkeep"),
        ("confirm", "chefin@verein.example"),
    ]
    assert said[1].changes["how"] == "signed_in"


def test_one_offer_that_fails_stops_no_other(first):
    offers = old(a_club(), *(f"Kurs {number}" for number in range(7)))
    bad = offers[3].pk

    def act(pks):
        if bad in pks:
            raise RuntimeError("kaputt")
        Offer.objects.filter(pk__in=pks).update(noted_at=timezone.now())

    stepping.in_parts([each.pk for each in offers], act)
    assert set(Offer.objects.filter(noted_at__isnull=True).values_list("pk", flat=True)) == {bad}


def test_an_announced_end_is_kept_on_its_day(first):
    (offer, other) = old(a_club(), "Chor", "Band")
    assert end(offer, first + 3 * DAY, by="test")
    assert end(offer, first + 3 * DAY, by="test")
    assert end(other, first, by="test")
    assert (row(offer).state, row(other).state) == (State.PUBLISHED, State.ARCHIVED)
    assert Entry.objects.filter(action="upkeep.ends").count() == 1
    for number in (1, 2, 3):
        with time_machine.travel(at(first + number * DAY), tick=False):
            night()
            assert (row(offer).state == State.ARCHIVED) == (number == 3)
    assert not Ending.objects.exists()
    assert end(row(offer), first, by="test") is False


def test_statements_do_not_grow_with_the_offers(first, django_assert_max_num_queries):
    small, large = a_club("Klein", "klein@verein.example"), a_club("Groß", "gross@verein.example")
    old(small, "Kurs")
    counted = {}
    for name, club in (("small", small), ("large", large)):
        if club is large:
            old(large, *(f"Kurs {number}" for number in range(60)))
        found = [each for each in sorted(tonight()) if each.startswith(("klein", "gross"))]
        with django_assert_max_num_queries(60) as asked:
            send_tonight(found)
        counted[name] = len(asked)
    assert counted["large"] == counted["small"]
    OutboxMessage.objects.update(state=SENT, sent_at=timezone.now())
    with time_machine.travel(at(first + 20 * DAY), tick=False):
        stepping.settle(timezone.now())
        with django_assert_max_num_queries(20):
            assert stepping.step(timezone.now()) == (61, 0)
