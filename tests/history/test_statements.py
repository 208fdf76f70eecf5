"""As many questions to the database for three states as for a thousand, and for one deleted thing as for sixty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.services import record
from portal.history.models import Removed
from portal.offers import editing, snapshot
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.revisions.models import Revision, State
from portal.revisions.tokens import marks_of
from tests.factories import an_offer
from tests.history.conftest import text_of
from tests.revisions.conftest import Cast

pytestmark = pytest.mark.django_db


def with_states(cast: Cast, number: int) -> Offer:
    """An offer with so many states, one second apart, and as many entries of the log."""
    offer = cast.public()
    text, start = snapshot.take(offer), timezone.now() - timedelta(days=2)
    Revision.objects.bulk_create(
        Revision(
            kind=KIND.name, subject_id=offer.pk, content={**text, "title": f"Titel {at}"}, format=KIND.format,
            marks=marks_of(text), state=State.APPLIED, author=cast.editor, author_name=str(cast.editor),
            decided_by=cast.editor, decided_by_name=str(cast.editor),
            **dict.fromkeys(("settled_at", "decided_at", "submitted_at"), start + timedelta(seconds=at)),
        )
        for at in range(number)
    )  # fmt: skip
    for _at in range(min(number, 40)):
        record("confirm", offer, by=cast.editor)
    return offer


def asked(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("path", ["", "?seite=2", "vergleich/", "?stand=applied&reihenfolge=alt"])
def test_a_history_of_a_thousand_states_asks_as_much_as_one_of_sixty(cast: Cast, entered, path):
    client = entered(cast.editor)
    few, many = with_states(cast, 60), with_states(cast, 1000)
    numbers = [asked(client, f"/redaktion/verlauf/angebot/{each.pk}/{path}") for each in (few, many)]
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 35


def test_all_states_are_reached_by_paging(cast: Cast, entered):
    client = entered(cast.editor)
    offer = with_states(cast, 60)
    pages = [text_of(client.get(f"/redaktion/verlauf/angebot/{offer.pk}/?seite={at}")) for at in (1, 2, 3)]
    assert all(sum(f">Stand {number}<" in page for page in pages) == 1 for number in range(1, 61))
    # The log's entries are newer than all states: they stand on the first page, each once.
    assert [page.count("Durchgesehen: alles stimmt") for page in pages] == [40, 0, 0]


def test_the_page_of_a_state_asks_as_much_for_a_thousand(cast: Cast, entered):
    client = entered(cast.editor)
    numbers = []
    for number in (3, 1000):
        offer = with_states(cast, number)
        first = Revision.objects.of("offer", offer.pk).order_by("settled_at")[0]
        numbers.append(asked(client, f"/redaktion/verlauf/angebot/{offer.pk}/{first.pk}/"))
    assert numbers[0] == numbers[1]
    # One more than elsewhere: inside the test's transaction nothing is remembered.
    assert numbers[1] <= 40


def test_what_changed_last_asks_as_much_for_a_thousand(cast: Cast, entered):
    client = entered(cast.editor)
    with_states(cast, 3)
    few = asked(client, "/redaktion/verlauf/")
    with_states(cast, 1000)
    assert asked(client, "/redaktion/verlauf/") == few <= 24


def test_the_bin_asks_as_much_for_sixty(cast: Cast, entered):
    client = entered(cast.editor)
    numbers = []
    for more in (1, 59):
        for at in range(more):
            editing.trash(an_offer(provider=cast.club), by=cast.editor)
            Removed.objects.create(kind="page", subject_id=1000 + more + at, title="Weg", rows=[], by=cast.editor)
        numbers.append(asked(client, "/redaktion/verlauf/papierkorb/"))
    assert numbers[0] == numbers[1] <= 28
