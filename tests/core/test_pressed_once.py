"""What is sent twice is done once: the kind of it, in front of every form of who has signed in."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.test import override_settings
from django.urls import path

from accounts.models import User
from config import urls_tenant
from core.access import Role, allow
from tenants.running.context import inside
from tests.conftest import PASSWORD, municipality
from tests.forms import forms_of

AT = "/konto/zweimal/"
FORM = '<form method="post">{% csrf_token %}<input name="name"><input name="bild" type="file"></form>'
made = []
entered = threading.Event()
go_on = threading.Event()


@allow(Role.SIGNED_IN)
def page(request):
    """Makes one more of whatever is named, where the name is not wrong; “langsam” takes until it is told."""
    if request.method == "GET":
        return HttpResponse(engines["django"].from_string(FORM).render({}, request))
    name = request.POST["name"]
    if name == "langsam":
        entered.set()
        assert go_on.wait(20)
    made.append(name)
    if name == "falsch":
        return HttpResponse("So nicht.")
    if name == "kaputt":
        raise ValueError
    return HttpResponseRedirect(f"/konto/gemacht/{len(made)}/")


urlpatterns = [path(AT.removeprefix("/"), page), *urls_tenant.urlpatterns]
handler404, handler500 = urls_tenant.handler404, urls_tenant.handler500


@pytest.fixture(autouse=True)
def _pages():
    made.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


def sign_in(client, email):
    assert client.post("/konto/anmelden/", {"login": email, "password": PASSWORD}).status_code == 302
    client.raise_request_exception = False
    return client


@pytest.fixture
def browser(visitor, person, ahausen):
    return sign_in(visitor("ahausen"), person(ahausen, email="v@verein.example").email)


def form(client, address=AT):
    """What the page sends where nothing is filled in."""
    found = next(each for each in forms_of(client.get(address).content.decode(), address) if "name" in each.fields)
    return {name: values[0] for name, values in found.fields.items()}


def test_the_same_page_sent_twice_leads_to_what_was_made_first(browser):
    given = {**form(browser), "name": "Fest"}
    assert [browser.post(AT, given).url for _press in range(3)] == ["/konto/gemacht/1/"] * 3
    assert made == ["Fest"]
    # Somebody who wants a second one begins anew, or writes something else.
    assert browser.post(AT, {**form(browser), "name": "Fest"}).url == "/konto/gemacht/2/"
    assert browser.post(AT, {**given, "name": "Markt"}).url == "/konto/gemacht/3/"


def test_what_was_not_taken_may_be_sent_as_often_as_one_likes(browser):
    for name in ("falsch", "kaputt"):
        given = {**form(browser), "name": name}
        assert [browser.post(AT, given).status_code for _press in range(2)] == [
            {"falsch": 200, "kaputt": 500}[name]
        ] * 2
    assert made == ["falsch", "falsch", "kaputt", "kaputt"]


def test_an_older_page_gone_back_to_does_what_it_says(browser):
    first, second = ({**form(browser), "name": name} for name in ("an", "aus"))
    for given in (first, second, first):
        browser.post(AT, given)
    assert made == ["an", "aus", "an"]


def test_a_page_saved_by_a_script_in_between_counts_as_something_done(browser):
    first, second = ({**form(browser), "name": name} for name in ("an", "aus"))
    browser.post(AT, first)
    for _time in range(2):
        browser.post(AT, second, headers={"HX-Request": "true"})
    browser.post(AT, first)
    assert made == ["an", "aus", "aus", "an"]


def test_another_picture_is_another_form(browser):
    given = {**form(browser), "name": "Bild"}
    for content in (b"eins", b"eins", b"zwei"):
        browser.post(AT, {**given, "bild": SimpleUploadedFile("foto.jpg", content)})
    assert made == ["Bild", "Bild"]


def test_another_session_is_another_person(browser, visitor, person, ahausen):
    given = {**form(browser), "name": "Fest"}
    browser.post(AT, given)
    other = sign_in(visitor("ahausen"), person(ahausen, email="w@verein.example").email)
    other.post(AT, given)
    assert made == ["Fest", "Fest"]


def test_without_the_token_of_a_page_nothing_is_compared(browser):
    for _press in range(2):
        browser.post(AT, {"name": "Programm"})
    assert made == ["Programm", "Programm"]


def test_a_tap_more_while_the_first_is_on_its_way_waits_for_it(own_database, visitor, monkeypatch):
    entered.clear()
    go_on.clear()
    # The first goes on once the second waits.
    monkeypatch.setattr("core.pressed_once.sleep", lambda _seconds: go_on.set())
    with inside(municipality("ahausen")):
        User.objects.create_user("neu@club.example", PASSWORD)
    client = sign_in(visitor("ahausen"), "neu@club.example")
    given = {**form(client), "name": "langsam"}

    def tap():
        try:
            again = visitor("ahausen")
            again.cookies = client.cookies
            return again.post(AT, given).url
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(tap)
        assert entered.wait(20)
        second = pool.submit(tap)
        assert {first.result(), second.result()} == {"/konto/gemacht/1/"}
    assert made == ["langsam"]
