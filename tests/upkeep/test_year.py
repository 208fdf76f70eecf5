"""A year of nights with people who answer or do not, mail that arrives or does not: what always holds."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.offers.editing import Confirmed, confirm_all
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.upkeep.models import Asked, Letter
from tenants.running.context import inside
from tests.upkeep.nights import a_club, at, belongs, deliver, night, old, refuse, row

WEEK = timedelta(days=7)
PEOPLE = ("a@x.example", "b@x.example", "c@x.example")
# What happens on a day: nothing, the mail server is down, somebody's mail is refused, somebody answers for a club.
events = st.one_of(
    st.just(("night", "")),
    st.just(("down", "")),
    st.tuples(st.just("refused"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("answered"), st.sampled_from(["Eins", "Zwei", "Drei"])),
)


def reminded(offer: Offer) -> list[date]:
    """The days on which reminders about it arrived since somebody looked; an obvious reading, letter by letter."""
    letters = [
        asked.letter
        for asked in Asked.objects.filter(offer_id=offer.pk, about="check").select_related("letter")
        if asked.letter.delivered_at and asked.letter.purpose != "again"
    ]
    looked = offer.reviewed_at
    return sorted(
        timezone.localdate(each.delivered_at) for each in letters if timezone.localdate(each.written_at) > looked
    )


def what_holds(today: date) -> None:
    written = defaultdict(list)
    for letter in Letter.objects.exclude(purpose="again").order_by("written_at"):
        written[letter.address].append(letter.written_at)
    for moments in written.values():
        assert all(later - earlier >= WEEK for earlier, later in pairwise(moments))
    for offer in Offer.objects.all():
        days = reminded(offer)
        if offer.noted_at:
            assert days
            assert days[0] + timedelta(days=14) <= timezone.localdate(offer.noted_at)
        if offer.hidden_at:
            hidden = timezone.localdate(offer.hidden_at)
            assert days[-1] - days[0] >= WEEK
            assert days[0] + timedelta(days=42) <= hidden
            assert any(days[0] + WEEK <= day <= hidden - WEEK for day in days)
            assert offer.reviewed_at <= today - timedelta(days=183)


def happen(what: str, who: str) -> None:
    if what == "answered":
        pks = Offer.objects.filter(provider__name=who).values_list("pk", flat=True)
        confirm_all(list(pks), by="test", how=Confirmed.LINK)
        shown = Offer.objects.filter(provider__name=who)
        assert not shown.filter(hidden_at__isnull=False).exists()
        assert not shown.filter(noted_at__isnull=False).exists()
    night(arrives=False)
    if what == "refused":
        refuse(who)
    if what != "down":
        deliver()


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=st.lists(st.tuples(st.integers(4, 24), events), min_size=14, max_size=18))
def test_at_most_one_a_week_and_nothing_hidden_without_two_that_arrived(db, ahausen, story):
    day = date(timezone.localdate().year + 1, 1, 5)
    with inside(ahausen):
        Letter.objects.all().delete()
        Offer.objects.all().delete()
        Preferences.load()
        with time_machine.travel(at(day), tick=False):
            for name, people in (("Eins", PEOPLE[:1]), ("Zwei", PEOPLE[:2]), ("Drei", PEOPLE[1:])):
                club = a_club(name, "")
                for address in people:
                    belongs(club, address)
                old(club, "Kurs", days=150 + 40 * len(people))
        for pause, (what, who) in story:
            day += timedelta(days=pause)
            with time_machine.travel(at(day), tick=False):
                happen(what, who)
                what_holds(day)
        assert all(row(offer).state == "published" for offer in Offer.objects.all())
