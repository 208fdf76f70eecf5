"""The editors' list of what waits: the same component, with the same counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.offers import editing
from portal.preferences.models import ApprovalRule
from tests.authoring.test_own_list import counts, entered, text_of
from tests.factories import an_offer
from tests.revisions.conftest import Cast, cast, change

__all__ = ["cast", "entered"]
LIST = "/redaktion/pruefen/"


def hand_in(cast: Cast, number: int) -> None:
    """As many new offers as changes."""
    cast.rule(ApprovalRule.CHANGES)
    for at in range(number):
        editing.submit(cast.draft(title=f"Neu {at}"), by=cast.member)
        offer = an_offer(title=f"Alt {at}", provider=cast.club, summary="x", categories=[cast.sport])
        change(offer, cast.administrator, summary="y")
        editing.submit(offer, by=cast.administrator)


def test_editors_filter_search_and_order_what_waits(cast: Cast, entered):
    hand_in(cast, 2)
    client = entered(cast.editor)
    page = text_of(client.get(LIST))
    assert "4 Texte warten auf Sie." in page
    assert counts(page) == {"Angebot": 4, "Profil": 0, "Neu": 2, "Änderung": 2}
    assert page.index(">Neu 0<") < page.index(">Alt 0<") < page.index(">Alt 1<")
    newest = text_of(client.get(LIST, {"reihenfolge": "jung"}))
    assert newest.index(">Alt 1<") < newest.index(">Neu 0<")
    changes = text_of(client.get(LIST, {"neu": "aenderung", "q": "alt 1"}))
    assert "1 Text wartet auf Sie." in changes
    assert ">Neu 0<" not in changes
    assert "2 Texte" in text_of(client.get(LIST, {"q": "member"}))
    assert "Nichts passt" in text_of(client.get(LIST, {"q": "Segeln"}))


def test_the_list_asks_as_many_questions_for_two_as_for_sixty(cast: Cast, entered):
    client = entered(cast.editor)
    numbers = []
    for more in (1, 29):
        hand_in(cast, more)
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            text_of(client.get(LIST))
        numbers.append(sum("preferences_preferences" not in query["sql"] for query in asked.captured_queries))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 26


@pytest.mark.parametrize("query", ["art=x", "seite=9", "neu=neu&neu=aenderung", "q=%00%27"])
def test_odd_addresses_show_the_list(cast: Cast, entered, query):
    hand_in(cast, 1)
    assert entered(cast.editor).get(f"{LIST}?{query}").status_code == 200
