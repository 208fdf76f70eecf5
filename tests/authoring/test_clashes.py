"""What somebody chooses of two versions: only what was offered, to them, for this text."""

import re

import pytest

from portal.offers import editing
from portal.providers import editing as provider_editing
from portal.revisions.models import Revision
from portal.taxonomy.models import Marker
from tests.authoring.filling import form_of
from tests.revisions.conftest import Cast, cast

__all__ = ["cast"]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def signed_in(visitor):
    def browser(user):
        client = visitor("ahausen")
        client.force_login(user, backend=BACKEND)
        return client

    return browser


def offered(client, page: str, name: str, first: str, second: str) -> dict[str, str]:
    """Write the same field in two windows; what the page of the choice holds then."""
    fields = form_of(client, page)
    client.post(page, {**fields, name: first, "weiter": "1"})
    answer = client.post(page, {**fields, name: second, "weiter": "1"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert first in text
    assert second in text
    return dict(re.findall(r'type="hidden" name="(base|seite|fassungen)" value="([^"]*)"', text))


@pytest.mark.parametrize(("choice", "stays"), [("meine", "Zweites"), ("ihre", "Erstes")])
def test_one_of_both_stays(cast: Cast, signed_in, choice, stays):
    offer, client = cast.draft(title="Nähen"), signed_in(cast.member)
    fields = offered(client, f"/konto/angebote/{offer.pk}/was/", "title", "Erstes", "Zweites")
    answer = client.post(f"/konto/angebote/{offer.pk}/waehlen/", {**fields, "wahl_title": choice})
    assert answer.url == f"/konto/angebote/{offer.pk}/was/"
    assert editing.begin(offer, by=cast.member).content["title"] == stays


def test_of_a_profile_too(cast: Cast, signed_in):
    client, home = signed_in(cast.administrator), f"/konto/anbieter/{cast.club.pk}/profil/"
    fields = offered(client, f"{home}wer/", "tagline", "Erste Zeile", "Zweite Zeile")
    client.post(f"{home}waehlen/", {**fields, "wahl_tagline": "ihre"})
    assert provider_editing.begin(cast.club, by=cast.administrator).content["tagline"] == "Erste Zeile"


def test_nothing_is_taken_that_was_not_offered_to_this_person_for_this_text(cast: Cast, signed_in):
    """No markers of the editors, no pictures of others, no text past the form's checks; and nothing falls over."""
    Marker.objects.create(name="Von der Stadt empfohlen")
    mine, other = cast.draft(title="Nähen"), cast.draft(title="Stricken")
    client = signed_in(cast.member)
    fields = offered(client, f"/konto/angebote/{mine.pk}/was/", "title", "Erstes", "Zweites")
    colleague = signed_in(cast.administrator)
    before = list(Revision.objects.order_by("pk").values())
    forged = ['[{"markers": [1]}, {}]', '[{"schedules": 5}, {}]', "", "x", fields["fassungen"][:-1]]
    sent = [(client, mine, text) for text in forged]
    sent += [(client, other, fields["fassungen"]), (colleague, mine, fields["fassungen"])]
    for browser, offer, text in sent:
        answer = browser.post(f"/konto/angebote/{offer.pk}/waehlen/", {**fields, "fassungen": text, "meine": text})
        assert answer.status_code == 302
    assert list(Revision.objects.order_by("pk").values()) == before
