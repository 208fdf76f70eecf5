"""Contact persons: who agreed, and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.access import Role
from core.own_data import everything_about, release, when_leaving
from tenants.running.context import inside
from tests.tracker.people import OPERATOR, editor_of
from tracker.forum.models import Contact, Topic
from tracker.forum.services import agreeing, talking

HERE = "/plattform/austausch/kontakte/"
SENT = {
    "name": "Miriam Muster",
    "about": "Vereine gewinnen",
    "email": "miriam@ahausen.example",
    "phone": "",
    "agreed": "on",
}


def a_contact(by, **more):
    said = {"name": "Miriam", "about": "Kalender", "email": "m@a.example", **more}
    return agreeing.agree(Contact(**said), by=by)


def test_nobody_is_named_without_a_tick_of_their_own(ahausen, bedorf, signed_in):
    editor, neighbour = signed_in(ahausen, Role.EDITOR), signed_in(bedorf, Role.PLANNER)
    refused = editor.post(f"{HERE}ich/", {**SENT, "agreed": ""})
    assert refused.status_code == 200
    assert not Contact.objects.exists()
    assert editor.post(f"{HERE}ich/", SENT).status_code == 302
    page = neighbour.get(HERE).content.decode()
    assert "Stadt Ahausen: Miriam Muster" in page
    assert "mailto:miriam@ahausen.example" in page
    editor.post(f"{HERE}ich/", {**SENT, "about": "Kalender"})
    assert Contact.objects.get().about == "Kalender"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"about": ""}, {"email": ""}, {"email": "keine"}, {"name": "x" * 121}])
def test_a_contact_can_be_reached(ahausen, signed_in, wrong):
    page = signed_in(ahausen, Role.EDITOR).post(f"{HERE}ich/", {**SENT, **wrong})
    assert 'role="alert"' in page.content.decode()
    assert not Contact.objects.exists()


def test_whose_it_is_their_administrators_and_the_operator_delete_it(ahausen, bedorf, signed_in):
    contact = a_contact(editor_of(ahausen, person=7))
    for stranger in (editor_of(ahausen, person=8), editor_of(bedorf, person=7)):
        with pytest.raises(PermissionDenied):
            agreeing.withdraw(contact, by=stranger)
    assert signed_in(bedorf, Role.ADMIN).post(f"{HERE}{contact.pk}/loeschen/").status_code == 403
    assert signed_in(ahausen, Role.ADMIN).post(f"{HERE}{contact.pk}/loeschen/").status_code == 302
    assert not Contact.objects.exists()
    agreeing.withdraw(a_contact(editor_of(ahausen)), by=OPERATOR)
    agreeing.withdraw(a_contact(editor_of(ahausen)), by=editor_of(ahausen))


def test_the_operator_is_no_contact(ahausen):
    with pytest.raises(PermissionDenied):
        a_contact(OPERATOR)


def test_the_database_takes_one_a_person_and_none_unreachable(ahausen):
    contact = a_contact(editor_of(ahausen))
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(email="", phone="")
    contact.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        contact.save(force_insert=True)


def test_ones_own_data_hold_it_and_leaving_deletes_it(ahausen, person, rf):
    user = person(ahausen, Role.EDITOR)
    request = rf.get("/")
    request.municipality = ahausen
    with inside(ahausen):
        a_contact(editor_of(ahausen, person=user.pk))
        a_contact(editor_of(ahausen, person=user.pk + 1))
        topic = talking.open_topic("Frage", "Wie?", by=editor_of(ahausen, person=user.pk))
        rows = next(rows for part, rows in everything_about(user, request) if part.key == "austausch")
        assert len(rows) == 2
        assert "Miriam" in str(rows)
        assert "Frage" in str(rows)
        assert any("Ansprechperson" in str(each) for each in when_leaving(user, request))
        release(user, request)
    assert Contact.objects.get().person == user.pk + 1
    topic.refresh_from_db()
    assert (topic.person, topic.title) == (None, "Frage")


def test_somebody_with_the_same_number_next_door_is_somebody_else(ahausen, bedorf, person, rf):
    a_contact(editor_of(ahausen, person=1))
    user = person(bedorf, Role.EDITOR)
    Contact.objects.update(person=user.pk)
    request = rf.get("/")
    request.municipality = bedorf
    with inside(bedorf):
        assert next(rows for part, rows in everything_about(user, request) if part.key == "austausch") == []
        release(user, request)
    assert Contact.objects.count() == 1
    assert not Topic.objects.exists()
