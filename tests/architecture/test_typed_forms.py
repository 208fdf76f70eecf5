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
from tests.architecture.test_access import ROWS, session_of
from tests.forms import Form, forms_of

HOST = "ahausen.localhost"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Of a line that is only half filled in (a fact without its words) the draft keeps what was typed last; of what counts
# as said it keeps a base as its other pages do.
HALF_A_LINE = "redaktion/anbieter/<int:pk>/profil/bilder/"
WORDS = "Eine Stunde lang getippt & „gedacht“"


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        accounts = people()
        yield accounts["admin"], furnish(accounts)


def _browser(session: str) -> Client:
    """One of its own for each form: what a form does to the session (helping somebody) is over with it."""
    client = Client(HTTP_HOST=HOST)
    client.cookies["sessionid"] = session
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
    # Read to its end, so that a file is closed.
    content = b"".join(answer)
    html = content.decode() if answer.get("Content-Type", "").startswith("text/html") else ""
    return [form for form in forms_of(html, page) if form.action.startswith("/")]


def _values(client: Client, page: str, form: Form, name: str) -> list[str]:
    """What stands in the field of that name now, in whichever form of the page is sent to the same address."""
    found = [each.fields.get(name, []) for each in _forms(client, page) if _route(each.action) == _route(form.action)]
    return [value for values in found for value in values]


def _comes_back(admin: User, page: str, form: Form) -> bool:
    """Whether the words stand in the form again, after the session had ended and somebody signed in."""
    name, client = form.texts[-1], Client(HTTP_HOST=HOST)
    answer = client.post(form.action, {**form.fields, name: [*form.fields[name][:-1], WORDS]})
    assert answer.status_code == 302
    assert "/konto/anmelden/?next=" in answer.url
    client.force_login(admin, backend=BACKEND)
    return WORDS in _values(client, page, form, name)


def _written(session: str, page: str, form: Form, name: str, words: str) -> str:
    """What the field says after somebody wrote this into the form as it was once opened."""
    _browser(session).post(form.action, {**form.fields, name: [*form.fields[name][:-1], words]})
    return (_values(_browser(session), page, form, name) or [""])[-1]


def _two_at_once(session: str, page: str, form: Form) -> str:
    """Two have the page open and write into the same field: `kept` where the first one's words stay, `lost` where the
    second one's stand in their place without a question; nothing where no field of the form is kept as it is."""
    found = ""
    for name in form.texts[:3]:
        before = form.fields[name][-1]
        with transaction.atomic():
            first = f"{before} Erste".strip()
            if _written(session, page, form, name, first) == first:
                second = _written(session, page, form, name, f"{before} Zweite".strip())
                found = "kept" if second == first else "lost"
            transaction.set_rollback(True)
        if found:
            break
    return found


def test_nothing_is_lost_and_nothing_is_written_over_in_any_form(town):
    admin, objects = town
    session = session_of(admin)
    forms = list(_written_into(_browser(session), objects))
    assert len(forms) > 60
    gone = [f"{page}, sent to {form.action}" for page, form in forms if not _comes_back(admin, page, form)]
    assert gone == []
    outcomes = {form.action: _two_at_once(session, page, form) for page, form in forms}
    lost = [action for action, outcome in outcomes.items() if outcome == "lost" and _route(action) != HALF_A_LINE]
    assert lost == []
    assert list(outcomes.values()).count("kept") > 25
