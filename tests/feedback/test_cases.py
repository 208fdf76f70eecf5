"""What residents report becomes a case; the editors see it, answer it, and are reminded."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from mail.models import OutboxMessage
from portal.feedback import services
from portal.feedback.models import Answer, Case, Kind, State
from portal.feedback.retention import apply_rules
from portal.feedback.tasks import look_after_feedback
from tenants.running.context import inside
from theming.models import Theme


def _mails(where):
    with inside(where):
        return list(OutboxMessage.objects.order_by("id"))


def test_wrong_information_reaches_editors_and_provider_without_the_senders_address(ahausen, offer, portal, token):
    path = f"{offer.get_absolute_url()}melden/"
    report = {"topic": "not_held", "message": "Fällt aus", "email": "eva@example.org", "zeit": token}
    assert portal.post(path, report).url == f"{path}danke/"
    assert "Danke, Ihre Meldung ist angekommen." in portal.get(f"{path}danke/").content.decode()
    with inside(ahausen):
        case = Case.objects.get()
        assert (case.kind, case.topic, case.offer_id, case.provider_id) == (
            "wrong",
            "not_held",
            offer.pk,
            offer.provider_id,
        )
        assert case.due_at is None
        assert Entry.objects.filter(action="case.opened", target=str(case), actor="visitor").exists()
    to_editors, to_provider = _mails(ahausen)
    assert (to_editors.to, to_provider.to) == ("stadt@ahausen.example", "muster@sprachhaus.example")
    assert f"/redaktion/meldungen/{case.pk}/" in to_editors.body
    assert "Fällt aus" in to_provider.body
    assert "findet nicht statt" in to_provider.body
    assert "eva@" not in to_editors.body + to_provider.body


def test_forbidden_content_is_for_the_editors_alone(ahausen, offer, portal, token):
    portal.post(
        f"{offer.provider.get_absolute_url()}melden/",
        {"topic": "inappropriate", "message": "Hetze", "zeit": token},
    )
    assert [mail.to for mail in _mails(ahausen)] == ["stadt@ahausen.example"]


def test_without_an_address_of_the_portal_the_editors_themselves_are_written_to(ahausen, offer, portal, letter, person):
    person(ahausen, Role.EDITOR)
    person(ahausen, Role.PLANNER)
    with inside(ahausen):
        Theme.objects.update(email="")
    portal.post("/kontakt/schreiben/", letter)
    assert [mail.to for mail in _mails(ahausen)] == ["editor@ahausen.example"]
    with inside(ahausen):
        assert Case.objects.get().sender_email == "eva@example.org"


def test_a_barrier_has_a_month_and_knows_its_page(ahausen, offer, portal, token):
    page = portal.get("/barrierefreiheit/melden/?seite=/angebote/").content.decode()
    assert 'value="/angebote/"' in page
    report = {"message": "Kein Fokus", "page": "http://ahausen.localhost/angebote/?q=x", "zeit": token}
    assert portal.post("/barrierefreiheit/melden/", report).status_code == 302
    with inside(ahausen):
        case = Case.objects.get()
    assert case.page == "/angebote/?q=x"
    assert case.due_at - case.received_at == timedelta(days=30)


@pytest.mark.parametrize(
    "foreign",
    [
        "https://boese.example/",
        "//boese.example/",
        "javascript:alert(1)",
        "/\\boese.example",
        "x" * 600,
        "nur Text",
        "http://ahausen.localhost//boese.example/",
        "http://ahausen.localhost/\\boese.example",
    ],
)
def test_the_page_of_a_barrier_is_one_of_this_portal(ahausen, portal, token, foreign):
    page = portal.get("/barrierefreiheit/melden/", {"seite": foreign}).content.decode()
    # The menu of languages leads to this address as it was asked for.
    assert "boese.example" not in page[page.index("<main") : page.index("</main>")]
    answer = portal.post("/barrierefreiheit/melden/", {"message": "x", "page": foreign, "zeit": token})
    assert answer.status_code == 200
    with inside(ahausen):
        assert not Case.objects.exists()


@pytest.fixture
def case(ahausen, offer):
    with inside(ahausen):
        return services.open_case(Kind.BARRIER, text="Kein Fokus", name="Eva", email="eva@example.org", page="/")


def test_the_list_shows_what_waits_and_marks_what_is_late(ahausen, case, signed_in, django_assert_max_num_queries):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        for number in range(30):
            services.open_case(Kind.QUESTION, text=f"Frage {number}", email="e@example.org")
        Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=1))
    with django_assert_max_num_queries(28):
        page = editor.get("/redaktion/meldungen/").content.decode()
    assert "Frage 29" in page
    assert "seite=2" in page
    late = editor.get("/redaktion/meldungen/?stand=ueberfaellig").content.decode()
    assert "Kein Fokus" in late
    assert "überfällig" in late
    assert "Frage" not in late.split("<main", 1)[1].split("</main>", 1)[0].replace("Fragen", "")
    assert "Hier ist nichts" in editor.get("/redaktion/meldungen/?stand=erledigt").content.decode()
    assert editor.get("/redaktion/meldungen/?stand=%00&seite=x").status_code == 200
    assert editor.get("/redaktion/meldungen/99999999999999999999/").status_code == 404


def test_an_editor_answers_notes_and_closes(ahausen, case, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    path = f"/redaktion/meldungen/{case.pk}/"
    page = editor.get(path).content.decode()
    for words in ("Kein Fokus", "eva@example.org", "Eva", "Antwort bis"):
        assert words in page, words
    assert editor.post(f"{path}antworten/", {"antwort-text": ""}).status_code == 200
    editor.post(f"{path}antworten/", {"antwort-text": "Behoben, danke."})
    editor.post(f"{path}notiz/", {"notiz-note": "War das Menü"})
    mail = _mails(ahausen)[-1]
    assert (mail.to, mail.reply_to) == ("eva@example.org", "stadt@ahausen.example")
    assert "Behoben, danke." in mail.body
    assert "Kein Fokus" not in mail.body
    assert "Behoben, danke." in editor.get(path).content.decode()
    editor.post(f"{path}stand/", {"state": "done"})
    with inside(ahausen):
        case.refresh_from_db()
        assert (case.state, case.note, case.handled_by.email) == ("done", "War das Menü", "editor@ahausen.example")
        assert case.closed_at is not None
        actions = list(Entry.objects.filter(target_type="feedback.case").values_list("action", flat=True))
        assert sorted(actions) == ["case.answered", "case.noted", "case.opened", "case.state", "case.state"]
        everything = " ".join(f"{entry.target} {entry.changes}" for entry in Entry.objects.all())
    assert "Menü" not in everything
    assert "Eva" not in everything
    moved = editor.post(f"{path}stand/", {"state": "new"}, follow=True).content.decode()
    assert "inzwischen weiterbearbeitet" in moved


def test_only_allowed_steps_are_possible(ahausen, case, person):
    editor = person(ahausen, Role.EDITOR)
    with inside(ahausen):
        services.change_state(case, State.SPAM, by=editor)
        with pytest.raises(ValidationError, match="kann nicht"):
            services.change_state(case, State.DONE, by=editor)
        services.change_state(case, State.IN_PROGRESS, by=editor)
        case.refresh_from_db()
        assert case.closed_at is None
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(state="done")
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(due_at=None)


def test_the_editors_hear_once_that_a_case_is_late(ahausen, case):
    with inside(ahausen):
        OutboxMessage.objects.all().delete()
        look_after_feedback()
        assert not OutboxMessage.objects.filter(subject__contains="überfällig").exists()
        with time_machine.travel(timezone.now() + timedelta(days=31)):
            look_after_feedback()
            look_after_feedback()
        mail = OutboxMessage.objects.get(subject__contains="überfällig")
    assert mail.to == "stadt@ahausen.example"
    assert f"/redaktion/meldungen/{case.pk}/" in mail.body


def test_half_a_year_after_the_end_nothing_personal_is_left(ahausen, case, person):
    editor = person(ahausen, Role.EDITOR)
    with inside(ahausen):
        services.answer(case, "Behoben", by=editor)
        services.set_note(case, "Eva anrufen", by=editor)
        services.change_state(case, State.DONE, by=editor)
        with time_machine.travel(timezone.now() + timedelta(days=182)):
            apply_rules()
        case.refresh_from_db()
        assert case.text == "Kein Fokus"
        with time_machine.travel(timezone.now() + timedelta(days=184)):
            assert apply_rules()["closed case: text, note, answers, name, e-mail, page"] == 1
            assert apply_rules()["closed case: text, note, answers, name, e-mail, page"] == 0
        case.refresh_from_db()
        assert (case.text, case.note, case.sender_name, case.sender_email, case.page) == ("", "", "", "", "")
        assert (case.kind, case.state) == ("barrier", "done")
        assert not Answer.objects.exists()
        assert Entry.objects.filter(action="case.forgotten", actor="retention").count() == 1


def test_an_open_case_is_never_forgotten(ahausen, case):
    with inside(ahausen):
        with time_machine.travel(timezone.now() + timedelta(days=900)):
            apply_rules()
        case.refresh_from_db()
        assert case.text == "Kein Fokus"
