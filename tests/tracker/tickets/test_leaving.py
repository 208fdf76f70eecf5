"""A municipality deleted, an account deleted, own data."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from core.access import Role
from core.own_data import everything_about
from tenants.running.context import inside
from tenants.signals import removed
from tests.tracker.people import OPERATOR, editor_of
from tracker.tickets import drafting, own_data, services
from tracker.tickets.models import Attachment, Comment, Concern, Context, Draft, Participant, Ticket, Watch
from tracker.tickets.participating import participant_of
from tracker.tickets.pictures import painted

MINE = "/plattform/meldungen/"


def a_picture():
    out = BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, "PNG")
    return ContentFile(out.getvalue(), name="bild.png")


@pytest.fixture
def left(ahausen, bedorf, django_capture_on_commit_callbacks):
    """Ahausen took part and was deleted; its ticket and what Bedorf said stay."""
    by = editor_of(ahausen)
    ticket = services.report(
        by=by,
        kind="wish",
        title="Kalender übernehmen",
        happened="Unser Vereinsheim",
        context={"page": "/x/"},
        picture=painted(a_picture(), []),
    )
    services.comment(ticket, "Aus Ahausen", by=by)
    services.comment(ticket, "Intern", by=OPERATOR, about=by.participant)
    services.comment(ticket, "Aus Bedorf", by=editor_of(bedorf))
    services.concern(ticket, by=editor_of(bedorf))
    drafting.save(Draft(kind="bug", title="Entwurf"), by=by, upload=a_picture())
    with django_capture_on_commit_callbacks(execute=True):
        removed.send(None, schema_name="ahausen")
    return ticket


def test_a_deleted_municipality_counts_on_without_name_and_texts(left, bedorf, signed_in):
    ticket = Ticket.objects.get(pk=left.pk)
    assert (ticket.title, ticket.happened, ticket.person) == ("Kalender übernehmen", "", None)
    assert ticket.author == "ehemalige Kommune"
    assert Concern.objects.count() == 2
    assert list(Comment.objects.values_list("text", flat=True)) == ["", "Aus Bedorf"]
    assert not any(model.objects.exists() for model in (Attachment, Context, Draft, Watch) if model is not Watch)
    assert [each.participant for each in Watch.objects.all()] == [participant_of(bedorf)]
    storage = drafting.Draft._meta.get_field("picture").storage
    assert storage.listdir("~tickets")[1] == []
    page = signed_in(bedorf, Role.EDITOR).get(f"{MINE}{ticket.pk}/").content.decode()
    assert "ehemalige Kommune" in page
    assert "1 ehemalige Kommune zählt mit." in page
    for gone in ("Ahausen", "Unser Vereinsheim", "Intern</p>"):
        assert gone not in page, gone


def test_one_that_comes_back_under_the_same_name_is_another(left, ahausen):
    again = participant_of(ahausen)
    assert Participant.objects.count() == 3
    assert Ticket.objects.get(pk=left.pk).reporter != again


def test_the_database_lets_nobody_leave_with_a_name(ahausen):
    row = participant_of(ahausen)
    for wrong in ({"left_at": "2026-11-29T10:00:00Z"}, {"name": ""}, {"slug": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.filter(pk=row.pk).update(**wrong)


def test_somebody_who_leaves_takes_the_number_along_and_nobody_elses(ahausen, bedorf, person, rf):
    user = person(ahausen, Role.EDITOR)
    mine = services.report(by=editor_of(ahausen, user.pk), kind="bug", title="Meine", happened="Text")
    services.comment(mine, "Gesagt", by=editor_of(ahausen, user.pk))
    # The same number is somebody else next door.
    services.report(by=editor_of(bedorf, user.pk), kind="bug", title="Nebenan")
    with inside(ahausen):
        request = rf.get("/")
        request.municipality = ahausen
        [rows] = [rows for part, rows in everything_about(user, request) if part.key == "plattform"]
        assert [row.get("In einem Satz") or row.get("Kommentar") for row in rows] == ["Meine", "Gesagt", None]
        assert len(own_data.leaving(user)) == 1
        own_data.released(user)
    assert Ticket.objects.get(pk=mine.pk).person is None
    assert Comment.objects.get().person is None
    assert Ticket.objects.get(title="Nebenan").person == user.pk
    assert [each.participant for each in Watch.objects.all()] == [participant_of(bedorf)]
