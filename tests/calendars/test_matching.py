"""Which event is which: UIDs that change, UIDs for all, and what of an event becomes words of an offer."""

from datetime import date

import time_machine
from django.utils import timezone

from portal.calendars import services
from portal.calendars.following.matching import matched, named_once
from portal.calendars.reading.mapping import Mapped, Mapper, shortened
from portal.calendars.reading.parsing import parse
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.taxonomy.models import Category
from tests.calendars.writing import CHOIR, FEST, RUN, THREE, at, calendar, event, onwards


def test_uids_that_change_every_night_double_nothing(begun, server):
    club = begun(THREE)
    for night in range(5):
        server.gives(calendar(*(event(f"{uid}-{night}", *rest) for uid, *rest in (CHOIR, RUN, FEST))))
        club.night()
    assert Offer.objects.count() == 3
    assert club.calendar.events.count() == 3
    assert {each.state for each in Offer.objects.all()} == {OfferState.PUBLISHED}
    # Moved and renamed in one night: still the same, because no other event has its title.
    server.gives(calendar(*(event(f"{uid}-9", *rest) for uid, *rest in (CHOIR, FEST)),
                          event("neu@v", "Lauftreff", "20300309T110000", "DURATION:PT1H")))  # fmt: skip
    club.night()
    assert Offer.objects.count() == 3
    assert str(Offer.objects.get(title="Lauftreff").schedules.get().first_date) == "2030-03-09"


def test_two_events_that_exchange_their_uids_stay_themselves():
    def mapped(uid, title, start):
        return Mapped(uid, {"title": title}, title, start, timezone.localdate(), None)

    old = [mapped("1", "a", "x"), mapped("", "b", "y"), mapped("3", "c", "z"), mapped("4", "c", "w")]
    new = [mapped("7", "a", "x"), mapped("8", "b", "v"), mapped("9", "c", "q"), mapped("10", "c", "w")]
    pairs, gone, come = matched(old, new)
    assert {(a.uid, b.uid) for a, b in pairs} == {("1", "7"), ("", "8"), ("4", "10"), ("3", "9")}
    assert (gone, come) == ([], [])
    same = [mapped("eins", "a", "x"), mapped("eins", "b", "x"), mapped("", "a", "x"), mapped("", "a", "x")]
    assert len({each.uid for each in named_once(same)}) == 4


def test_events_with_one_uid_for_all_are_offers_each(begun):
    club = begun(calendar(event("immer", "Chor", "20300107T193000"), event("immer", "Lauf", "20300108T193000")))
    assert set(Offer.objects.values_list("title", flat=True)) == {"Chor", "Lauf"}
    assert club.calendar.events.count() == 2


def test_a_long_description_is_shortened_at_a_sentence():
    text = "Ein Satz von einiger Länge, der hier nur steht. " * 20
    assert shortened(text) == ("Ein Satz von einiger Länge, der hier nur steht. " * 6).strip()
    assert shortened("x" * 290) == "x" * 290
    assert len(shortened("wort " * 200)) <= 300


def test_a_moved_date_keeps_its_own_place_in_words(begun):
    begun(
        calendar(
            event(*CHOIR),
            event("chor@v", "Auftritt", "20300115T180000", at("RECURRENCE-ID", "20300114T193000"), "LOCATION:Rathaus"),
        )
    )
    choir = Offer.objects.get()
    assert choir.schedule_note == "15.01.2030: Auftritt, Rathaus"
    assert {str(each.first_date) for each in choir.schedules.all()} == {"2030-01-07", "2030-01-15"}


def test_a_point_that_is_none_or_whose_numbers_changed_places_opens_no_map_in_africa(begun):
    begun(
        calendar(
            event("a", "Chor", "20300107T193000", "LOCATION:Rathaus", "GEO:7.0;49.2"),
            event("b", "Lauf", "20300108T193000", "LOCATION:Stadion", "GEO:0;0"),
        )
    )
    spots = Offer.objects.order_by("title").values_list("locations__latitude", "locations__longitude")
    assert spots[0] == (49.2, 7.0)
    assert spots[1] != (0.0, 0.0)


def test_words_that_hold_from_one_date_on_are_said_before_and_hold_from_then_on(begun):
    changed = event("chor@v", "Chor im Rathaus", "20300204T180000", "DURATION:PT1H", "LOCATION:Rathaus",
                    onwards("20300204T193000"))  # fmt: skip
    with time_machine.travel("2030-01-07T12:00:00+01:00"):
        club = begun(calendar(event(*CHOIR), changed))
    [series] = parse(calendar(event(*CHOIR), changed)).series
    choir = Offer.objects.get()
    assert (choir.title, choir.schedule_note) == ("Chor", "ab dem 04.02.2030: Chor im Rathaus, Rathaus")
    later = Mapper(club.provider, date(2030, 2, 4)).mapped(series).content
    assert (later["title"], later["locations"][0]["name"]) == ("Chor im Rathaus", "Rathaus")
    assert later["schedule_note"] == ""


def test_a_category_called_as_a_topic_is_that_topic_unless_somebody_said_another(begun):
    songs = Category.objects.create(name="Singen & Musik")
    club = begun(
        calendar(
            event("a", "Chor", "20300107T193000", "CATEGORIES:Intern,singen & musik"),
            event("b", "Lauf", "20300108T193000", "CATEGORIES:Laufen"),
        )
    )
    assert list(Offer.objects.get(title="Chor").categories.all()) == [songs]
    assert list(Offer.objects.get(title="Lauf").categories.all()) == [club.topic]
    choir = club.calendar.events.get(title="Chor")
    services.describe_event(choir, {"categories": [club.topic.pk]}, by=club.person)
    club.night()
    assert list(Offer.objects.get(title="Chor").categories.all()) == [club.topic]
