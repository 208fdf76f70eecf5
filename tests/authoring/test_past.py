"""The history of an offer for its own people: states with who, when and what; the town hall is “Redaktion”."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.offers import editing
from portal.preferences.models import ApprovalRule
from portal.revisions.models import Revision
from tests.factories import an_offer
from tests.revisions.conftest import Cast, cast, change  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def entered(cast: Cast, visitor):  # noqa: F811
    def browser(person):
        client = visitor("ahausen")
        client.force_login(person, backend=BACKEND)
        return client

    return browser


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def own(offer) -> str:
    return f"/konto/angebote/{offer.pk}/verlauf/"


def test_states_are_told_and_the_town_hall_has_no_names(cast, entered):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.public()
    change(offer, by=cast.member, summary="Wir töpfern jeden Dienstag.")
    editing.submit(offer, by=cast.member)
    editing.send_back(editing.waiting_for(offer), by=cast.editor, version=1, reason="Bitte nennen Sie den Raum.")
    change(offer, by=cast.editor, title="Töpfern am Dienstag")
    editing.submit(offer, by=cast.editor)
    page = text_of(entered(cast.member).get(own(offer)))
    assert "Bitte nennen Sie den Raum." in page
    assert f">{cast.member}<" in page
    assert str(cast.editor) not in page
    assert ">Redaktion<" in page
    newest = Revision.objects.of("offer", offer.pk).history().order_by("-settled_at").first()
    what = text_of(entered(cast.administrator).get(f"{own(offer)}{newest.pk}/"))
    assert "am Dienstag" in what
    assert str(cast.editor) not in what


def test_strangers_and_states_of_other_offers_are_not_found(cast, entered):  # noqa: F811
    offer, other = cast.public(), cast.public(provider=cast.other_club)
    for each, by in ((offer, cast.member), (other, cast.stranger)):
        cast.rule(ApprovalRule.PROVIDERS)
        change(each, by=by, title="Anders")
        editing.submit(each, by=by)
    client = entered(cast.member)
    assert client.get(own(offer)).status_code == 200
    assert client.get(own(other)).status_code == 404
    foreign = Revision.objects.of("offer", other.pk).history().first()
    assert client.get(f"{own(offer)}{foreign.pk}/").status_code == 404


def test_a_draft_without_states_says_the_next_step(cast, entered):  # noqa: F811
    offer = an_offer(provider=cast.club, state="draft", published_at=None)
    page = text_of(entered(cast.member).get(own(offer)))
    assert "Ab der nächsten Änderung" in page
    assert f'href="/konto/angebote/{offer.pk}/"' in page


def test_many_states_ask_as_many_statements_as_few(cast, entered):  # noqa: F811
    cast.rule(ApprovalRule.PROVIDERS)
    offer, client = cast.public(), entered(cast.member)

    def changed(times: int) -> int:
        for number in range(times):
            change(offer, by=cast.member, title=f"Titel {number} von {times}")
            editing.submit(offer, by=cast.member)
        with CaptureQueriesContext(connection) as asked:
            text_of(client.get(own(offer)))
        return len(asked)

    client.get(own(offer))
    # The text before the first of a page is fetched as soon as there is a page before it.
    assert changed(30) == changed(30) <= 24
    assert "seite=2" in text_of(client.get(own(offer)))
