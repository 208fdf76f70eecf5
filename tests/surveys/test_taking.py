"""An answer is counted once and leaves nothing of whoever gave it; the questions stay what they were."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from portal.feedback.models import Counter
from portal.planning.models import FigureNote
from portal.surveys import editing, marks, tidying
from portal.surveys.models import (
    Access,
    CrossTally,
    FreeText,
    Kind,
    Participation,
    PersonalLink,
    Question,
    State,
    Survey,
    Tally,
    WeekTally,
)
from portal.surveys.results import results_of
from portal.surveys.starters import EMPTY, STARTERS
from portal.surveys.taking import ChangedError, OverError, TwiceError, take
from portal.taxonomy.models import District, TargetGroup
from tenants.running.context import inside
from tests.conftest import municipality
from tests.surveys.town import a_survey, answered, monday, over, said

KINDS = (Kind.ONE, Kind.MANY, Kind.SCALE, Kind.NUMBER, Kind.TEXT, Kind.AGE)
ROWS = [
    (0, [0, 1], 5, 3, "Mehr Bänke im Park", 27),
    (0, [1], 4, 3, "", 27),
    (1, None, 5, None, "Bänke bitte", 65),
    (None, [2], None, 10, "", None),
]


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        yield ahausen


def test_what_is_kept_are_numbers_and_texts_alone(town):
    survey = answered(a_survey(kinds=KINDS), ROWS)
    one, many, scale, number, text, age = survey.questions.all()
    kept = {(row.question_id, row.value): row.count for row in Tally.objects.all()}
    assert kept == {
        (one.pk, 0): 2, (one.pk, 1): 1, (one.pk, -1): 1,
        (many.pk, 0): 1, (many.pk, 1): 2, (many.pk, 2): 1, (many.pk, -1): 1,
        (scale.pk, 5): 2, (scale.pk, 4): 1, (scale.pk, -1): 1,
        (number.pk, 3): 2, (number.pk, 10): 1, (number.pk, -1): 1,
        (text.pk, -1): 2,
        (age.pk, 27): 2, (age.pk, 65): 1, (age.pk, -1): 1,
    }  # fmt: skip
    crossed = {(row.question_id, row.value, row.by_value): row.count for row in CrossTally.objects.all()}
    assert crossed == {
        (one.pk, 0, 27): 2, (one.pk, 1, 65): 1, (one.pk, -1, -1): 1,
        (many.pk, 0, 27): 1, (many.pk, 1, 27): 2, (many.pk, -1, 65): 1, (many.pk, 2, -1): 1,
        (scale.pk, 5, 27): 1, (scale.pk, 4, 27): 1, (scale.pk, 5, 65): 1, (scale.pk, -1, -1): 1,
    }  # fmt: skip
    assert sorted(FreeText.objects.values_list("text", flat=True)) == ["Bänke bitte", "Mehr Bänke im Park"]
    assert list(WeekTally.objects.values_list("monday", "count")) == [(monday(timezone.localdate()), 4)]


def test_no_table_of_answers_has_a_person_a_time_or_an_order(town):
    """Whoever adds such a column has to think about it here."""
    columns = {
        table: {field.name for field in table._meta.fields} - {"id"}
        for table in (Tally, CrossTally, WeekTally, FreeText, Participation, PersonalLink)
    }
    assert columns == {
        Tally: {"question", "value", "count"},
        CrossTally: {"question", "value", "by", "by_value", "count"},
        WeekTally: {"survey", "monday", "count"},
        FreeText: {"key", "question", "text"},
        Participation: {"survey", "mark"},
        PersonalLink: {"survey", "digest"},
    }


def test_results_equal_what_was_said(town):
    survey = over(answered(a_survey(kinds=KINDS), ROWS * 6))
    told = results_of(survey)
    assert told.number == 24
    one, many, scale, number, text, age = told.outcomes
    assert [(row.label, row.number, round(row.share)) for row in one.rows] == [
        ("Kurse", 12, 67), ("Treffpunkte", 6, 33), ("Beratung", 0, 0),
    ]  # fmt: skip
    assert (one.answered, one.empty) == (18, 6)
    assert [(row.label, row.number) for row in many.rows] == [("Kurse", 6), ("Treffpunkte", 12), ("Beratung", 6)]
    assert scale.middle == "5"
    assert [(row.label, row.number) for row in number.rows] == [("bis 3", 12), ("10 und mehr", 6)]
    assert number.middle == "bis 3"
    assert len(text.texts) == 12
    assert ("Bank", 12) in text.words
    assert [(row.values, row.number) for row in age.rows if row.number] == [((27,), 12), ((65,), 6)]


def test_fewer_than_five_are_told_nothing(town):
    survey = over(answered(a_survey(kinds=KINDS), ROWS))
    told = results_of(survey)
    assert not told.is_told
    assert all(not each.rows and not each.texts for each in told.outcomes)


def test_each_account_answers_once_and_leaves_a_mark_nobody_can_read(town, person):
    survey = a_survey(access=Access.PROVIDERS)
    user = person(town, Role.PROVIDER)
    take(survey, said(survey, 1), by=user)
    with pytest.raises(TwiceError):
        take(survey, said(survey, 0), by=user)
    assert list(Tally.objects.values_list("value", "count")) == [(1, 1)]
    mark = Participation.objects.get().mark
    assert marks.has_answered(survey, user)
    assert len(mark) == 64
    editing.end(survey, by=None)
    assert not Participation.objects.exists()
    assert Survey.objects.get().secret == ""


def test_each_link_is_used_once_and_is_gone_then(town):
    survey = a_survey(access=Access.LINK)
    first, _second = editing.make_links(survey, 2, by=None)
    assert first not in "".join(PersonalLink.objects.values_list("digest", flat=True))
    take(survey, said(survey, 1), token=first)
    assert PersonalLink.objects.count() == 1
    for token in (first, "erfunden"):
        with pytest.raises(TwiceError):
            take(survey, said(survey, 1), token=token)
    assert WeekTally.objects.get().count == 1


def test_after_the_end_nothing_counts(town):
    survey = a_survey()
    answer = said(survey, 1)
    over(survey)
    with pytest.raises(OverError):
        take(survey, answer)
    assert not Tally.objects.exists()


def test_an_answer_to_other_questions_does_not_count(town):
    survey = a_survey(kinds=(Kind.YES_NO, Kind.SCALE))
    answer = said(survey, 1, 5)
    editing.remove_question(survey.questions.last(), by=None)
    with pytest.raises(ChangedError):
        take(survey, answer)


def test_after_the_first_answer_only_words_change(town):
    survey = answered(a_survey(kinds=(Kind.ONE, Kind.AGE)), [(0, 27)])
    question = survey.questions.first()
    question.text, question.kind, question.required = "Was fehlt hier?", Kind.MANY, True
    editing.save_question(question, by=None)
    kept = Question.objects.get(pk=question.pk)
    assert (kept.text, kept.kind, kept.required) == ("Was fehlt hier?", Kind.ONE, False)
    question.options = ["Nur eine", "Zwei"]
    for deed in (
        lambda: editing.save_question(question, by=None),
        lambda: editing.save_question(Question(survey=survey, kind=Kind.YES_NO, text="Neu?"), by=None),
        lambda: editing.move_question(question, steps=1, by=None),
        lambda: editing.remove_question(question, by=None),
        lambda: editing.withdraw(survey, by=None),
    ):
        with pytest.raises(ValidationError):
            deed()
    survey.keep_months, survey.access = 60, Access.PROVIDERS
    saved = editing.save(survey, by=None)
    assert (saved.keep_months, saved.access) == (24, Access.EVERYBODY)


def test_what_is_over_never_runs_again(town):
    survey = over(answered(a_survey(), [(1,)] * 6))
    survey.last_day = timezone.localdate() + timedelta(days=5)
    with pytest.raises(ValidationError):
        editing.save(survey, by=None)
    assert Survey.objects.get().state is State.OVER


def test_names_of_lists_stay_as_they_were_asked(town):
    north = District.objects.create(name="Nord")
    survey = answered(a_survey(kinds=(Kind.DISTRICT,)), [(north.pk,)] * 6)
    District.objects.all().delete()
    assert [row.label for row in results_of(over(survey)).outcomes[0].rows] == ["Nord"]


def test_without_entries_a_list_cannot_be_asked(town):
    TargetGroup.objects.all().delete()
    survey = a_survey(kinds=(Kind.GROUP,), released=False)
    with pytest.raises(ValidationError, match="Liste"):
        editing.release(survey, by=None)
    with pytest.raises(ValidationError, match="keine Frage"):
        editing.release(editing.create(EMPTY, by=None), by=None)


@pytest.mark.parametrize("starter", STARTERS, ids=lambda each: each.name)
def test_each_template_can_be_released_as_it_is(town, starter):
    District.objects.create(name="Mitte")
    TargetGroup.objects.get_or_create(name="Familien")
    survey = editing.release(editing.create(starter, by=None), by=None)
    assert survey.state is State.RUNNING
    copy = editing.copy(survey, by=None)
    assert copy.slug != survey.slug
    assert [each.text for each in copy.questions.all()] == [each.text for each in survey.questions.all()]
    assert copy.state is State.DRAFT
    assert not any(each.listed for each in copy.questions.all())


def test_what_was_promised_is_forgotten_and_the_log_knows_no_answers(town):
    survey = answered(a_survey(kinds=(Kind.TEXT, Kind.AGE)), [("Sag ich nicht laut", 27)] * 6)
    FigureNote.objects.create(figure=editing.note_of(survey), text="Fazit")
    over(survey)
    with time_machine.travel(timezone.now() + timedelta(days=23 * 30)):
        assert tidying.tidy() == 0
        assert FreeText.objects.count() == 6
    with time_machine.travel(timezone.now() + timedelta(days=25 * 31)):
        assert tidying.tidy() == 1
        assert tidying.tidy() == 0
    assert not any(each.objects.exists() for each in (Tally, CrossTally, WeekTally, FreeText))
    assert Survey.objects.get().forgotten_on
    assert Question.objects.count() == 2
    assert FigureNote.objects.get().text == "Fazit"
    logged = [(entry.action, entry.changes) for entry in Entry.objects.filter(action__startswith="survey")]
    assert ("survey.forgotten", {}) in logged
    assert "laut" not in str(logged)
    editing.delete(survey, by=None)
    assert not FigureNote.objects.exists()


def test_texts_lose_their_order_every_night(town):
    survey = answered(a_survey(kinds=(Kind.TEXT,)), [(f"Text {number}",) for number in range(8)])
    before = list(FreeText.objects.values_list("key", "text"))
    tidying.tidy()
    after = list(FreeText.objects.values_list("key", "text"))
    assert {text for _key, text in after} == {text for _key, text in before}
    assert not {key for key, _text in after} & {key for key, _text in before}
    assert survey.questions.count() == 1


def test_many_at_once_lose_no_number(own_database):
    with inside(municipality("ahausen")):
        survey = a_survey(kinds=(Kind.ONE, Kind.AGE))
        answer = said(survey, 0, 27)

    def give():
        with inside(municipality("ahausen")):
            for _each in range(3):
                take(survey, answer)
        connection.close()

    threads = [threading.Thread(target=give) for _each in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with inside(municipality("ahausen")):
        assert set(Tally.objects.values_list("count", flat=True)) == {12}
        assert WeekTally.objects.get().count == 12
        assert not Counter.objects.exists()
