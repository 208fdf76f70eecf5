"""Where somebody is signed in, and how that ends."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.devices import device_of
from core.access import Role
from tenants.running.context import inside
from tests.conftest import PASSWORD

PAGE = "/konto/sicherheit/sitzungen/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def device(email, agent, address="192.0.2.77", slug="ahausen"):
    client = Client(HTTP_HOST=f"{slug}.localhost", headers={"user-agent": agent}, REMOTE_ADDR=address)
    assert client.post("/konto/anmelden/", {"login": email, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def two(ahausen, person):
    """The same person at a computer and on a telephone."""
    email = person(ahausen, Role.PLANNER).email
    return device(email, FIREFOX), device(email, IPHONE, "2001:db8:1:2::9")


def test_the_list_shows_devices_in_words_and_networks_only(two):
    page = two[0].get(PAGE).content.decode()
    assert re.findall(r"(\w+ unter \w+)", page) == ["Safari unter iPhone", "Firefox unter Linux"]
    assert page.count("dieses Gerät") == 1
    assert "192.0.2.0" in page
    assert "192.0.2.77" not in page
    assert "2001:db8:1::" in page


def test_one_session_is_ended_and_only_that(ahausen, two):
    computer, telephone = two
    with inside(ahausen):
        other = UserSession.objects.get(user_agent=IPHONE).pk
    assert computer.post(PAGE, {"sitzung": other}).url == PAGE
    assert computer.get("/konto/").status_code == 200
    assert telephone.get("/konto/").status_code == 302


def test_all_others_are_ended_at_once_twice_is_harmless(two):
    computer, telephone = two
    for _turn in range(2):
        computer.post(PAGE, {"sitzung": "alle"})
    assert computer.get("/konto/").status_code == 200
    assert telephone.get("/konto/").status_code == 302


@pytest.mark.parametrize("wrong", ["", "0", "-1", "x", "99999999999999999999"])
def test_nonsense_ends_nothing(two, wrong):
    two[0].post(PAGE, {"sitzung": wrong})
    assert two[1].get("/konto/").status_code == 200


def test_a_session_of_somebody_else_is_nobodys_business(ahausen, two, person):
    with inside(ahausen):
        theirs = UserSession.objects.first().pk
    stranger = device(person(ahausen, Role.EDITOR).email, FIREFOX)
    stranger.post(PAGE, {"sitzung": theirs})
    assert [client.get("/konto/").status_code for client in two] == [200, 200]


def test_a_new_password_ends_the_others(two):
    new = "ein-ganz-neues-passwort-27"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert two[0].post("/konto/sicherheit/", typed).status_code == 302
    assert [client.get("/konto/").status_code for client in two] == [200, 302]
    assert two[0].get(PAGE).content.decode().count("devices__item") == 1


def test_signing_out_takes_the_session_off_the_list(two):
    two[1].post("/konto/abmelden/")
    assert two[0].get(PAGE).content.decode().count("devices__item") == 1


def test_many_sessions_take_no_more_questions(ahausen, two, django_assert_num_queries):
    two[0].get(PAGE)
    with CaptureQueriesContext(connection) as few:
        two[0].get(PAGE)
    number = len(few)
    with inside(ahausen):
        email = UserSession.objects.first().user.email
    for _turn in range(8):
        device(email, IPHONE)
    with django_assert_num_queries(number):
        assert two[0].get(PAGE).content.decode().count("devices__item") == 10


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0", "Edge unter Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140 Mobile Safari/537", "Chrome unter Android"),
        ("curl/8", "Unbekanntes Gerät"),
        ("", "Unbekanntes Gerät"),
    ],
)
def test_a_device_is_named_as_far_as_it_can_be_told(agent, words):
    with translation.override("de"):
        assert device_of(agent) == words
