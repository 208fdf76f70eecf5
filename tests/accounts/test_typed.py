"""What somebody typed outlives their session: for an hour, for them, in this browser, and never carried out."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse, QueryDict
from django.template import engines
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.models import User
from config import urls_tenant
from core.access import Role, allow
from core.sealing import unseal
from core.typed import MARK, keeps_typed, typed_before
from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.conftest import PASSWORD
from tests.forms import forms_of

FORM = '<form method="post">{% csrf_token %}<textarea name="text">{{ typed.text }}</textarea></form>'
saved = []


@keeps_typed
@allow(Role.SIGNED_IN)
def page(request):
    if request.method == "POST":
        saved.append(request.POST["text"])
        return HttpResponse("gespeichert")
    typed = typed_before(request)
    return HttpResponse(engines["django"].from_string(FORM).render({"typed": typed or {"text": ""}}, request))


OTHER = """<main><p>{{ "ä" }}</p>
<form method="post" action="/konto/mehr/">{% csrf_token %}<textarea name="text"></textarea></form>
<details><form method="post" action="/konto/anders/">{% csrf_token %}<input type="hidden" name="v" value="7">
<input type="password" name="password"><input type="checkbox" name="c" value="1" checked>
<input type="checkbox" name="c" value="2"><textarea name="text">früher</textarea></form></details></main>"""


@allow(Role.SIGNED_IN)
def other_page(request):
    return HttpResponse(engines["django"].from_string(OTHER).render({}, request))


@require_POST
@allow(Role.SIGNED_IN)
def other(request):
    saved.append(request.POST["text"])
    return HttpResponse("gespeichert")


paths = {"probe": page, "andere": other_page, "anders": other}
urlpatterns = [*(path(f"konto/{name}/", view) for name, view in paths.items()), *urls_tenant.urlpatterns]
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


def fields_of(answer, action):
    """The form of that address as it stands in a page."""
    found = next(form for form in forms_of(answer.content.decode(), "/") if form.action == action)
    return {name: values[-1] for name, values in found.fields.items()}


def typed_form(client, text="Ein langer Text"):
    """The form as it was filled in, with its mark."""
    return {MARK: fields_of(client.get(ADDRESS), "/")[MARK], "text": text}


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


def test_what_a_view_does_not_fill_in_is_put_into_its_form(ahausen, browser, eva):
    """Also when it is sent to an address that only takes forms: one comes back to the page it stood on."""
    form = {**fields_of(browser.get("/konto/andere/"), "/konto/anders/"), "text": "Zeile 1\r\nZeile 2 & <b>", "c": "2"}
    form |= {"password": "ganz geheim", "weg": "Dieses Feld gibt es nicht mehr"}
    end_session(ahausen)
    answer = browser.post("/konto/anders/", form)
    assert answer.url.startswith("/konto/anmelden/?next=/konto/andere/")
    with inside(ahausen):
        (sealed,) = Session.objects.get().get_decoded()["typed"].values()
    sent = json.loads(unseal(sealed, purpose="core.typed", seconds=9))[2]
    assert QueryDict(sent) == QueryDict(urlencode({name: form[name] for name in ("v", "c", "text", "weg")}))
    browser.post("/konto/anmelden/", {"login": eva, "password": PASSWORD, "next": "/konto/andere/"})
    page = browser.get("/konto/andere/").content.decode()
    assert 'name="text">\nZeile 1\r\nZeile 2 &amp; &lt;b&gt;</textarea>' in page
    assert "<details open>" in page
    assert '<input type="checkbox" name="c" value="1">\n<input type="checkbox" name="c" value="2" checked>' in page
    assert page.index("Dieses Feld gibt es nicht mehr") < page.index("<main>")
    assert "geheim" not in page
    assert saved == []


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


def test_a_page_that_asks_how_far_something_is_leads_to_signing_in(ahausen, browser):
    """Its part would otherwise be replaced by nothing, and no one would know why."""
    end_session(ahausen)
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://ahausen.localhost{ADDRESS}"}
    answer = browser.get(ADDRESS, **asked)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["HX-Redirect"].startswith("/konto/anmelden/?next=/konto/probe/")
    # Beside a form that somebody fills in, nobody is led away.
    asked["HTTP_HX_CURRENT_URL"] = "http://ahausen.localhost/konto/anders/"
    assert browser.get(ADDRESS, **asked).status_code == 302
