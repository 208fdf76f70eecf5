"""Every form of the editors that somebody writes into: the session ends in the middle of it, two write at once."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from accounts.models import User
from tenants.running.context import inside
from tests.architecture.access_town import furnish, people
from tests.architecture.test_access import ROWS
from tests.forms import Form, forms_of

HOST = "ahausen.localhost"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORDS = "Eine Stunde lang getippt & „gedacht“"


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        accounts = people()
        yield accounts["admin"], furnish(accounts)


def _signed_in(admin: User) -> Client:
    client = Client(HTTP_HOST=HOST)
    client.force_login(admin, backend=BACKEND)
    return client


def _route(action: str) -> str:
    return str(get_resolver("config.urls_tenant").resolve(re.sub(r"[?#].*", "", action)).route)


def _written_into(client: Client, objects: dict[str, Any]) -> Iterator[tuple[str, Form]]:
    """(page, form) for each address that a form is sent to in which one can write, once."""
    seen = set()
    for row in ROWS:
        theirs = row["side"] == "town" and row["pattern"].startswith("/redaktion/")
        if not theirs or row["method"] != "GET" or row["admin"] != "200":
            continue
        page = row["address"].format(**objects)
        for form in _forms(client, page):
            if form.method == "post" and form.texts and _route(form.action) not in seen:
                seen.add(_route(form.action))
                yield page, form


def _forms(client: Client, page: str) -> list[Form]:
    answer = client.get(page)
    html = answer.content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""
    return forms_of(html, page)


def _values(client: Client, page: str, form: Form, name: str) -> list[str]:
    """What stands in the field of that name now, in whichever form of the page is sent to the same address."""
    found = [each.fields.get(name, []) for each in _forms(client, page) if _route(each.action) == _route(form.action)]
    return [value for values in found for value in values]


def test_what_somebody_writes_is_there_again_after_they_signed_in(town):
    admin, objects = town
    asked, lost = [], []
    for page, form in _written_into(_signed_in(admin), objects):
        asked.append(page)
        name = form.texts[-1]
        typed = {**form.fields, name: [*form.fields[name][:-1], WORDS]}
        client = Client(HTTP_HOST=HOST)
        answer = client.post(form.action, typed)
        if answer.status_code != 302 or "/konto/anmelden/?next=" not in answer.url:
            lost.append(f"{page}: {form.action} does not ask to sign in: {answer.status_code}")
            continue
        client.force_login(admin, backend=BACKEND)
        if WORDS not in _values(client, page, form, name):
            lost.append(f"{page}: {name}, sent to {form.action}")
    assert len(asked) > 60
    assert lost == []


def _written(client: Client, page: str, form: Form, name: str, words: str) -> str:
    """What the field says after somebody wrote this into the form as it was once opened."""
    client.post(form.action, {**form.fields, name: [*form.fields[name][:-1], words]})
    return (_values(client, page, form, name) or [""])[-1]


def test_nobody_writes_over_what_somebody_else_wrote_meanwhile(town):
    """Two have the same page open. Where the words of the first are kept, those of the second are not kept in their
    place without a question."""
    admin, objects = town
    client, kept, lost = _signed_in(admin), [], []
    for page, form in list(_written_into(client, objects)):
        for name in form.texts[:4]:
            before = form.fields[name][-1]
            with transaction.atomic():
                first = f"{before} Erste".strip()
                if _written(client, page, form, name, first) == first:
                    kept.append(page)
                    if _written(client, page, form, name, f"{before} Zweite".strip()) != first:
                        lost.append(f"{page}: {name}, sent to {form.action}")
                transaction.set_rollback(True)
    assert len(set(kept)) > 20, kept
    assert lost == [], lost
