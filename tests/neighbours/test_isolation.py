"""Nothing that is not public in a municipality reaches another, whatever its state and wherever it stands."""

from itertools import product

from django.db import connection
from django.utils import timezone

from neighbours import indexing
from portal.offers.states import State
from portal.providers.models import State as ProviderState
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.neighbours.people import agree

ADDRESSES = ("/angebote/", "/angebote/?q=geheim", "/angebote/nachbarn/", "/angebote/nachbarn/?q=kurs",
             "/angebote/nachbarn/?ansicht=karte", "/angebote/nachbarn/karte.json")  # fmt: skip
# What each text of an offer that is nobody's business says.
SECRETS = ("InternGeheim", "GrundGeheim", "StrasseGeheim", "KontaktGeheim")


def test_only_what_is_public_at_home_is_shown_elsewhere(ahausen, bedorf, visitor):
    now, cases = timezone.now(), []
    with inside(bedorf):
        for number, (state, provider_state) in enumerate(product(State, ProviderState)):
            provider = a_provider(name=f"Verein Q{number:02}", state=provider_state, published_at=now)
            offer = an_offer(
                provider=provider, title=f"Kurs Z{number:02}", state=state, published_at=now,
                internal={"notiz": "InternGeheim"}, state_reason="GrundGeheim", contact_name="KontaktGeheim",
                places=[{"street": "StrasseGeheim 1", "hide_exact_address": True, "latitude": 49.2, "longitude": 7.1,
                         "precision": "exact", "city": "OrtGeheim", "postcode": "66999"}],
            )  # fmt: skip
            cases.append((offer, state == State.PUBLISHED and provider_state == ProviderState.PUBLISHED))
        hidden = an_offer(title="Kurs Versteckt", hidden_at=now)
        cases.append((hidden, False))
    agree(ahausen, bedorf)
    pages = [visitor("ahausen").get(address).content.decode() for address in ADDRESSES]
    every = "".join(pages)
    listed = visitor("ahausen").get("/angebote/nachbarn/").content.decode()
    for offer, public in cases:
        assert (offer.title in listed) == public, offer.title
        assert public or offer.title not in every
    for secret in (*SECRETS, "OrtGeheim", "66999"):
        assert secret not in every


def test_the_index_itself_holds_nothing_else(ahausen, bedorf):
    with inside(bedorf):
        an_offer(title="Offen", internal={"notiz": "InternGeheim"}, state_reason="GrundGeheim",
                 contact_name="KontaktGeheim")  # fmt: skip
        an_offer(title="EntwurfGeheim", state=State.DRAFT)
    agree(ahausen, bedorf)
    with connection.cursor() as cursor:
        for table in ("agreement", "indexedoffer", "indexeddocument", "indexedtown", "touchedrow"):
            cursor.execute(
                f"SELECT coalesce(string_agg(row_to_json(t)::text, ' '), '') FROM public.neighbours_{table} t"
            )
            (said,) = cursor.fetchone()
            for secret in (*SECRETS, "Entwurf", "entwurf"):
                assert secret.lower() not in said.lower(), table


def test_what_one_shows_to_its_neighbour_a_third_does_not_see(ahausen, bedorf, visitor):
    """An agreement binds two: the neighbour's neighbour is none."""
    from tests.architecture.access_neighbours import next_door

    with inside(bedorf):
        an_offer(title="Segeln in Bedorf")
        shown = next_door()["neighbour_offer"]
    indexing.fill("bedorf")
    assert shown.title == "Segeln"
    assert "Segeln in Bedorf" not in visitor("ahausen").get("/angebote/nachbarn/").content.decode()
    assert "Segeln" not in visitor("ahausen").get("/angebote/?q=segeln").content.decode().partition("ergebnis")[0]
    assert "Nachbarstadt" in visitor("bedorf").get("/angebote/nachbarn/").content.decode()
    assert visitor("ahausen").get(f"/angebote/nachbarn/karte/{shown.pk}/").status_code == 404
