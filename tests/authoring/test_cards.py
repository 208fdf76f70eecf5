"""The card beside a form: what residents will see of what is written, at once and without a trace."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.authoring.seeing import as_if, card_of, card_seen
from portal.offers import editing
from portal.offers.models import Offer
from tests.revisions.conftest import cast, change

__all__ = ["cast"]


def test_where_nothing_is_written_it_is_the_card_of_the_row_and_nothing_is_written_for_it(cast):
    offer = cast.public()
    draft = editing.begin(offer, by=cast.member)
    assert draft.revision is None
    with CaptureQueriesContext(connection) as asked:
        card = card_of(offer, draft)
    assert card == as_if(offer, draft.content, card_seen)
    assert not [each for each in asked if "FOR UPDATE" in each["sql"]]


def test_what_is_written_stands_on_it_and_not_on_the_row(cast):
    offer = cast.public()
    change(offer, cast.member, title="Anders", summary="Auch anders.")
    card = card_of(offer, editing.begin(offer, by=cast.member))
    assert (card.title, card.text) == ("Anders", "Auch anders.")
    assert Offer.objects.get(pk=offer.pk).title == "Töpfern"
    # A colleague has written nothing.
    assert card_of(offer, editing.begin(offer, by=cast.administrator)).title == "Töpfern"


def test_a_draft_without_a_title_has_a_card_too(cast):
    offer = editing.start(cast.club, by=cast.member)
    draft = editing.begin(offer, by=cast.member)
    assert card_of(offer, draft).title == "Angebot ohne Namen"
