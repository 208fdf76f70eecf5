"""A municipality's life: suspended and back, archived, deleted; nothing half-way can be reached."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from audit.models import Entry
from core.access import Role
from mail.tasks import deliver_later
from tenants.lifecycle.making import create_municipality
from tenants.lifecycle.operator_visits import COOKIE, link_to
from tenants.lifecycle.states import delete_municipality
from tenants.models import TRANSITIONS, Domain, Municipality, Removal, State
from tenants.refused import RefusedError
from tenants.registry import schema_exists
from tenants.running.context import inside, inside_public
from tenants.running.storage import files
from tests.children import environment, wait_for_the_dead
from tests.conftest import municipality
from tests.tenants.town import furnish, rows_of
from theming.models import Theme


@pytest.fixture
def suspended(own_database):
    call_command("suspend_municipality", "ahausen", reason="Umbau bis Montag, 8 Uhr")


@pytest.mark.both_stores
def test_every_path_of_a_suspended_one_says_why_in_its_look_and_sets_no_cookie(suspended, visitor):
    with inside(municipality("ahausen")):
        logo = default_storage.save("theme/logo.svg", ContentFile(b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
        Theme.objects.filter(pk=1).update(logo=logo, logo_width=10, logo_height=10, portal_name="Ahausen entdecken")
        picture = default_storage.save("offerimage/x.svg", ContentFile(b"<svg/>"))
    client = visitor("ahausen")
    for path in ("/", "/angebote/", "/konto/anmelden/", "/gibt/es/nicht/", "/impressum/"):
        answer = client.get(path)
        text = answer.content.decode()
        assert answer.status_code == 503
        assert answer["Retry-After"] == "3600"
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
        assert "Umbau bis Montag" in text
        assert "Ahausen entdecken" in text
        assert answer["Content-Language"] == "de"
    for path in ("/robots.txt", "/sitemap.xml", "/angebote/1-x/termine.ics"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/plain; charset=utf-8")
        assert answer.content.decode() == "Umbau bis Montag, 8 Uhr"
    assert client.post("/konto/anmelden/", {}).status_code == 503
    assert b"".join(client.get(f"/media/{logo}")).startswith(b"<svg")
    assert client.get(f"/media/{picture}").status_code == 503
    sheet = text.split('href="/theme/')[1].split('"')[0]
    assert client.get(f"/theme/{sheet}").status_code == 200
    assert client.get("/healthz").status_code == 200
    english = client.get("/?sprache=en")
    assert 'lang="en"' in english.content.decode()
    assert "Not available for the moment" in english.content.decode()
    assert visitor("bedorf").get("/").status_code == 200
    call_command("resume_municipality", "ahausen")
    assert client.get("/").status_code == 200


def test_somebody_with_a_session_sees_the_same(own_database, signed_in):
    client = signed_in(municipality("ahausen"), Role.EDITOR)
    call_command("suspend_municipality", "ahausen", reason="Umbau")
    answer = client.get("/redaktion/")
    assert answer.status_code == 503
    assert "Umbau" in answer.content.decode()


def test_an_operator_looks_by_a_link_for_this_host_and_an_hour(suspended, visitor):
    link = link_to("ahausen", by="betrieb@platform.example")
    with inside_public():
        assert Entry.objects.latest("id").actor == "betrieb@platform.example"
    client = visitor("ahausen")
    answer = client.get(link.removeprefix("http://ahausen.localhost:8000"))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert answer.cookies[COOKIE]["httponly"]
    seen = client.get("/angebote/")
    assert seen.status_code == 200
    assert "no-store" in seen["Cache-Control"]
    assert visitor("ahausen").get("/angebote/").status_code == 503
    # Not next door, not forged, not with the link's key for a cookie, not for ever.
    call_command("suspend_municipality", "bedorf", reason="auch")
    other = Client(HTTP_HOST="bedorf.localhost")
    other.cookies[COOKIE] = client.cookies[COOKIE].value
    assert other.get("/").status_code == 503
    assert not other.get(link.partition("8000")[2]).cookies
    for forged in ("ahausen", "ahausen:1:x", link.partition("ansehen=")[2]):
        stranger = visitor("ahausen")
        stranger.cookies[COOKIE] = forged
        assert stranger.get("/").status_code == 503
    with pytest.raises(RefusedError, match="Zedorf"):
        create_municipality("zedorf", name="Zedorf", host="zedorf.localhost")
        link_to("zedorf", by="x")


def test_the_operator_s_console_leads_there(suspended, signed_in, visitor):
    client = signed_in(None, Role.OPERATOR)
    offered = {
        slug: client.get(f"/betrieb/kommunen/{slug}/").content.decode().count("/ansehen/")
        for slug in ("ahausen", "bedorf")
    }
    assert offered == {"ahausen": 1, "bedorf": 0}
    answer = client.get("/betrieb/kommunen/ahausen/ansehen/")
    assert answer.status_code == 302
    arrived = visitor("ahausen")
    arrived.get(answer["Location"].partition("8000")[2])
    assert arrived.get("/").status_code == 200
    for slug in ("bedorf", "nirgends"):
        assert client.get(f"/betrieb/kommunen/{slug}/ansehen/").status_code == 404
    with inside_public():
        assert Entry.objects.filter(action="look").count() == 1


def test_the_link_is_good_for_minutes_and_the_cookie_for_an_hour(suspended, visitor):
    path = link_to("ahausen", by="x").partition("8000")[2]
    client = visitor("ahausen")
    client.get(path)
    with time_machine.travel("2999-01-01", tick=False):
        assert client.get("/").status_code == 503
        assert not visitor("ahausen").get(path).cookies


def test_only_the_steps_of_the_table_are_possible_and_each_is_noted(own_database, visitor):
    steps = {
        State.SUSPENDED: lambda: call_command("suspend_municipality", "ahausen", reason="Umbau"),
        State.LIVE: lambda: call_command("resume_municipality", "ahausen"),
        State.ARCHIVED: lambda: call_command("archive_municipality", "ahausen"),
    }
    reached = {State.LIVE: 200, State.SUSPENDED: 503, State.ARCHIVED: 404, State.DRAFT: 404}
    for before in State:
        for to, step in steps.items():
            with inside_public():
                Municipality.objects.filter(slug="ahausen").update(state=before, state_reason="")
                entries = Entry.objects.count()
            if to in TRANSITIONS[before]:
                step()
            else:
                with pytest.raises(CommandError, match="Stadt Ahausen"):
                    step()
            here = municipality("ahausen").state
            assert here == (to if to in TRANSITIONS[before] else before)
            assert visitor("ahausen").get("/").status_code == reached[State(here)]
            with inside_public():
                assert Entry.objects.count() == entries + (to in TRANSITIONS[before])
    for reason in ("", "  ", "x" * 501, "a\nb"):
        with pytest.raises(CommandError, match="--reason"):
            call_command("suspend_municipality", "bedorf", reason=reason)
    with pytest.raises(CommandError, match="nirgends"):
        call_command("suspend_municipality", "nirgends", reason="x")


@pytest.mark.both_stores
def test_deleted_is_gone_everywhere_but_on_record(own_database, settings, tmp_path, visitor):
    settings.EXPORT_DIR = tmp_path / "exports"
    furnish(municipality("ahausen"))
    before = rows_of("bedorf")
    with inside(municipality("ahausen")):
        deliver_later.defer(message_id=1)
    with inside(municipality("bedorf")):
        deliver_later.defer(message_id=2)
    tiles = Path(settings.TILE_CACHE) / "ahausen" / "1"
    tiles.mkdir(parents=True)
    for confirm in ("", "bedorf", "AHAUSEN"):
        with pytest.raises(CommandError, match="--confirm ahausen"):
            call_command("delete_municipality", "ahausen", confirm=confirm)
    assert municipality("ahausen").state == State.LIVE
    call_command("delete_municipality", "ahausen", confirm="ahausen")
    assert visitor("ahausen").get("/").status_code == 404
    assert not schema_exists("ahausen")
    assert list(files().walk("ahausen")) == []
    assert not tiles.parent.exists()
    assert rows_of("bedorf") == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'schema_name' FROM procrastinate_jobs WHERE args ? 'schema_name'")
        assert {schema for (schema,) in cursor.fetchall()} == {"bedorf"}
    with inside_public():
        removal = Removal.objects.get()
        assert not Domain.objects.filter(domain="ahausen.localhost").exists()
        assert list(Entry.objects.order_by("-id").values_list("action", flat=True)[:2]) == ["delete", "archive"]
    assert (removal.name, removal.domains, removal.state) == ("Stadt Ahausen", ["ahausen.localhost"], "live")
    assert Path(removal.export).stat().st_size == removal.export_bytes
    # The short name is free again, and nothing of the old one is in the new one.
    create_municipality("ahausen", name="Ahausen neu", host="ahausen.localhost")
    assert visitor("ahausen").get("/").status_code == 200
    with pytest.raises(RefusedError, match="weg"):
        delete_municipality("weg", confirm="weg")


@pytest.mark.both_stores
def test_a_deletion_whose_export_fails_changes_nothing(own_database, settings, tmp_path, visitor):
    (tmp_path / "exports").write_text("no folder")
    settings.EXPORT_DIR = tmp_path / "exports"
    with pytest.raises(CommandError, match="exports"):
        call_command("delete_municipality", "ahausen", confirm="ahausen")
    assert visitor("ahausen").get("/").status_code == 200
    assert schema_exists("ahausen")


_DIE_AT = {
    "after the export": "from tenants.lifecycle import states as at\nname = 'write_export'",
    "before the commit": "from tenants.lifecycle import states as at\nname = '_put_on_record'",
    "before the files": "from tenants.lifecycle import states as at\nname = '_remove'",
}


@pytest.mark.both_stores
def test_a_deletion_killed_anywhere_is_reachable_nowhere_and_goes_on(own_database, settings, tmp_path, visitor):
    settings.EXPORT_DIR = tmp_path / "exports"
    furnish(municipality("ahausen"))
    for moment in _DIE_AT.values():
        code = (
            f"import django; django.setup()\n{moment}\n"
            "import os, signal\n"
            "plain = getattr(at, name)\n"
            "def die(*a, **k): plain(*a, **k); os.kill(os.getpid(), signal.SIGKILL)\n"
            "setattr(at, name, die)\n"
            "at.delete_municipality('ahausen', confirm='ahausen')\n"
        )
        variables = environment(DATA_DIR=str(Path(settings.MEDIA_ROOT).parent), EXPORT_DIR=str(settings.EXPORT_DIR))
        done = subprocess.run([sys.executable, "-c", code], env=variables, check=False)
        assert done.returncode == -signal.SIGKILL
        wait_for_the_dead()
        assert visitor("ahausen").get("/").status_code == 404
    assert list(files().walk("ahausen")) != []
    call_command("delete_municipality", "ahausen", confirm="ahausen")
    assert list(files().walk("ahausen")) == []
    assert not schema_exists("ahausen")
    with inside_public():
        assert Removal.objects.get().files_gone_at is not None
    assert len(list(settings.EXPORT_DIR.glob("*.zip"))) >= 1


def test_the_list_shows_every_state(suspended, capsys):
    call_command("list_municipalities", "--json")
    rows = json.loads(capsys.readouterr().out.partition("[")[2].join(["[", ""]))
    assert {row["slug"]: row["state"] for row in rows} == {"ahausen": "suspended", "bedorf": "live"}
    assert django_settings.EXPORT_DIR.is_absolute()
