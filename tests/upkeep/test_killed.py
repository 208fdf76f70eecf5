"""`kill -9` while reminders are written: letter and mail are there together or not at all, and nobody gets two."""

from mail.models import OutboxMessage
from portal.upkeep.models import Asked, Letter
from tenants.running.context import inside
from tests import children
from tests.conftest import municipality
from tests.upkeep.nights import a_club, old

PEOPLE = [f"p{number}@verein.example" for number in range(4)]


def counted() -> tuple[int, int, int]:
    with inside(municipality("ahausen")):
        return Letter.objects.count(), OutboxMessage.objects.count(), Asked.objects.count()


def test_a_killed_night_writes_nobody_twice(own_database):
    with inside(municipality("ahausen")):
        for address in PEOPLE:
            old(a_club(f"Verein {address}", address), "Chor", "Band")
    for after in (2, 7):
        with children.python(f"from tests.upkeep.killing import main; main({after})") as child:
            said, error = child.communicate(timeout=90)
        assert child.returncode == -9, (said, error)
        assert counted() == (0, 0, 0)
    for expected in ("done 4", "done 0"):
        with children.python("from tests.upkeep.killing import main; main(100000)") as child:
            said, error = child.communicate(timeout=90)
        assert expected in said, error
        assert counted() == (4, 4, 8)
    with inside(municipality("ahausen")):
        assert sorted(OutboxMessage.objects.values_list("to", flat=True)) == PEOPLE
        assert all(each.mail_id for each in Letter.objects.all())
