"""What somebody typed outlives their session: for an hour, for them, in this browser, and never carried out."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from accounts.models import User
from config import urls_tenant
from core.access import Role, allow
from core.typed import MARK, keeps_typed, typed_before
from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.conftest import PASSWORD

FORM = '{% load typed %}<form method="post">{% keeps_typed %}<textarea name="text">{{ typed.text }}</textarea></form>'
saved = []


@keeps_typed
@allow(Role.SIGNED_IN)
def page(request):
    if request.method == "POST":
        saved.append(request.POST["text"])
        return HttpResponse("gespeichert")
    typed = typed_before(request)
    return HttpResponse(engines["django"].from_string(FORM).render({"typed": typed or {"text": ""}}, request))


@allow(Role.SIGNED_IN)
def other(request):
    return HttpResponse(repr(typed_before(request)))


urlpatterns = [path("konto/probe/", page), path("konto/anders/", other), *urls_tenant.urlpatterns]
handler404, handler500 = urls_tenant.handler404, urls_tenant.handler500
ADDRESS = "/konto/probe/?x=1"


@pytest.fixture(autouse=True)
def _pages():
    saved.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield


def sign_in(client, email):
    return client.post(f"/konto/anmelden/?next={ADDRESS}", {"login": email, "password": PASSWORD, "next": ADDRESS})


@pytest.fixture
def eva(ahausen, person):
    return person(ahausen, Role.EDITOR, email="eva@ahausen.example").email


@pytest.fixture
def browser(ahausen, eva, visitor):
    client = visitor("ahausen")
    sign_in(client, eva)
    return client


def typed_form(client, text="Ein langer Text"):
    """The form as it was filled in, with its mark."""
    html = client.get(ADDRESS).content.decode()
    mark = html.split(f'name="{MARK}" value="')[1].split('"')[0]
    return {MARK: mark, "text": text}


def end_session(where):
    with inside(where):
        Session.objects.all().delete()


def test_after_signing_in_again_the_form_is_as_it_was_typed_and_nothing_was_done(ahausen, browser, eva):
    form = typed_form(browser, "Zeile 1\r\nZeile 2 <b>ä</b>")
    end_session(ahausen)
    answer = browser.post(ADDRESS, form)
    assert answer.url.startswith("/konto/anmelden/?next=/konto/probe/")
    assert saved == []
    assert sign_in(browser, eva).url == ADDRESS
    assert "Zeile 2 &lt;b&gt;ä&lt;/b&gt;" in browser.get(ADDRESS).content.decode()
    assert saved == []
    assert browser.post(ADDRESS, typed_form(browser, "fertig")).content == b"gespeichert"
    assert saved == ["fertig"]
    assert "Zeile" not in browser.get(ADDRESS).content.decode()


def test_somebody_else_at_the_same_browser_sees_nothing_of_it(ahausen, browser, person):
    form = typed_form(browser)
    end_session(ahausen)
    browser.post(ADDRESS, form)
    sign_in(browser, person(ahausen, Role.ADMIN, email="otto@ahausen.example").email)
    assert "langer Text" not in browser.get(ADDRESS).content.decode()


def test_another_browser_sees_nothing_of_it(ahausen, browser, eva, visitor):
    form = typed_form(browser)
    end_session(ahausen)
    browser.post(ADDRESS, form)
    elsewhere = visitor("ahausen")
    sign_in(elsewhere, eva)
    assert "langer Text" not in elsewhere.get(ADDRESS).content.decode()


def test_after_an_hour_it_is_gone(ahausen, browser, eva):
    form = typed_form(browser)
    end_session(ahausen)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser.post(ADDRESS, form)
        clock.shift(timedelta(minutes=61))
        sign_in(browser, eva)
        assert "langer Text" not in browser.get(ADDRESS).content.decode()


def test_it_lies_encrypted(ahausen, browser):
    form = typed_form(browser)
    end_session(ahausen)
    browser.post(ADDRESS, form)
    with inside(ahausen):
        kept = Session.objects.get().get_decoded()
    assert "typed" in kept
    assert "langer" not in repr(kept)


@pytest.mark.parametrize("mark", ["", "1", "MQ:x:y", None])
def test_a_form_that_does_not_say_whose_it_is_is_not_kept(ahausen, browser, mark):
    end_session(ahausen)
    browser.post(ADDRESS, {"text": "x", **({} if mark is None else {MARK: mark})})
    with inside(ahausen):
        assert not Session.objects.exists()


def test_what_is_huge_is_not_kept(ahausen, browser):
    form = typed_form(browser, "x" * 1_100_000)
    end_session(ahausen)
    browser.post(ADDRESS, form)
    with inside(ahausen):
        assert not Session.objects.exists()


def test_views_that_did_not_ask_for_it_keep_nothing(ahausen, browser):
    form = typed_form(browser)
    end_session(ahausen)
    assert browser.post("/konto/anders/", form).status_code == 302
    with inside(ahausen):
        assert not Session.objects.exists()


def test_the_mark_of_another_municipality_is_worth_nothing(ahausen, bedorf, browser):
    form = typed_form(browser)
    stranger = Client(HTTP_HOST="bedorf.localhost")
    stranger.post(ADDRESS, form)
    with inside(bedorf):
        assert not Session.objects.exists()


def test_who_must_first_do_something_else_loses_nothing_either(ahausen, browser):
    form = typed_form(browser)
    with inside(ahausen):
        Preferences.objects.update(second_factor="editors")
    assert browser.post(ADDRESS, form).url.startswith("/konto/sicherheit/zweiter-faktor/?next=/konto/probe/")
    with inside(ahausen):
        Preferences.objects.update(second_factor="nobody")
    assert "Ein langer Text" in browser.get(ADDRESS).content.decode()
    assert saved == []


def test_signing_in_again_in_another_tab_loses_nothing_and_does_nothing(ahausen, eva):
    """The old tab's form has the token of before."""
    client = Client(HTTP_HOST="ahausen.localhost", enforce_csrf_checks=True)
    with inside(ahausen):
        client.force_login(User.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    form = {**typed_form(client), "csrfmiddlewaretoken": "x" * 64}
    assert client.post(ADDRESS, form).url == ADDRESS
    assert saved == []
    assert "Ein langer Text" in client.get(ADDRESS).content.decode()


def test_a_form_from_elsewhere_is_refused_as_ever(ahausen, eva):
    client = Client(HTTP_HOST="ahausen.localhost", enforce_csrf_checks=True)
    with inside(ahausen):
        client.force_login(User.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(ADDRESS, {"text": "von einer fremden Seite", MARK: "erfunden"}).status_code == 403
    assert "fremden" not in client.get(ADDRESS).content.decode()
