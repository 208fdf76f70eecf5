"""Feeds: by an address that is a key."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from core.access import Role
from tenants.running.context import inside, inside_public
from tests.tracker.channels.conftest import MINE, THEIRS
from tests.tracker.people import OPERATOR, editor_of
from tracker.channels import feeds
from tracker.forum.services import talking
from tracker.tickets import services

ATOM = "{http://www.w3.org/2005/Atom}"


def token(where, user):
    with inside(where) if where else inside_public():
        return feeds.token_of(user)


def path(where, user, name="alle"):
    start = "plattform" if where else "betrieb"
    return f"/{start}/feeds/{token(where, user)}/{name}.xml"


def entries(answer):
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")


def test_a_program_reads_what_happens_without_signing_in(ahausen, two_towns, person, visitor):
    editor = person(ahausen, Role.EDITOR)
    answer = visitor("ahausen").get(path(ahausen, editor))
    found = entries(answer)
    titles = " ".join(each.findtext(f"{ATOM}title") for each in found)
    assert MINE in titles
    assert THEIRS in titles
    assert "no-store" in answer["Cache-Control"]
    ids = [each.findtext(f"{ATOM}id") for each in found]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("http://ahausen.localhost") for each in ids)
    again = visitor("ahausen").get(path(ahausen, editor))
    assert answer.content == again.content


def test_no_feed_holds_an_internal_note_or_a_person(ahausen, bedorf, two_towns, person, visitor):
    towns = (("ahausen", ahausen, Role.EDITOR), ("bedorf", bedorf, Role.PLANNER), ("", None, Role.OPERATOR))
    for slug, where, role in towns:
        user = person(where, role)
        for name in feeds.NAMES:
            answer = visitor(slug).get(path(where, user, name))
            if where is None and name in feeds.OF_TOWNS:
                assert answer.status_code == 404
                continue
            text = answer.content.decode()
            assert "intern" not in text, (slug, name)
            assert "-Browser" not in text
            assert user.email not in text


def test_ours_are_ours_and_followed_are_followed(ahausen, two_towns, person, visitor):
    _mine, _theirs, _ours, others = two_towns
    editor = person(ahausen, Role.EDITOR)
    own = visitor("ahausen").get(path(ahausen, editor, "unsere")).content.decode()
    assert f"{MINE} Wunsch" in own
    assert f"{THEIRS} Wunsch" not in own
    assert entries(visitor("ahausen").get(path(ahausen, editor, "verfolgt"))) == []
    services.watch(others, by=editor_of(ahausen, person=editor.pk))
    assert f"{THEIRS} Wunsch" in visitor("ahausen").get(path(ahausen, editor, "verfolgt")).content.decode()


def test_the_exchange_has_a_feed(ahausen, bedorf, person, visitor):
    topic = talking.open_topic("Wie gewinnen Sie Anbieter?", "<b>Fett</b> & mehr", by=editor_of(bedorf))
    talking.answer(topic, "Hingehen.", by=OPERATOR)
    found = entries(visitor("ahausen").get(path(ahausen, person(ahausen, Role.EDITOR), "austausch")))
    assert [each.findtext(f"{ATOM}author/{ATOM}name") for each in found] == [
        "Betrieb der Plattform",
        editor_of(bedorf).participant.shown_name,
    ]
    assert "&lt;b&gt;Fett&lt;/b&gt; &amp; mehr" in found[1].findtext(f"{ATOM}summary")


@pytest.mark.parametrize("name", ["alle", "austausch"])
def test_an_empty_feed_is_one_too(ahausen, person, visitor, name):
    answer = visitor("ahausen").get(path(ahausen, person(ahausen, Role.EDITOR), name))
    assert ET.fromstring(answer.content).findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"


def test_an_address_is_worth_nothing_next_door(ahausen, bedorf, two_towns, person, visitor):
    user, twin = person(ahausen, Role.EDITOR), person(bedorf, Role.EDITOR)
    assert visitor("bedorf").get(path(ahausen, user)).status_code == 404
    assert visitor("").get(path(ahausen, user).replace("plattform", "betrieb")).status_code == 404
    assert visitor("bedorf").get(path(bedorf, twin)).status_code == 200


def test_forged_addresses_lead_nowhere(ahausen, person, visitor):
    good = token(ahausen, person(ahausen, Role.EDITOR))
    for bad in (good[:-1] + ("a" if good[-1] != "a" else "b"), "x", good.replace(":", "", 1), "a:b:c", good + "x"):
        assert visitor("ahausen").get(f"/plattform/feeds/{bad}/alle.xml").status_code == 404
    assert visitor("ahausen").get(f"/plattform/feeds/{good}/geheim.xml").status_code == 404


@pytest.mark.parametrize("change", ["password", "inactive", "roles", "gone"])
def test_whoever_may_no_more_reads_no_more(ahausen, person, visitor, change):
    editor = person(ahausen, Role.EDITOR)
    address = path(ahausen, editor)
    assert visitor("ahausen").get(address).status_code == 200
    with inside(ahausen):
        if change == "password":
            editor.set_password("ein-anderes-passwort-2026")
        elif change == "inactive":
            editor.is_active = False
        elif change == "roles":
            editor.roles = []
        if change == "gone":
            editor.delete()
        else:
            editor.save()
    assert visitor("ahausen").get(address).status_code == 404


def test_a_provider_has_no_feed(ahausen, person, visitor):
    assert visitor("ahausen").get(path(ahausen, person(ahausen, Role.PROVIDER))).status_code == 404


def test_the_page_lists_addresses_that_work(ahausen, two_towns, signed_in):
    page = signed_in(ahausen, Role.EDITOR).get("/plattform/export/").content.decode()
    found = re.findall(r'href="http://ahausen\.localhost(?::\d+)?(/plattform/feeds/[^"]+)"', page)
    assert len(found) == len(feeds.NAMES)
    for address in found:
        assert Client(HTTP_HOST="ahausen.localhost").get(address).status_code == 200
