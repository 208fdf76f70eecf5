"""The board: one list a kind, its rules, filters and roadmap; what the operator does with many at once."""

import re

import pytest

from core.access import Role
from tests.tracker.people import OPERATOR, editor_of
from tracker.board.models import BoardSettings
from tracker.cofunding.models import Key
from tracker.cofunding.services import estimate, join, pledge
from tracker.releases.models import Item, Release
from tracker.tickets import services
from tracker.tickets.models import State, Ticket
from tracker.voting.services import cast

BOARD, ERRORS, PLAN = "/plattform/", "/plattform/fehler/", "/plattform/fahrplan/"


@pytest.fixture
def editor(ahausen):
    return editor_of(ahausen)


@pytest.fixture
def neighbour(bedorf):
    return editor_of(bedorf)


def a_wish(by, title, kind="wish", **more):
    return services.report(by=by, kind=kind, title=title, **more)


def titles(page):
    return re.findall(r'rank__title"><a[^>]*>([^<]*)', page)


def get(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def filled(editor, neighbour):
    made = {
        "Kalender": a_wish(editor, "Kalender des Vereins übernehmen", happened="Vereine pflegen schon einen Kalender."),
        "Stunden": a_wish(neighbour, "Wochenstunden je Stadtteil", area="planning"),
        "Plätze": a_wish(neighbour, "Freie Plätze am Angebot zeigen"),
    }
    cast(made["Stunden"], 4, by=editor)
    cast(made["Stunden"], 2, by=neighbour)
    cast(made["Kalender"], 3, by=neighbour)
    services.concern(made["Plätze"], by=editor)
    return made


def test_wishes_are_ranked_by_votes_then_by_whom_they_concern(filled, signed_in, ahausen):
    page = get(signed_in(ahausen, Role.EDITOR), BOARD)
    assert titles(page) == [
        "Wochenstunden je Stadtteil",
        "Kalender des Vereins übernehmen",
        "Freie Plätze am Angebot zeigen",
    ]
    assert "<b>84</b> von 100 Punkten übrig" in page
    assert "16 Punkte in 1 Wunsch." in page
    assert re.search(r'4 <span class="fine">\(16 P\.\)', page)
    assert page.count("rank--ours") == 3


def test_filters_leave_out_what_does_not_fit_and_keep_the_rank(filled, signed_in, ahausen):
    client = signed_in(ahausen, Role.EDITOR)
    page = get(client, BOARD, bereich="auswertung")
    assert titles(page) == ["Wochenstunden je Stadtteil"]
    page = get(client, BOARD, uns="gemeldet")
    assert titles(page) == ["Kalender des Vereins übernehmen"]
    assert '<span class="visually-hidden">Rang </span>2' in page
    assert titles(get(client, BOARD, uns="stimmen")) == ["Wochenstunden je Stadtteil"]
    assert len(titles(get(client, BOARD, uns=["betrifft", "stimmen"]))) == 3
    assert titles(get(client, BOARD, q="Kalender")) == ["Kalender des Vereins übernehmen"]
    assert titles(get(client, BOARD, q=f"T-{filled['Plätze'].pk}")) == ["Freie Plätze am Angebot zeigen"]
    assert len(titles(get(client, BOARD, stand="unsinn", bereich="nein", sortierung="quer", seite="x"))) == 3
    assert titles(get(client, BOARD, sortierung="neueste"))[0] == "Freie Plätze am Angebot zeigen"


def test_who_looks_for_something_or_leafs_gets_the_list_and_the_points_left(filled, signed_in, ahausen):
    services.change_state(filled["Kalender"], State.CONFIRMED, by=OPERATOR)
    services.change_state(filled["Plätze"], State.DECLINED, by=OPERATOR, reason="Geht schon.")
    client = signed_in(ahausen, Role.EDITOR)
    for asked, whole in (({}, True), ({"sortierung": "neueste"}, True), ({"uns": "stimmen"}, False),
                         ({"q": "Kalender"}, False), ({"seite": "2"}, False)):  # fmt: skip
        page = get(client, BOARD, **asked)
        around = ['id="regeln"' in page, 'id="fahrplan"' in page, 'id="beendet"' in page]
        assert around == [whole] * 3, asked
        assert "von 100 Punkten übrig" in page
        assert 'href="/plattform/fahrplan/"' in page


def test_what_is_not_found_can_be_reported_with_the_words_filled_in(filled, signed_in, ahausen):
    page = get(signed_in(ahausen, Role.EDITOR), BOARD, q="Sprechende Landkarte")
    assert titles(page) == []
    assert "art=wish&amp;titel=Sprechende+Landkarte" in page


def test_a_script_as_a_search_is_only_words(filled, signed_in, ahausen):
    page = get(signed_in(ahausen, Role.EDITOR), BOARD, q="<script>alert(1)</script>\0")
    assert "<script>alert" not in page


def test_ended_wishes_stand_below_with_what_came_back(filled, signed_in, ahausen):
    services.change_state(filled["Stunden"], State.DECLINED, by=OPERATOR, reason="Geht mit Filtern.")
    client = signed_in(ahausen, Role.EDITOR)
    page = get(client, BOARD)
    assert len(titles(page)) == 2
    assert "„Geht mit Filtern.“" in page
    assert "16 Punkte sind zurück." in page
    page = get(client, BOARD, stand="abgelehnt")
    assert titles(page) == ["Wochenstunden je Stadtteil"]
    assert "<dd>6</dd>" in page


def test_errors_stand_by_how_bad_they_are_and_have_no_votes(editor, neighbour, signed_in, ahausen):
    normal, bad = a_wish(editor, "Karte ist leer", kind="bug"), a_wish(neighbour, "Anmelden geht nicht", kind="bug")
    services.sort_in(normal, by=OPERATOR, severity="normal")
    services.sort_in(bad, by=OPERATOR, severity="blocking")
    page = get(signed_in(ahausen, Role.PLANNER), ERRORS)
    assert titles(page) == ["Anmelden geht nicht", "Karte ist leer"]
    assert "<dt>Stimmen</dt>" not in page


def test_the_estimate_and_what_is_pledged_stand_beside_the_wish(filled, editor, neighbour, signed_in, ahausen):
    wish = filled["Stunden"]
    estimate(wish, 480_000, by=OPERATOR)
    client = signed_in(ahausen, Role.EDITOR)
    assert "Schätzung 4.800,00" in get(client, BOARD)
    join(wish, by=editor, key=Key.EQUAL)
    join(wish, by=neighbour)
    pledge(wish, 240_000, by=editor)
    assert "50 % zugesagt" in get(client, BOARD)
    pledge(wish, 240_000, by=neighbour)
    assert "finanziert" in get(client, BOARD)


def planned(wishes):
    release = Release.objects.create(version="26.12", planned_on="2026-12-01")
    services.change_state(wishes["Stunden"], State.PLANNED, by=OPERATOR)
    services.change_state(wishes["Kalender"], State.CONFIRMED, by=OPERATOR)
    Item.objects.create(release=release, ticket=wishes["Stunden"], group="new", title="Wochenstunden")


def test_the_roadmap_goes_by_version_and_what_has_none_by_votes(filled, signed_in, ahausen):
    planned(filled)
    client = signed_in(ahausen, Role.PLANNER)
    page = get(client, PLAN)
    assert page.index("26.12 · ab 1. Dezember 2026") < page.index("Wochenstunden") < page.index("Später")
    assert "Freie Plätze" not in page
    assert "Bestätigt, noch ohne Termin: 1 Wunsch." in page
    assert "Später" in get(client, BOARD)


def test_the_public_sees_the_roadmap_only_where_the_operator_allows_it(filled, signed_in, visitor):
    planned(filled)
    assert visitor("").get("/fahrplan/").status_code == 404
    client = signed_in(None, Role.OPERATOR)
    assert client.post("/betrieb/tickets/fahrplan/oeffentlich/", {"oeffentlich": "ja"}).status_code == 302
    page = get(visitor(""), "/fahrplan/")
    assert "Wochenstunden je Stadtteil" in page
    assert "Freie Plätze" not in page
    assert "Ahausen" not in page
    assert "Bedorf" not in page
    assert "/betrieb/tickets/" not in page
    client.post("/betrieb/tickets/fahrplan/oeffentlich/", {"oeffentlich": "nein"})
    assert not BoardSettings.load().public_roadmap
    assert visitor("").get("/fahrplan/").status_code == 404


def test_the_public_roadmap_tells_no_errors(editor, visitor):
    bug = a_wish(editor, "Lücke in der Anmeldung", kind="bug")
    services.change_state(bug, State.CONFIRMED, by=OPERATOR)
    BoardSettings.objects.update_or_create(pk=1, defaults={"public_roadmap": True})
    assert "Lücke" not in get(visitor(""), "/fahrplan/")


def test_the_operator_has_no_purse_and_sees_what_all_report(filled, signed_in):
    page = get(signed_in(None, Role.OPERATOR), "/betrieb/tickets/")
    assert len(titles(page)) == 3
    assert 'class="purse"' not in page
    assert page.count('name="ticket"') == 3


def do(client, action, *tickets, **more):
    return client.post(
        "/betrieb/tickets/viele/", {"tun": action, "ticket": [each.pk for each in tickets], "art": "wish", **more}
    )


def test_many_tickets_change_their_state_and_what_refuses_stops_no_other(filled, signed_in):
    client = signed_in(None, Role.OPERATOR)
    services.change_state(filled["Kalender"], State.ROLLED_OUT, by=OPERATOR)
    rows = list(filled.values())
    page = get(client, "/betrieb/tickets/viele/", tun="geplant", ticket=[each.pk for each in rows])
    assert "3 Meldungen" in page
    answer = client.post(
        "/betrieb/tickets/viele/", {"tun": "geplant", "ticket": [each.pk for each in rows]}, follow=True
    )
    said = answer.content.decode()
    assert "Planen: 2 Meldungen." in said
    assert f"T-{filled['Kalender'].pk}:" in said
    assert list(Ticket.objects.order_by("pk").values_list("state", flat=True)) == ["rolled_out", "planned", "planned"]


def test_declining_many_asks_for_a_reason(filled, signed_in):
    client = signed_in(None, Role.OPERATOR)
    assert do(client, "abgelehnt", filled["Kalender"]).status_code == 400
    assert do(client, "abgelehnt", filled["Kalender"], reason="Geht schon.").status_code == 302
    assert Ticket.objects.get(pk=filled["Kalender"].pk).reason == "Geht schon."


def test_many_are_merged_into_one_and_it_stays_out_of_itself(filled, signed_in):
    client = signed_in(None, Role.OPERATOR)
    assert do(client, "zusammenfuehren", filled["Plätze"], target="T-999999").status_code == 400
    target = filled["Stunden"]
    assert do(client, "zusammenfuehren", *filled.values(), target=target.reference).status_code == 302
    assert set(Ticket.objects.filter(merged_into=target)) == {filled["Kalender"], filled["Plätze"]}
    target.refresh_from_db()
    assert target.merged_into_id is None


@pytest.mark.parametrize("given", [{}, {"tun": "geplant"}, {"tun": "geplant", "ticket": ["x", "-1", "9" * 30]}])
def test_without_tickets_or_a_deed_the_operator_is_told_so(signed_in, given):
    answer = signed_in(None, Role.OPERATOR).get("/betrieb/tickets/viele/", given, follow=True)
    assert "haken Sie Meldungen an" in answer.content.decode()


def test_a_page_of_the_board_asks_the_database_a_bounded_number_of_times(
    filled, editor, signed_in, ahausen, django_assert_max_num_queries
):
    client = signed_in(ahausen, Role.EDITOR)
    for number in range(25):
        a_wish(editor, f"Noch ein Wunsch {number}")
    client.get(BOARD)
    with django_assert_max_num_queries(60):
        page = get(client, BOARD)
    assert len(titles(page)) == 20


def test_providers_have_no_board(signed_in, ahausen):
    assert signed_in(ahausen, Role.PROVIDER).get(BOARD).status_code == 404
