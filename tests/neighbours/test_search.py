"""What residents see of neighbours: their own offers first, then those of others, as long as both agree."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from neighbours import indexing, services
from neighbours.models import Kind
from portal.offers.models import Offer
from portal.offers.services import change_state
from portal.offers.states import State
from portal.preferences.models import Preferences
from portal.taxonomy.adoption.models import Adopted
from portal.taxonomy.models import Category, TargetGroup
from tenants.models import Domain
from tenants.models import State as TownState
from tenants.running.context import inside
from tests.factories import an_offer
from tests.neighbours.people import agree, propose, span, speaker


@pytest.fixture
def towns(ahausen, bedorf):
    """Each with offers of its own."""
    with inside(ahausen):
        an_offer(title="Töpfern in Ahausen")
    with inside(bedorf):
        an_offer(title="Töpfern in Bedorf", summary="Mit Ton", places=[{"city": "Bedorf", "postcode": "66999"}])
        an_offer(title="Segeln für alle")
        an_offer(title="Entwurf zum Töpfern", state=State.DRAFT)
    return ahausen, bedorf


def page(visitor, town, address="/angebote/"):
    answer = visitor(town.slug).get(address)
    assert answer.status_code == 200
    return answer


def test_without_an_agreement_nobody_sees_anything_of_others(towns, visitor):
    answer = page(visitor, towns[0])
    assert answer.context["beside"] is None
    assert "Bedorf" not in answer.content.decode()
    assert page(visitor, towns[0], "/angebote/nachbarn/").context["page"].paginator.count == 0


def test_a_proposal_alone_shows_nothing(towns, visitor):
    propose(*towns)
    assert page(visitor, towns[0]).context["beside"] is None
    assert page(visitor, towns[1]).context["beside"] is None


def test_neighbours_stand_below_ones_own_and_lead_to_their_portal(towns, visitor):
    ahausen, bedorf = towns
    agree(ahausen, bedorf)
    answer = page(visitor, ahausen, "/angebote/?q=töpfern")
    assert [card.title for card in answer.context["cards"]] == ["Töpfern in Ahausen"]
    beside = answer.context["beside"]
    assert (beside.total, beside.towns) == (1, 1)
    (card,) = beside.cards
    with inside(bedorf):
        offer = Offer.objects.get(title="Töpfern in Bedorf")
    assert card.url == f"http://bedorf.localhost:8000{offer.get_absolute_url()}"
    assert card.badges[0].label == "Gemeinde Bedorf"
    assert (card.place, card.text) == ("66999 Bedorf", "Mit Ton")
    html = re.sub(r"</?mark>", "", answer.content.decode())
    assert html.index("Töpfern in Ahausen") < html.index("Auch in der Umgebung") < html.index("Töpfern in Bedorf")
    assert "Entwurf" not in html
    assert [card.title for card in page(visitor, bedorf, "/angebote/?q=töpfern").context["beside"].cards] == [
        "Töpfern in Ahausen"
    ]


def test_all_of_them_stand_on_a_page_that_search_engines_leave(towns, visitor):
    agree(*towns)
    answer = page(visitor, towns[0], "/angebote/nachbarn/")
    assert sorted(card.title for card in answer.context["cards"]) == ["Segeln für alle", "Töpfern in Bedorf"]
    html = answer.content.decode()
    assert 'name="robots" content="noindex' in html
    assert "nachbarn" not in visitor(towns[0].slug).get("/sitemap.xml").content.decode()
    number = towns[1].pk
    assert answer.context["towns"][0].count == 2
    narrowed = page(visitor, towns[0], f"/angebote/nachbarn/?kommune={number}&q=segeln")
    assert [card.title for card in narrowed.context["cards"]] == ["Segeln für alle"]
    assert [chip.label for chip in narrowed.context["chips"]] == ["„segeln“", "Gemeinde Bedorf"]


def test_a_withdrawn_consent_empties_it_at_the_next_request(towns, visitor):
    ahausen, bedorf = towns
    agreement = agree(ahausen, bedorf)
    assert page(visitor, ahausen).context["beside"].total == 2
    with inside(bedorf):
        services.end(agreement, by=speaker(bedorf))
    assert page(visitor, ahausen).context["beside"] is None
    # Whoever is on the second page just now finds a page that says so.
    answer = page(visitor, ahausen, "/angebote/nachbarn/?seite=2")
    assert answer.context["page"].paginator.count == 0


def test_an_offer_taken_down_is_gone_at_the_next_request(towns, visitor):
    ahausen, bedorf = towns
    agree(ahausen, bedorf)
    with inside(bedorf):
        change_state(Offer.objects.get(title="Segeln für alle"), State.PAUSED, by="test")
        indexing.settle()
    assert [card.title for card in page(visitor, ahausen).context["beside"].cards] == ["Töpfern in Bedorf"]


@pytest.mark.parametrize("state", [TownState.SUSPENDED, TownState.ARCHIVED, TownState.DRAFT])
def test_a_municipality_that_is_not_live_is_shown_nowhere(towns, visitor, state):
    ahausen, bedorf = towns
    agree(ahausen, bedorf)
    bedorf.state = state
    bedorf.save()
    assert page(visitor, ahausen).context["beside"] is None
    bedorf.state = TownState.LIVE
    bedorf.save()
    assert page(visitor, ahausen).context["beside"].total == 2


def test_links_follow_a_new_host_at_once(towns, visitor):
    ahausen, bedorf = towns
    agree(ahausen, bedorf)
    Domain.objects.filter(tenant=bedorf).update(domain="neu.bedorf.example")
    (card, *_more) = page(visitor, ahausen).context["beside"].cards
    assert card.url.startswith("http://neu.bedorf.example:8000/angebote/")


def test_an_agreement_holds_on_its_days_alone(towns, visitor):
    ahausen, bedorf = towns
    agree(ahausen, bedorf, days=span(1, 3))
    assert page(visitor, ahausen).context["beside"] is None
    with timetravel(days=2):
        assert page(visitor, ahausen).context["beside"].total == 2
    with timetravel(days=4):
        assert page(visitor, ahausen).context["beside"] is None


def timetravel(**ahead):
    import time_machine

    return time_machine.travel(timezone.now() + timedelta(**ahead), tick=False)


def test_a_topic_means_the_one_of_its_name(towns, visitor):
    ahausen, bedorf = towns
    with inside(ahausen):
        sport = Category.objects.create(name="Sport & Bewegung")
        twice = Category.objects.create(name="Sonstiges")
        Category.objects.create(name="Sonstiges", parent=sport)
    with inside(bedorf):
        above = Category.objects.create(name="Sport & Bewegung")
        below = Category.objects.create(name="Yoga", parent=above)
        other = Category.objects.create(name="Sonstiges")
        an_offer(title="Yoga am Morgen", categories=[below, other])
    agree(ahausen, bedorf)
    answer = page(visitor, ahausen, f"/angebote/nachbarn/?kategorie={sport.pk}")
    assert [card.title for card in answer.context["cards"]] == ["Yoga am Morgen"]
    assert answer.context["cards"][0].category == "Sport & Bewegung"
    # Of two of one name nobody knows which is meant.
    assert page(visitor, ahausen, f"/angebote/nachbarn/?kategorie={twice.pk}").context["page"].paginator.count == 0


def test_a_topic_and_a_group_mean_the_same_entry_of_the_shared_catalogue(towns, visitor):
    ahausen, bedorf = towns
    with inside(ahausen):
        sport, young = Category.objects.create(name="Sport"), TargetGroup.objects.create(name="Kinder")
    with inside(bedorf):
        moving, small = Category.objects.create(name="Bewegung"), TargetGroup.objects.create(name="Kleine Leute")
        an_offer(title="Yoga am Morgen", categories=[moving]).target_groups.add(small)
    agree(ahausen, bedorf)
    asked = [f"/angebote/nachbarn/?kategorie={sport.pk}", f"/angebote/nachbarn/?zielgruppe={young.pk}"]
    assert [page(visitor, ahausen, each).context["page"].paginator.count for each in asked] == [0, 0]
    for town, topic, group in ((ahausen, sport, young), (bedorf, moving, small)):
        with inside(town):
            Adopted.objects.create(kind="category", code="K-001", object_id=topic.pk)
            Adopted.objects.create(kind="target_group", code="Z-001", object_id=group.pk)
            indexing.settle()
    for each in asked:
        (card,) = page(visitor, ahausen, each).context["cards"]
        assert (card.title, card.category) == ("Yoga am Morgen", "Sport")


def test_a_roof_portal_searches_its_members(towns, visitor):
    ahausen, bedorf = towns
    services.mark_roof(ahausen, by="test")
    agree(ahausen, bedorf, Kind.ROOF)
    answer = page(visitor, ahausen, "/angebote/?q=töpfern")
    assert sorted(card.title for card in answer.context["cards"]) == ["Töpfern in Ahausen", "Töpfern in Bedorf"]
    counts = {option.label: option.count for option in answer.context["towns"]}
    assert counts == {"Stadt Ahausen": 1, "Gemeinde Bedorf": 1}
    # Programs find them where they are told whole.
    members = [{"name": "Gemeinde Bedorf", "api": "http://bedorf.localhost:8000/api/v1/"}]
    assert visitor("ahausen").get("/api/v1/").json()["members"] == members
    assert visitor("bedorf").get("/api/v1/").json()["members"] == []
    # A member shows what it showed before.
    assert page(visitor, bedorf, "/angebote/?q=töpfern").context["beside"] is None


def test_the_map_has_them_too(towns, visitor):
    ahausen, bedorf = towns
    with inside(ahausen):
        # Far away: the map is where the results are.
        Preferences.objects.update(latitude=54.3, longitude=10.1)
    with inside(bedorf):
        an_offer(title="Am See", places=[{"latitude": 49.2, "longitude": 7.3, "precision": "exact"}])
    agree(ahausen, bedorf)
    data = visitor("ahausen").get("/angebote/nachbarn/karte.json").json()
    ((number, title, _class),) = data["offers"]
    assert title == "Am See"
    bubble = visitor("ahausen").get(f"/angebote/nachbarn/karte/{number}/")
    assert "http://bedorf.localhost:8000/angebote/" in bubble.content.decode()
    drawn = page(visitor, ahausen, "/angebote/nachbarn/?ansicht=karte").context["map"]
    assert (drawn["placed"], drawn["outside"], [each.number for each in drawn["clusters"]]) == (1, 0, [1])
    assert visitor("bedorf").get(f"/angebote/nachbarn/karte/{number}/").status_code == 404
