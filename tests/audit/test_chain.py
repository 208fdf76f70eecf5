"""The audit log is append-only and chained."""

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Entry
from audit.services import broken_links, record
from tenants.running.context import inside
from tests.factories import a_provider


def test_entries_follow_one_another_and_the_chain_is_whole(ahausen):
    with inside(ahausen):
        provider = a_provider()
        entries = [record("change", provider, by="Test", changes={"name": ["alt", f"neu {n}"]}) for n in range(5)]
        rows = list(Entry.objects.order_by("id"))
        assert [row.pk for row in rows][-5:] == sorted(row.pk for row in rows)[-5:]
        assert [later.previous_hash for later in rows[1:]] == [earlier.entry_hash for earlier in rows[:-1]]
        assert len(entries) == 5
        assert broken_links() == []


@pytest.mark.parametrize("forbidden", ["UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"])
def test_nobody_rewrites_the_log(ahausen, forbidden):
    with inside(ahausen):
        record("change", a_provider(), by="Test")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forbidden)


def test_a_forged_row_is_found(ahausen):
    with inside(ahausen):
        provider = a_provider()
        forged = [record("change", provider, by="Test") for _n in range(3)][1]
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_append_only")
            cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE id = (SELECT min(id) FROM audit_entry)")
        assert broken_links() != []
        assert forged.actor == "Test"
