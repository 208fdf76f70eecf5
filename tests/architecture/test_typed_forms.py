"""The session's end in the middle of a form, for every form of the editors that somebody writes into."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from tenants.running.context import inside
from tests.architecture.access_town import furnish, people
from tests.architecture.test_access import ROWS
from tests.forms import forms_of

HOST = "ahausen.localhost"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORDS = "Eine Stunde lang getippt & „gedacht“"


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        accounts = people()
        yield accounts["admin"], furnish(accounts)


def pattern_of(action: str) -> str:
    return get_resolver("config.urls_tenant").resolve(re.sub(r"[?#].*", "", action)).route


def written_into(admin: User, objects: dict[str, object]):
    """(page, form) for each address that a form is sent to in which one can write, once."""
    client, seen = Client(HTTP_HOST=HOST), set()
    client.force_login(admin, backend=BACKEND)
    for row in ROWS:
        if (
            row["side"] == "town"
            and row["method"] == "GET"
            and row["admin"] == "200"
            and row["pattern"].startswith("/redaktion/")
        ):
            page = row["address"].format(**objects)
            answer = client.get(page)
            if answer.get("Content-Type", "").startswith("text/html"):
                for form in forms_of(answer.content.decode(), page):
                    if form.method == "post" and form.texts and pattern_of(form.action) not in seen:
                        seen.add(pattern_of(form.action))
                        yield page, form


def test_what_somebody_writes_is_there_again_after_they_signed_in(town):
    admin, objects = town
    asked, lost = [], []
    for page, form in written_into(admin, objects):
        asked.append(page)
        name = form.texts[-1]
        typed = {**form.fields, name: [*form.fields[name][:-1], WORDS]}
        client = Client(HTTP_HOST=HOST)
        answer = client.post(form.action, typed)
        if answer.status_code != 302 or "/konto/anmelden/?next=" not in answer.url:
            lost.append(f"{page}: {form.action} is not asked to sign in: {answer.status_code}")
            continue
        client.force_login(admin, backend=BACKEND)
        again = client.get(page)
        values = [form.fields.get(name, []) for form in forms_of(again.content.decode(), page)]
        if not any(WORDS in found for found in values):
            lost.append(f"{page}: {form.action} {name} ({again.status_code})")
    assert len(asked) > 60
    assert lost == []
