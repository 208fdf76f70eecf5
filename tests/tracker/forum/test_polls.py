"""The yearly poll: one voice a municipality."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.access import Role
from tests.tracker.people import OPERATOR, editor_of, provider_of
from tracker.forum.counting import result_of
from tracker.forum.models import AgendaItem, Choice, DateAnswer, Poll, Support
from tracker.forum.services import polling
from tracker.forum.services.polling import Asked, Ballot

HERE = "/plattform/austausch/umfragen/"
THERE = "/betrieb/austausch/umfragen/"
AHAUSEN, BEDORF = "Stadt Ahausen", "Gemeinde Bedorf"


def a_poll(**more):
    day = timezone.localdate() + timedelta(days=10)
    first = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=40)
    poll = Poll(**{"title": "Treffen im Frühjahr", "text": "Wann und wie?", "closes_on": day, **more})
    return polling.ask(
        poll,
        dates=[(first, "Ahausen"), (first + timedelta(days=7), "")],
        questions=[Asked("Wie?", False, ("vor Ort", "online")), Asked("Worüber?", True, ("Geld", "Zeit", "Leute"))],
        by=OPERATOR,
    )


def ids(rows):
    return [each.pk for each in rows.all()]


def whole(poll, date="yes"):
    first, second = poll.questions.all()
    return Ballot(
        {poll.dates.first().pk: date},
        frozenset(),
        frozenset({first.options.first().pk, *ids(second.options)[:2]}),
    )


def test_both_towns_answer_and_the_result_names_them(ahausen, bedorf, signed_in):
    poll = a_poll()
    first, second = ids(poll.dates)
    single, several = poll.questions.all()
    sent = {f"date_{first}": "yes", f"date_{second}": "no", f"question_{single.pk}": ids(single.options)[1],
            f"question_{several.pk}": ids(several.options)[:2]}  # fmt: skip
    assert signed_in(ahausen, Role.EDITOR).post(f"{HERE}{poll.pk}/", sent).status_code == 302
    other = signed_in(bedorf, Role.PLANNER)
    other.post(f"{HERE}{poll.pk}/", {f"date_{first}": "maybe", f"date_{second}": "yes"})
    result = result_of(poll)
    assert [(each.yes, each.maybe, each.no) for each in result.dates] == [
        ([AHAUSEN], [BEDORF], []),
        ([BEDORF], [], [AHAUSEN]),
    ]
    assert [each.best for each in result.dates] == [True, False]
    assert [[each.towns for each in options] for _q, options in result.questions] == [
        [[], [AHAUSEN]],
        [[AHAUSEN], [AHAUSEN], []],
    ]
    assert result.answered == 2
    page = other.get(f"{HERE}{poll.pk}/").content.decode()
    assert "2 Kommunen haben geantwortet" in page
    assert page.count("checked") == 2


def test_whoever_of_a_town_answers_last_counts(ahausen):
    poll = a_poll()
    polling.vote(poll, whole(poll, "yes"), by=editor_of(ahausen, person=7))
    polling.vote(poll, whole(poll, "no"), by=editor_of(ahausen, person=8))
    assert next((each.yes, each.no) for each in result_of(poll).dates) == ([], [AHAUSEN])
    assert (DateAnswer.objects.count(), Choice.objects.count()) == (1, 3)
    polling.vote(poll, Ballot(), by=editor_of(ahausen))
    assert (DateAnswer.objects.count(), Choice.objects.count(), result_of(poll).answered) == (0, 0, 0)


def test_what_was_not_asked_is_not_answered(ahausen):
    poll, other = a_poll(), a_poll(title="Andere")
    single = poll.questions.first()
    for ballot in (
        Ballot({ids(other.dates)[0]: "yes"}),
        Ballot({ids(poll.dates)[0]: "vielleicht"}),
        Ballot(options=frozenset(ids(single.options))),
        Ballot(options=frozenset(ids(other.questions.first().options)[:1])),
        Ballot(points=frozenset({99})),
    ):
        with pytest.raises(ValidationError):
            polling.vote(poll, ballot, by=editor_of(ahausen))
    assert not DateAnswer.objects.exists()
    assert not Choice.objects.exists()


def test_the_database_holds_one_answer_to_a_question_with_one(ahausen):
    poll = a_poll()
    polling.vote(poll, whole(poll), by=editor_of(ahausen))
    choice = Choice.objects.get(alone=True)
    second = choice.question.options.exclude(pk=choice.option_id).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.create(question=choice.question, option=second, participant=choice.participant)
    with pytest.raises(IntegrityError), transaction.atomic():
        Choice.objects.create(
            question=choice.question, option=choice.option, participant=choice.participant, alone=False
        )
    date = DateAnswer.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        DateAnswer.objects.create(date=date.date, participant=date.participant, answer="no")


def test_a_closed_poll_takes_no_answers(ahausen, signed_in):
    poll = a_poll()
    with time_machine.travel(datetime(2099, 1, 1, tzinfo=timezone.get_current_timezone()), tick=False):
        with pytest.raises(ValidationError):
            polling.vote(poll, whole(poll), by=editor_of(ahausen))
        with pytest.raises(ValidationError):
            polling.propose(poll, "Geld", "", by=editor_of(ahausen))
    polling.propose(poll, "Zeit", "", by=editor_of(ahausen))
    polling.close(poll, meeting=poll.dates.last(), outcome="Wir sehen uns.", by=OPERATOR)
    editor = signed_in(ahausen, Role.EDITOR)
    answer = editor.post(f"{HERE}{poll.pk}/", {f"date_{ids(poll.dates)[0]}": "yes"}, follow=True)
    assert "Umfrage ist beendet" in answer.content.decode()
    assert "Wir sehen uns." in answer.content.decode()
    assert not DateAnswer.objects.exists()
    item = AgendaItem.objects.get()
    editor.post(f"{HERE}punkte/{item.pk}/loeschen/")
    assert AgendaItem.objects.exists()


def test_points_are_named_wanted_and_taken_back(ahausen, bedorf, signed_in):
    poll = a_poll()
    editor, other = signed_in(ahausen, Role.EDITOR), signed_in(bedorf, Role.EDITOR)
    editor.post(f"{HERE}{poll.pk}/punkte/", {"title": "Geld für Heft", "text": "Wie teilen wir?"})
    item = AgendaItem.objects.get()
    other.post(f"{HERE}{poll.pk}/", {"points": [item.pk]})
    assert result_of(poll).items == [(item, [BEDORF, AHAUSEN])]
    assert other.post(f"{HERE}punkte/{item.pk}/loeschen/").status_code == 403
    assert editor.post(f"{HERE}{poll.pk}/punkte/", {"title": ""}).status_code == 200
    editor.post(f"{HERE}punkte/{item.pk}/loeschen/")
    assert not Support.objects.exists()
    for number in range(polling.MOST_ITEMS):
        polling.propose(poll, f"Punkt {number}", "", by=editor_of(ahausen))
    assert "10 Punkte" in editor.post(f"{HERE}{poll.pk}/punkte/", {"title": "Noch einer"}).content.decode()
    polling.propose(poll, "Vom Betrieb", "", by=OPERATOR)


def test_only_the_operator_asks_and_closes_and_only_towns_answer(ahausen, bedorf, signed_in):
    poll = a_poll()
    day = timezone.localdate()
    for deed in (
        lambda: polling.ask(Poll(title="x", text="x", closes_on=day), dates=[], by=editor_of(ahausen)),
        lambda: polling.close(poll, meeting=None, outcome="", by=editor_of(ahausen)),
        lambda: polling.change(poll, by=editor_of(ahausen)),
        lambda: polling.vote(poll, Ballot(), by=OPERATOR),
        lambda: polling.vote(poll, Ballot(), by=provider_of(ahausen)),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert signed_in(ahausen, Role.ADMIN).get(f"{HERE}neu/").status_code == 404
    assert signed_in(None, Role.OPERATOR).post(f"{THERE}{poll.pk}/", {}).status_code == 403


def test_the_operator_asks_by_a_form(ahausen, signed_in):
    operator = signed_in(None, Role.OPERATOR)
    until = (timezone.localdate() + timedelta(days=5)).isoformat()
    sent = {"title": "Treffen", "text": "Wann?", "closes_on": until, "date_0": "2099-03-01T10:00", "place_0": "Rathaus",
            "question_0": "Wie?", "options_0": "vor Ort\nonline\n\n", "several_0": ""}  # fmt: skip
    address = operator.post(f"{THERE}neu/", sent).url
    poll = Poll.objects.get()
    assert timezone.localtime(poll.dates.get().starts_at).hour == 10
    assert [each.text for each in poll.questions.get().options.all()] == ["vor Ort", "online"]
    assert "Rathaus" in operator.get(address).content.decode()
    closing = operator.post(f"{address}schliessen/", {"meeting": poll.dates.get().pk, "outcome": "Am 1. März."})
    assert closing.status_code == 302
    poll.refresh_from_db()
    assert not poll.is_open()
    assert "Am 1. März." in signed_in(ahausen, Role.EDITOR).get(f"{HERE}{poll.pk}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"closes_on": "2001-01-01"},
        {"closes_on": "morgen"},
        {"question_0": "Wie?", "options_0": "nur eine"},
        {"question_0": "", "options_0": "a\nb"},
        {"question_0": "Wie?", "options_0": "\n".join("abcdefghi")},
        {"date_1": "2099-03-01T10:00"},
        {"date_0": ""},
    ],
)
def test_what_is_wrong_in_a_new_poll_is_said(signed_in, ahausen, wrong):
    until = (timezone.localdate() + timedelta(days=5)).isoformat()
    sent = {"title": "Treffen", "text": "Wann?", "closes_on": until, "date_0": "2099-03-01T10:00", **wrong}
    page = signed_in(None, Role.OPERATOR).post(f"{THERE}neu/", sent)
    assert 'role="alert"' in page.content.decode()
    assert not Poll.objects.exists()


def test_twenty_browsers_of_one_town_leave_one_answer(own_database):
    from tests.conftest import municipality

    town = municipality("ahausen")
    poll = a_poll()
    viewer = editor_of(town)
    ballots = [whole(poll, answer) for answer in ("yes", "no") * 10]
    together, wrong = Barrier(20), []

    def vote(ballot):
        try:
            together.wait()
            polling.vote(poll, ballot, by=viewer)
        except Exception as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=vote, args=(ballot,)) for ballot in ballots]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    assert (DateAnswer.objects.count(), Choice.objects.count(), result_of(poll).answered) == (1, 3, 1)
