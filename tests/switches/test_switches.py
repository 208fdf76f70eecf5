"""Switches: what the operator turns holds at the next request, for whom it was turned and nobody else."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from core.access import Role
from portal.drafting.ways import ways
from switches import services
from switches.asking import is_on
from switches.models import Setting
from switches.services import OFF, ON, UNSET, Whom
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public
from tests.conftest import municipality

EMBED, BUILD = "/embed/suche/", "/redaktion/einbetten/"


@pytest.fixture
def operator(ahausen, signed_in):
    return signed_in(None, Role.OPERATOR)


def test_a_part_that_is_off_is_not_there_and_nothing_leads_to_it(ahausen, bedorf, signed_in, visitor):
    editor = signed_in(ahausen, Role.EDITOR)
    assert editor.get(BUILD).status_code == 200
    assert BUILD in editor.get("/redaktion/").content.decode()
    services.turn("embedding", Whom(slug="ahausen"), OFF, by="olga")
    assert editor.get(BUILD).status_code == 404
    assert BUILD not in editor.get("/redaktion/").content.decode()
    assert visitor("ahausen").get(EMBED).status_code == 404
    # Not even whoever is to sign in learns that there is something.
    assert visitor("ahausen").get(BUILD).status_code == 404
    assert visitor("bedorf").get(EMBED).status_code == 200
    services.turn("drafting", Whom(), OFF, by="olga")
    with inside(ahausen):
        assert ways() == []


def test_the_narrower_holds(ahausen, bedorf):
    Municipality.objects.filter(pk=ahausen.pk).update(wave="canary")
    Municipality.objects.filter(pk=bedorf.pk).update(wave="rest")

    def where():
        found = []
        for town in (ahausen, bedorf):
            with inside(town):
                found.append(is_on("embedding"))
        return found

    assert where() == [True, True]
    services.turn("embedding", Whom(), OFF, by="olga")
    assert where() == [False, False]
    services.turn("embedding", Whom(wave="canary"), ON, by="olga")
    assert where() == [True, False]
    services.turn("embedding", Whom(slug="ahausen"), OFF, by="olga")
    services.turn("embedding", Whom(slug="bedorf"), ON, by="olga")
    assert where() == [False, True]
    services.turn("embedding", Whom(slug="ahausen"), UNSET, by="olga")
    assert where() == [True, True]


def test_every_turn_is_in_the_log_once_and_nonsense_is_refused(ahausen):
    with inside_public():
        before = Entry.objects.count()
    assert services.turn("embedding", Whom(slug="ahausen"), OFF, by="olga") is True
    assert services.turn("embedding", Whom(slug="ahausen"), OFF, by="olga") is False
    with inside_public():
        (entry,) = Entry.objects.order_by("pk")[before:]
    assert (entry.action, entry.actor, entry.changes["switch"]) == ("switches.turned", "olga", ["unset", "off"])
    assert entry.changes["municipality"] == ahausen.name
    for name, whom in (
        ("gibt-es-nicht", Whom()),
        ("embedding", Whom(slug="nirgends")),
        ("embedding", Whom(wave="nie")),
        ("embedding", Whom(slug="ahausen", wave="rest")),
    ):
        with pytest.raises(RefusedError):
            services.turn(name, whom, ON, by="olga")
    with inside(ahausen), pytest.raises(LookupError):
        is_on("gibt-es-nicht")


def test_the_pages_turn_and_show_what_is_left_over(operator, ahausen):
    page = operator.get("/betrieb/schalter/").content.decode()
    assert "Teile für andere Websites" in page
    assert "2 von 2" in page
    answer = operator.post("/betrieb/schalter/embedding/", {"whom": "kommune:ahausen", "wanted": OFF})
    assert answer.status_code == 302
    page = operator.get("/betrieb/schalter/embedding/").content.decode()
    assert "An in 1 von 2 Kommunen" in page
    assert "für sie umgelegt" in page
    health = operator.get("/betrieb/kommunen/ahausen/").content.decode()
    assert "Teile für andere Websites</a>: aus" in health
    assert operator.post("/betrieb/schalter/embedding/", {"whom": "kommune:nie", "wanted": OFF}).status_code == 400
    assert operator.get("/betrieb/schalter/alt/").status_code == 404
    with inside_public():
        Setting.objects.create(name="alt", is_on=True, turned_by="olga")
    assert "Nach diesen fragt niemand mehr" in operator.get("/betrieb/schalter/").content.decode()
    operator.post("/betrieb/schalter/embedding/entfernen/")
    operator.post("/betrieb/schalter/alt/entfernen/")
    with inside_public():
        assert list(Setting.objects.values_list("name", flat=True)) == ["embedding"]


def test_the_command_turns_for_several_or_all_and_lists(ahausen, bedorf, capsys):
    call_command("switches", "embedding", "--off", "--municipality", "ahausen", "bedorf")
    call_command("switches")
    assert "embedding            an in 0 von 2" in capsys.readouterr().out
    with pytest.raises(CommandError, match="keinen Schalter"):
        call_command("switches", "nie", "--on")
    with pytest.raises(CommandError, match="wird noch gefragt"):
        call_command("switches", "embedding", "--forget")


def test_it_is_asked_from_memory_and_heard_at_once_also_by_kept_pages(own_database):
    town = municipality("ahausen")
    visitor = Client(HTTP_HOST="ahausen.localhost")
    assert visitor.get(EMBED).status_code == 200
    with inside(town):
        assert is_on("embedding") is True
        with CaptureQueriesContext(connection) as asked:
            assert [is_on("embedding") for _time in range(3)] == [True] * 3
        assert len(asked) == 0
    services.turn("embedding", Whom(wave=town.wave), OFF, by="olga")
    with inside(town):
        assert is_on("embedding") is False
    assert visitor.get(EMBED).status_code == 404
    with inside_public():
        Municipality.objects.filter(pk=town.pk).update(wave="anders")
    with inside(town):
        assert is_on("embedding") is True
    assert visitor.get(EMBED).status_code == 200
