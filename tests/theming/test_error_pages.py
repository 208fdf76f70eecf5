"""Error pages have the municipality's look, as far as it can be read, and are there without it."""

import logging

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from config import urls_tenant
from core.access import Role, allow
from tenants.running import hosts
from tenants.running.context import inside
from theming.models import Theme
from theming.views import server_error

PROBLEMS = {"400": BadRequest, "403": PermissionDenied, "500": ZeroDivisionError}


@allow(Role.VISITOR)
def fails(request, problem):
    raise PROBLEMS[problem]


# What a municipality has, and pages that fail.
urlpatterns = [path("kaputt/<str:problem>/", fails), path("", include(urls_tenant))]
handler404, handler500 = urls_tenant.handler404, urls_tenant.handler500


@pytest.fixture
def look(ahausen):
    with inside(ahausen):
        Theme.objects.update(portal_name="Bildung in Ahausen", brand_color="#7a1fa2")
    return ahausen


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_what_goes_wrong_is_told_in_the_look_of_the_town(look, problem, caplog):
    caplog.set_level(logging.CRITICAL)
    client = Client(HTTP_HOST="ahausen.localhost", raise_request_exception=False)
    answer = client.get(f"/kaputt/{problem}/")
    page = answer.content.decode()
    assert str(answer.status_code) == problem
    assert "Bildung in Ahausen</span>" in page
    assert '<link rel="stylesheet" href="/theme/' in page
    assert "<h1>" in page


def test_a_form_without_its_token_too(look):
    answer = Client(HTTP_HOST="ahausen.localhost", enforce_csrf_checks=True).post("/konto/anmelden/", {"login": "x"})
    assert answer.status_code == 403
    assert "Bildung in Ahausen</span>" in answer.content.decode()


def test_where_the_look_itself_is_broken_the_page_is_plain(look, caplog):
    request = RequestFactory().get("/", headers={"host": "ahausen.localhost"})
    request.municipality = hosts.site_of("ahausen.localhost")
    with inside(look):
        assert "Bildung in Ahausen" in answered(server_error(request))
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE theming_theme RENAME TO theming_away")
            answer = server_error(request)
            transaction.set_rollback(True)
    assert "Bildung in Ahausen" not in answered(answer)
    assert "<h1>Das hat nicht geklappt</h1>" in answered(answer)
    assert "The error page has no look" in caplog.text


def answered(answer: HttpResponse) -> str:
    assert answer.status_code == 500
    return answer.content.decode()
