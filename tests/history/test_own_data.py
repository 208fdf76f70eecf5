"""Whoever changed a page or a setting reads so among the data that are kept about them."""

import pytest
from django.utils import timezone

from core.access import Role
from portal.history.registry import chronicle
from portal.revisions.models import Revision, State
from portal.revisions.own_data import gather, readable
from tests.history.test_round_trip import PLAIN, a_row, admin

__all__ = ["admin"]


@pytest.mark.parametrize("kind", PLAIN)
def test_each_kind_of_text_somebody_wrote_is_told_by_its_name(cast, admin, kind):
    each = chronicle(kind)
    row = a_row(kind)
    text = {"format": each.kind.format, "content": each.kind.take(row), "state": State.APPLIED}
    Revision.objects.create(
        kind=kind, subject_id=row.pk, author=admin, settled_at=timezone.now(), decided_at=timezone.now(), **text
    )
    for told in (gather(admin), readable(admin)):
        assert str(each.label) in {value for row in told for value in row.values() if isinstance(value, str)}


def test_the_page_of_own_data_opens_for_whoever_wrote_one(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    sent = {"title": "Fest am Markt", "day": "2026-01-20", "text": "Kommt alle.", "released": "on"}
    editor.post("/redaktion/aktuelles/neu/", sent)
    page = editor.get("/konto/daten/")
    assert page.status_code == 200
    assert "Fest am Markt" in page.content.decode()
