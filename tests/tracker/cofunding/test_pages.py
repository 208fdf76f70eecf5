"""The part of a wish's page about paying, the list of costs, and the statements."""

import re
from io import BytesIO

import pikepdf
import pytest

from accounts.models import User
from core.access import Role
from tenants.running.context import inside, inside_public
from tests.tracker.people import OPERATOR, editor_of, provider_of
from tracker.cofunding import papers, tasks
from tracker.cofunding.models import Funding, Key, Part, Statement
from tracker.cofunding.services import estimate, join, pledge
from tracker.tickets import services


@pytest.fixture
def wish(ahausen):
    return services.report(by=editor_of(ahausen), kind="wish", title="Wochenstunden je Stadtteil")


def page_of(client, wish, side="plattform/meldungen"):
    answer = client.get(f"/{side}/{wish.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def deed(client, wish, **said):
    return client.post(f"/plattform/kosten/{wish.pk}/", said, follow=True).content.decode()


def seen_on(page):
    return re.search(r'name="seen" value="(\d+)"', page)[1]


def test_two_municipalities_agree_on_shares_and_pay(wish, signed_in, ahausen, bedorf):
    operator, first, second = (
        signed_in(None, Role.OPERATOR),
        signed_in(ahausen, Role.EDITOR),
        signed_in(bedorf, Role.ADMIN),
    )
    assert "Gemeinsam bezahlen" not in page_of(first, wish)
    assert "Noch keine Schätzung" in page_of(operator, wish, "betrieb/tickets")
    assert operator.post(f"/betrieb/kosten/{wish.pk}/", {"estimate": "quatsch"}).status_code == 400
    saved = operator.post(f"/betrieb/kosten/{wish.pk}/", {"estimate": "4.800,01", "note": "Mit Tests"}, follow=True)
    assert "4.800,01" in saved.content.decode()
    page = page_of(first, wish)
    assert "Schlüssel vorschlagen" in page
    assert "Mit Tests" in page
    page = deed(first, wish, tun="mitmachen", key="inhabitants")
    assert "wie viele Menschen" in page
    page = deed(first, wish, tun="mitmachen", key="inhabitants", inhabitants="30000")
    assert "Ihre Kommune macht mit." in page
    alone = seen_on(page)
    page = deed(second, wish, tun="mitmachen", inhabitants="10000")
    assert "1.200,00" in page
    page = deed(first, wish, tun="zusagen", seen=alone)
    assert "Ihre Kommune sagt 3.600,01" in page
    assert "Zusage zurücknehmen" in page
    page = deed(second, wish, tun="zusagen", seen="100")
    assert "hat sich inzwischen geändert" in page
    page = deed(second, wish, tun="zusagen", seen=seen_on(page))
    assert "Finanziert am" in page
    assert "Zusage zurücknehmen" not in page
    assert "Daran ändert sich nichts mehr" in deed(first, wish, tun="zuruecknehmen")
    assert "3.600,01" in first.get("/plattform/kosten/").content.decode()
    assert "finanziert" in operator.get("/betrieb/kosten/").content.decode()


def test_another_key_is_proposed_seen_with_its_price_and_agreed_to(wish, signed_in, ahausen, bedorf):
    estimate(wish, 100_000, by=OPERATOR)
    first, second = signed_in(ahausen, Role.EDITOR), signed_in(bedorf, Role.EDITOR)
    deed(first, wish, tun="mitmachen", key="equal")
    deed(second, wish, tun="mitmachen")
    deed(first, wish, tun="vorschlagen", key="inhabitants", inhabitants="30000")
    page = page_of(second, wish)
    assert "schlägt einen anderen Schlüssel vor" in page
    deed(second, wish, tun="zustimmen", key="inhabitants", inhabitants="10000")
    assert Funding.objects.get().key == Key.INHABITANTS
    deed(second, wish, tun="vorschlagen", key="use")
    assert "Diesem Schlüssel zustimmen" in page_of(first, wish)
    deed(first, wish, tun="ablehnen", key="use")
    assert Funding.objects.get().key == Key.INHABITANTS


def test_own_amounts_are_given_changed_and_withdrawn(wish, signed_in, ahausen):
    estimate(wish, 100_000, by=OPERATOR)
    client = signed_in(ahausen, Role.EDITOR)
    assert "Bitte geben Sie einen Betrag" in deed(client, wish, tun="mitmachen", key="amounts")
    assert "Bitte geben Sie eine Summe an" in deed(client, wish, tun="mitmachen", key="amounts", amount="viel")
    assert "400,50" in deed(client, wish, tun="mitmachen", key="amounts", amount="400,50")
    assert "500,00" in deed(client, wish, tun="mitmachen", amount="500")
    assert "macht nicht mehr mit" in deed(client, wish, tun="zuruecknehmen")
    assert not Part.objects.exists()


@pytest.mark.parametrize("said", [{}, {"tun": "unsinn"}])
def test_what_is_no_deed_is_refused(wish, signed_in, ahausen, said):
    estimate(wish, 100_000, by=OPERATOR)
    assert signed_in(ahausen, Role.EDITOR).post(f"/plattform/kosten/{wish.pk}/", said).status_code == 400


def test_planners_look_on_and_decide_nothing(wish, signed_in, ahausen):
    estimate(wish, 100_000, by=OPERATOR)
    client = signed_in(ahausen, Role.PLANNER)
    page = page_of(client, wish)
    assert "Für Ihre Kommune sagt die Redaktion zu." in page
    assert 'name="tun"' not in page
    assert client.post(f"/plattform/kosten/{wish.pk}/", {"tun": "mitmachen", "key": "equal"}).status_code == 404


def test_providers_see_nothing_of_money(ahausen, signed_in):
    client = signed_in(ahausen, Role.PROVIDER)
    with inside(ahausen):
        user = User.objects.get(email__startswith="provider@")
    mine = services.report(by=provider_of(ahausen, person=user.pk), kind="wish", title="Mein Wunsch")
    estimate(mine, 100_000, by=OPERATOR)
    page = page_of(client, mine)
    assert "1.000,00" not in page
    for ending in ("aufstellung.csv", "aufstellung.pdf"):
        assert client.get(f"/plattform/kosten/{mine.pk}/{ending}").status_code == 404


def test_the_statement_is_made_as_a_tagged_pdf_of_the_numbers_of_now(wish, signed_in, ahausen, bedorf):
    estimate(wish, 100_001, by=OPERATOR)
    for town in (ahausen, bedorf):
        join(wish, by=editor_of(town), key=Key.EQUAL)
    client = signed_in(ahausen, Role.EDITOR)
    address = f"/plattform/kosten/{wish.pk}/aufstellung.pdf"
    assert client.get(address).status_code == 404
    assert "wird erstellt" in client.post(address, follow=True).content.decode()
    client.post(address)
    assert Statement.objects.count() == 1
    asked = Statement.objects.get()
    assert tasks.make_statement.under_way() == {"public": [{"paper": asked.pk}]}
    with inside_public():
        tasks.make_statement(paper=asked.pk)
    answer = client.get(address)
    body = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(body)) as pdf:
        assert "/StructTreeRoot" in pdf.Root
    assert "Aufstellung (PDF)" in page_of(client, wish)
    pledge(wish, 50_001, by=editor_of(ahausen))
    assert client.get(address).status_code == 404
    assert "Aufstellung als PDF erstellen" in page_of(client, wish)


def test_the_statement_as_a_table_is_for_both_hosts(wish, signed_in, ahausen):
    estimate(wish, 100_001, by=OPERATOR)
    join(wish, by=editor_of(ahausen), key=Key.EQUAL)
    for client, side in ((signed_in(ahausen, Role.PLANNER), "plattform"), (signed_in(None, Role.OPERATOR), "betrieb")):
        lines = client.get(f"/{side}/kosten/{wish.pk}/aufstellung.csv").content.decode("utf-8-sig").splitlines()
        assert lines[1].split(";")[1:5] == ["Stadt Ahausen", "1", "1000,01", "0,00"]


def test_a_statement_asked_for_while_an_earlier_one_is_printed_stays(wish, ahausen, bedorf):
    estimate(wish, 100_001, by=OPERATOR)
    for town in (ahausen, bedorf):
        join(wish, by=editor_of(town), key=Key.EQUAL)
    printed, _new = papers.ask_for(Funding.objects.get(ticket=wish))
    pledge(wish, 50_001, by=editor_of(ahausen))
    waiting, _new = papers.ask_for(Funding.objects.get(ticket=wish))
    papers._tidy(printed)
    assert waiting in Statement.objects.all()
    papers._tidy(waiting)
    assert list(Statement.objects.all()) == [waiting]
