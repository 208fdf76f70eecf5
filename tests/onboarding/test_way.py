"""The way to the start: ticks that set themselves, who is next since when, the papers, the check, the opening."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.access import Role
from core.go_live import look
from mail.models import OutboxMessage
from onboarding import looking, making, papers, pdf, reminding, tasks
from onboarding.models import Acceptance, Application
from onboarding.way import Who, way_of
from tenants.lifecycle import domains
from tenants.lifecycle.states import delete_municipality
from tenants.models import Domain, Municipality, State
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public
from tests.conftest import PASSWORD
from tests.onboarding.conftest import made

HOST = "merzig.vorschau.localhost"
OWN = "angebote.merzig.example"


def way(application):
    with inside_public():
        application.refresh_from_db()
        return way_of(application)


def step(application, key):
    return next(each for each in way(application).steps if each.key == key)


@pytest.fixture
def application(db):
    return made()


@pytest.fixture
def admin(application, visitor):
    """The invited person, who has used the link."""
    with inside(application.municipality):
        user = User.objects.get()
        user.set_password(PASSWORD)
        user.save()
    client = visitor("")
    client.defaults["HTTP_HOST"] = HOST
    assert client.post("/konto/anmelden/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def everything_else(application, monkeypatch):
    """All other rooms say that they are done: each has its own tests of when it does (tests/site/test_go_live.py)."""
    from core import go_live

    own = {"vertrag", "adresse"}
    done = [
        each if each.key in own else go_live.Check(each.key, each.order, each.label, each.why, each.url,
                                                   lambda: go_live.Found(True, "ja"), each.must, each.verb)
        for each in go_live._checks
    ]  # fmt: skip
    monkeypatch.setattr(go_live, "_checks", done)


def test_who_is_next_is_said_with_the_day_since_when(application):
    found = way(application)
    assert found.next.key == "anmeldung"
    assert found.next.who is Who.MUNICIPALITY
    assert re.fullmatch(
        r"Wartet seit \d+\. \w+ \d{4} auf die Kommune: Redaktion eingeladen und angemeldet", found.headline
    )
    assert [each.key for each in found.steps[:3]] == ["antrag", "annahme", "portal"]


def test_ticks_set_themselves_and_keep_their_day(application, admin):
    admin.get("/redaktion/einrichtung/")
    assert step(application, "anmeldung").done
    first = step(application, "anmeldung").at
    assert not step(application, "themen").done
    with inside(application.municipality):
        from portal.taxonomy.models import Category

        Category.objects.create(name="Ferien")
    page = admin.get("/redaktion/einrichtung/").content.decode()
    assert step(application, "themen").done
    assert step(application, "anmeldung").at == first
    assert "Wartet seit" in page
    assert f"{way(application).done} von {len(way(application).steps)}" in page


def test_the_rules_are_decided_by_a_button_or_by_a_change(application, admin):
    admin.get("/redaktion/einrichtung/")
    assert not step(application, "regeln").done
    assert admin.post("/redaktion/einrichtung/regeln/").status_code == 302
    admin.get("/redaktion/einrichtung/")
    assert step(application, "regeln").done


def test_both_sides_see_the_same_steps_and_the_operator_asks_no_schema(application, admin, signed_in):
    admin.get("/redaktion/einrichtung/")
    operator = signed_in(None, Role.OPERATOR)
    address = f"/betrieb/antraege/{application.pk}/"
    operator.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = operator.get(address).content.decode()
    assert not [each["sql"] for each in asked if "merzig" in each["sql"] and "search_path" in each["sql"]]
    there = admin.get("/redaktion/einrichtung/").content.decode()
    for each in way(application).steps:
        assert each.label in page
        assert each.label in there
    assert "Weg zum Start" in operator.get("/betrieb/kommunen/merzig/").content.decode()


@pytest.fixture
def contract(db):
    return [papers.publish(kind, f"# Papier {kind}\n\nText <b>roh</b>.", by="olga") for kind in ("avv", "tom")]


def test_papers_are_accepted_by_version_and_kept_as_pdf(application, admin, contract, signed_in):
    assert step(application, "papier-avv").done is False
    page = admin.get(f"/redaktion/vertrag/{contract[0].pk}/").content.decode()
    assert "Papier avv" in page
    assert "&lt;b&gt;roh" in page
    said = {"person": "Sabine Thul", "office": "Hauptamt"}
    assert admin.post(f"/redaktion/vertrag/{contract[0].pk}/", said).status_code == 400
    for _twice in range(2):
        assert admin.post(f"/redaktion/vertrag/{contract[0].pk}/", {**said, "accepted": "on"}).status_code in {200, 302}
    with inside_public():
        acceptance = Acceptance.objects.get()
    assert (acceptance.person, acceptance.office, acceptance.email) == (
        "Sabine Thul",
        "Hauptamt",
        "thul@merzig.example",
    )
    assert admin.get(f"/redaktion/vertrag/datei/{acceptance.pk}/").status_code == 404
    pdf.write_pdf(acceptance.pk)
    answer = admin.get(f"/redaktion/vertrag/datei/{acceptance.pk}/")
    assert answer.content.startswith(b"%PDF-")
    operator = signed_in(None, Role.OPERATOR)
    assert operator.get(f"/betrieb/antraege/papiere/{acceptance.pk}/").content == answer.content
    found = step(application, "papier-avv")
    assert found.done
    assert "Fassung 1 · Sabine Thul, Hauptamt" in found.said
    # Once made it stays as it is.
    pdf.write_pdf(acceptance.pk)
    with inside_public():
        assert bytes(Acceptance.objects.get().pdf) == answer.content


def test_a_new_version_is_to_be_accepted_anew_and_the_old_one_stays(application, admin, contract):
    papers.accept("merzig", contract[0].pk, person="S. Thul", office="Hauptamt", email="thul@merzig.example")
    assert papers.publish("avv", contract[0].text, by="olga").pk == contract[0].pk
    newer = papers.publish("avv", "# Neu", by="olga")
    assert newer.number == 2
    assert not step(application, "papier-avv").done
    assert [each.pk for each in papers.open_for(application.municipality_id)] == [newer.pk, contract[1].pk]
    assert admin.get(f"/redaktion/vertrag/{contract[0].pk}/").status_code == 404
    with pytest.raises(RefusedError, match="neuere Fassung"):
        papers.accept("merzig", contract[0].pk, person="S", office="H", email="x@x.example")
    assert "Früher angenommene Fassungen" in admin.get("/redaktion/vertrag/").content.decode()


def test_papers_of_one_municipality_are_nobody_elses(application, contract, ahausen, signed_in):
    kept = papers.accept("merzig", contract[0].pk, person="S", office="H", email="x@x.example")
    with inside_public():
        Acceptance.objects.update(pdf=b"%PDF-", sha256="x")
    assert signed_in(ahausen, Role.ADMIN).get(f"/redaktion/vertrag/datei/{kept.pk}/").status_code == 404
    assert signed_in(ahausen, Role.EDITOR).get("/redaktion/vertrag/").status_code == 404


def test_the_papers_outlive_the_municipality(own_database):
    application, contract = made(), [papers.publish("avv", "# Papier", by="olga")]
    assert not step(application, "papier-avv").done
    papers.accept("merzig", contract[0].pk, person="S", office="H", email="x@x.example")
    delete_municipality("merzig", confirm="merzig")
    with inside_public():
        assert Acceptance.objects.get().municipality is None
        assert Acceptance.objects.get().municipality_name == "Kreisstadt Merzig"
        assert not Application.objects.exists()
    # Whoever gets that short name next has accepted nothing.
    again = made(name="Merzig")
    assert not step(again, "papier-avv").done
    papers.accept("merzig", contract[0].pk, person="T", office="H", email="y@x.example")


def test_it_does_not_open_while_something_needed_is_missing(application, admin, contract):
    with pytest.raises(RefusedError, match="fehlen noch: Vertrag"):
        making.go_live("merzig", by="x")
    admin.post("/redaktion/einrichtung/oeffnen/")
    tasks.open_portal("merzig", "olga@platform.example")
    with inside_public():
        assert Municipality.objects.get(slug="merzig").state == State.DRAFT
        application.refresh_from_db()
    assert "fehlen noch" in application.error
    with pytest.raises(CommandError, match="fehlen noch"):
        call_command("setting_up", "merzig", open=True)


def test_with_everything_there_it_opens_at_its_own_address(application, admin, contract, monkeypatch, visitor, capsys):
    everything_else(application, monkeypatch)
    for paper in contract:
        papers.accept("merzig", paper.pk, person="S", office="H", email="x@x.example")
    with pytest.raises(RefusedError, match="Eines fehlt noch: Eigene Adresse"):
        making.go_live("merzig", by="x")
    domains.vouch("merzig", OWN, by="x")
    admin.get("/redaktion/einrichtung/")
    assert way(application).next.key == "start"
    # A draft answers at its preview alone, whatever else is verified.
    assert visitor("").get("/", HTTP_HOST=OWN).status_code == 404
    opened = admin.post("/redaktion/einrichtung/oeffnen/")
    # Browsers let no form lead to another host: the page stands at the old one and links to the new one.
    assert opened.status_code == 200
    assert f'href="http://{OWN}:8000/"' in opened.content.decode()
    # In its look, which is served at the old address too.
    assert admin.get("/theme/x.css")["Location"].startswith("/theme/")
    assert visitor("").get("/", HTTP_HOST=OWN).status_code == 200
    assert visitor("").get("/angebote/?q=1", HTTP_HOST=HOST)["Location"].endswith(f"//{OWN}:8000/angebote/?q=1")
    assert way(application).next is None
    with inside_public():
        assert Domain.objects.get(tenant=application.municipality, is_primary=True).domain == OWN
    call_command("setting_up", "merzig")
    assert "[x] Für alle geöffnet" in capsys.readouterr().out
    with pytest.raises(RefusedError, match="wird nicht eingerichtet"):
        making.go_live("merzig", by="x")


def test_a_reminder_goes_once_a_day_to_whom_it_waits_for(application, signed_in):
    operator = signed_in(None, Role.OPERATOR)
    for _twice in range(2):
        operator.post(f"/betrieb/antraege/{application.pk}/erinnern/")
    with inside_public():
        (mail,) = OutboxMessage.objects.filter(kind="onboarding_reminder")
    assert "Wartet seit" in mail.body
    assert f"http://{HOST}" in mail.body
    with pytest.raises(RefusedError, match="heute schon"):
        reminding.remind(application.pk, by="x")


def test_the_job_of_every_ten_minutes_looks_at_those_under_way(application, admin):
    tasks.look_around(0)
    tasks.look("merzig")
    with inside_public():
        application.refresh_from_db()
    assert application.looked_at is not None
    assert {each["key"] for each in application.checklist} >= {
        "anmeldung",
        "vertrag",
        "adresse",
        "impressum",
        "freigabe",
    }
    assert looking.note(Municipality(pk=0, slug="ahausen", schema_name="ahausen")) is None


def test_portals_that_were_there_before_are_asked_for_nothing_new(ahausen, contract, signed_in):
    with inside(ahausen):
        assert {"vertrag", "adresse", "freigabe"}.isdisjoint(each.check.key for each in look())
    page = signed_in(ahausen, Role.EDITOR).get("/redaktion/einrichtung/").content.decode()
    assert "nicht aus einem Antrag entstanden" in page
    with inside_public():
        assert not Application.objects.exists()
