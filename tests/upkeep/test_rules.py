"""What the town's rules on reminders mean in its own numbers, each in one statement, and that a change is followed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.offers.models import Offer
from portal.preferences.effects import said_of
from portal.preferences.models import Preferences
from portal.preferences.rulebook import PERIODS
from portal.preferences.services import save_subject, seal
from portal.preferences.values import values_of
from portal.upkeep import tasks
from portal.upkeep.models import Letter, Stopped
from tenants.running.context import inside
from tests.upkeep.nights import a_club, old, row


@pytest.fixture
def town(ahausen):
    """Five old offers: one unreachable, one just asked about, two reminded of twice, of which one is hidden already."""
    with inside(ahausen):
        Preferences.load()
        old(a_club("Ohne", ""), "Allein")
        old(a_club("Still", "still@x.example"), "Still")
        Stopped.objects.create(address="still@x.example")
        club = a_club()
        asked, twice, hidden = old(club, "Gefragt", "Zweimal", "Weg")
        now = timezone.now()
        for days, offers in ((50, (twice, hidden)), (20, (twice, hidden)), (8, (asked,))):
            then = now - timedelta(days=days)
            letter = Letter.objects.create(address="chefin@verein.example", written_at=then, delivered_at=then)
            for offer in offers:
                letter.asked.create(offer_id=offer.pk)
        Offer.objects.filter(pk=hidden.pk).update(hidden_at=now, noted_at=now)
        yield twice, hidden


def wished(**changes) -> Preferences:
    found = Preferences.load()
    for name, value in changes.items():
        setattr(found, name, value)
    return found


@pytest.mark.parametrize(
    ("rule", "changes", "said"),
    [
        ("remind", {}, "Zurzeit haben 3 Anbieter Angebote, die lange niemand geprüft hat; 2 davon sind nicht"),
        ("remind", {"remind_providers": False}, "Ohne Erinnerungen wird auch nichts gekennzeichnet"),
        ("note", {}, "Heute wären das 2 Angebote."),
        ("note", {"note_after_days": 7}, "Heute wären das 3 Angebote."),
        ("note", {"note_after_days": 0}, "Dann steht es auf keiner Seite"),
        ("hide", {}, "Heute wären das 2 Angebote."),
        ("hide", {"hide_after_days": 56}, "Heute wäre das 1 Angebot."),
        ("hide", {"hide_after_days": 0}, "Dann ist 1 ausgeblendetes Angebot wieder da."),
    ],
)
def test_each_rule_says_what_it_means(town, django_assert_max_num_queries, rule, changes, said):
    kept, wish = Preferences.load(), wished(**changes)
    # The ledger and who is public are kept from request to request; in this test's transaction both are read.
    with django_assert_max_num_queries(3 if rule == "remind" else 1):
        sentences = said_of(rule, wish, kept)
    assert said in " ".join(sentences)


def test_a_changed_rule_is_followed_without_waiting_for_the_night(town):
    twice, hidden = town
    seen = seal(values_of(Preferences.load(), PERIODS.fields))
    save_subject(PERIODS, wished(hide_after_days=28), seen=seen, by="test")
    assert list(tasks.follow_rules.under_way().values()) == [[{}]]
    tasks.follow_rules()
    assert row(twice).hidden_at is not None
    seen = seal(values_of(Preferences.load(), PERIODS.fields))
    save_subject(PERIODS, wished(hide_after_days=0, note_after_days=0), seen=seen, by="test")
    tasks.follow_rules()
    for offer in (twice, hidden):
        assert (row(offer).hidden_at, row(offer).noted_at) == (None, None)
