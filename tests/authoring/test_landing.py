"""The landing page of somebody who writes offers: first the work, one card for each reason, then how things stand."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.access import Role
from portal.offers import editing
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from portal.providers.models import Membership
from portal.providers.states import State as ProviderState
from portal.usage.models import DailyOfferView
from tests.authoring.test_own_list import entered, fill, old, text_of, weekly
from tests.factories import an_offer
from tests.revisions.conftest import Cast, cast

__all__ = ["cast", "entered"]
HOME = "/konto/"


def headings(page: str) -> list[str]:
    """The titles of the cards that wait."""
    part = page[page.index("Das wartet auf Sie") :].partition("</section>")[0]
    return [each.partition("</h3>")[0] for each in part.split("<h3>")[1:]]


def returned(cast: Cast, title: str, reason: str) -> Offer:
    offer = cast.draft(title=title)
    waiting = editing.submit(offer, by=cast.member).revision
    editing.send_back(waiting, by=cast.editor, version=1, reason=reason)
    return offer


def test_each_reason_has_one_card_in_a_fixed_order(cast: Cast, entered, time_machine):
    cast.rule(ApprovalRule.CHANGES)
    time_machine.move_to(datetime(2026, 11, 28, 9, tzinfo=UTC))
    for title in ("Fahrrad-Werkstatt", "Nachbarschaftstreff"):
        old(an_offer(title=title, provider=cast.club))
    cast.draft(title="Sprechstunde")
    for title, day in (("Nähcafé", 18), ("Stammtisch", 17)):
        weekly(an_offer(title=title, provider=cast.club), until=datetime(2026, 12, day, tzinfo=UTC))
    returned(cast, "Kleiderkammer", "Kann man auch abgeben?")
    page = text_of(entered(cast.member).get(HOME))
    assert headings(page) == [
        "„Kleiderkammer“ kam von der Redaktion zurück",
        "2 Angebote enden bald",
        "„Sprechstunde“ ist noch ein Entwurf",
        "Stimmen diese 2 Angebote noch?",
    ]
    assert "„Kann man auch abgeben?“" in page
    assert "heute, 10:00 Uhr" in page
    assert "Nähcafé (letzter Termin am 18. Dezember)" in page or "Nähcafé (letzter Termin am 12. Dezember)" in page
    assert "6 Dinge warten auf Sie." in page
    assert page.count("kern-btn--primary") == 2


def test_the_button_of_what_ends_leads_to_its_summary(cast: Cast, entered):
    cast.rule(ApprovalRule.PROVIDERS)
    weekly(an_offer(title="Nähcafé", provider=cast.club), until=timezone.now() + timedelta(days=9))
    an_offer(title="Chor", provider=cast.club)
    client = entered(cast.member)
    page = text_of(client.get(HOME))
    assert 'name="auswahl" value="zu_tun=endet"' in page
    summary = text_of(
        client.post("/konto/angebote/sammeln/", {"tun": "verlaengern", "alle": "1", "auswahl": "zu_tun=endet"})
    )
    assert "Verlängern: Nähcafé" in summary
    assert "Chor" not in summary


def test_what_lies_with_the_editors_stands_below(cast: Cast, entered):
    cast.rule(ApprovalRule.CHANGES)
    for number in range(6):
        editing.submit(cast.draft(title=f"Neu {number}"), by=cast.member)
    page = text_of(entered(cast.member).get(HOME))
    part = page[page.index("Das liegt bei der Redaktion") :]
    assert [f"Neu {number}" in part for number in range(6)] == [True] * 5 + [False]
    assert "und 1 weiteres" in part
    assert "Nichts wartet. Alles ist aktuell." in page


def test_nothing_waits_and_nothing_is_there(cast: Cast, entered):
    client = entered(cast.member)
    assert "Hier stehen bald Ihre Angebote" in text_of(client.get(HOME))
    offer = an_offer(title="Chor", provider=cast.club)
    DailyOfferView.objects.create(offer_id=offer.pk, day=timezone.localdate(), count=12)
    page = text_of(client.get(HOME))
    assert "Nichts wartet. Alles ist aktuell." in page
    assert "Ihr 1 Angebot" in page
    assert ">Chor</a></th><td>12</td>" in page


def test_an_organisation_that_is_not_approved_yet_may_write(cast: Cast, entered):
    cast.club.state = ProviderState.SUBMITTED
    cast.club.save()
    page = text_of(entered(cast.member).get(HOME))
    assert page.index("Wir prüfen Ihre Anmeldung") < page.index("Das wartet auf Sie")
    assert 'href="/konto/angebote/neu/"' in page


def test_of_several_organisations_one_can_be_chosen(cast: Cast, entered):
    Membership.objects.create(provider=cast.other_club, user=cast.member, role=Membership.Role.MEMBER)
    an_offer(title="Chor", provider=cast.club)
    an_offer(title="Boule", provider=cast.other_club)
    client = entered(cast.member)
    both = text_of(client.get(HOME))
    assert f'href="/konto/?anbieter={cast.other_club.pk}"' in both
    assert "Ihre 2 Angebote" in both
    one = text_of(client.get(HOME, {"anbieter": str(cast.other_club.pk)}))
    assert "Ihr 1 Angebot" in one
    assert ">wechseln<" in one
    foreign = an_offer(title="Fremd")
    assert "Ihre 2 Angebote" in text_of(client.get(HOME, {"anbieter": str(foreign.provider_id)}))


def test_editors_and_planners_keep_their_cards(signed_in, ahausen):
    for role, card in ((Role.EDITOR, "/redaktion/pruefen/"), (Role.PLANNER, "/konto/person/")):
        page = text_of(signed_in(ahausen, role).get(HOME))
        assert f'href="{card}"' in page
        assert "Das wartet auf Sie" not in page


def test_an_editor_who_writes_offers_too_has_both(cast: Cast, entered):
    Membership.objects.create(provider=cast.club, user=cast.editor, role=Membership.Role.MEMBER)
    page = text_of(entered(cast.editor).get(HOME))
    assert "Das wartet auf Sie" in page
    assert 'href="/redaktion/pruefen/"' in page


def test_the_page_asks_as_many_questions_for_four_offers_as_for_sixty(cast: Cast, entered):
    client = entered(cast.member)
    numbers = []
    for more in (1, 14):
        fill(cast, more)
        client.get(HOME)
        with CaptureQueriesContext(connection) as asked:
            text_of(client.get(HOME))
        numbers.append(sum("preferences_preferences" not in query["sql"] for query in asked.captured_queries))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 30
