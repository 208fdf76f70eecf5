"""How long answers take and how many are errors: counted, added up, forgotten, shown, told, and heeded by rollouts."""

from datetime import timedelta

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from core.access import Role
from health.limits import Tone, judged
from health.rows import all_rows, row_of
from tenants.models import AnswerTimes, Rollout, RolloutStep
from tenants.rollout.brake import Brake
from tenants.rollout.slowness import slowness_of
from tenants.running import answers
from tenants.running.answers import BOUNDS, Answers, Measured, MeasuringApplication
from tenants.running.context import inside_public
from tenants.running.page_cache import PageCache
from tests.health.places import many

durations = st.lists(st.integers(min_value=0, max_value=9000), min_size=1, max_size=60)


def counted(milliseconds, *, errors=0) -> Answers:
    spread = [0] * len(BOUNDS)
    for each in milliseconds:
        place = next((place for place, bound in enumerate(BOUNDS) if each <= bound), None)
        if place is not None:
            spread[place] += 1
    return Answers(len(milliseconds), errors, sum(milliseconds), tuple(spread))


def answered(slug, *, number=100, errors=0, within=50, minutes=2):
    """So many answers of one municipality that all came within one bound, in the slot so many minutes ago."""
    slot = (timezone.now() - timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    slot -= timedelta(minutes=slot.minute % 5)
    given = {f"to_{bound}": number if bound == within else 0 for bound in BOUNDS}
    with inside_public():
        AnswerTimes.objects.create(
            schema_name=slug, slot=slot, answers=number, errors=errors, milliseconds=number * within, **given
        )


@given(milliseconds=durations)
def test_95_of_100_lie_within_what_is_said_as_near_as_the_bounds_allow(milliseconds):
    said = counted(milliseconds).p95
    slowest_of_95 = sorted(milliseconds)[-(-95 * len(milliseconds) // 100) - 1]
    lower = max((bound for bound in (0, *BOUNDS) if bound < slowest_of_95), default=0)
    upper = min((bound for bound in BOUNDS if bound >= slowest_of_95), default=BOUNDS[-1])
    assert min(lower, BOUNDS[-1]) <= said <= upper


def test_of_no_answers_nothing_is_said():
    assert (Answers().p95, Answers().mean, Answers().error_percent) == (0, 0, 0)


def asked(application, path="/", host="ahausen.localhost", **more) -> str:
    said = []
    environ = Client(HTTP_HOST=host)._base_environ(PATH_INFO=path, **more)
    body = application(environ, lambda status, headers, *rest: said.append(status))
    b"".join(body)
    getattr(body, "close", lambda: None)()
    return said[0]


def test_pages_from_django_and_from_memory_count_and_files_strangers_and_the_closed_do_not(own_database, monkeypatch):
    here = Measured()
    monkeypatch.setattr(answers, "measured", here)
    application = MeasuringApplication(PageCache(get_wsgi_application()))
    assert asked(application, "/impressum/").startswith("200")
    assert asked(application, "/impressum/").startswith("200")
    assert asked(application, "/gibt-es-nicht/").startswith("404")
    asked(application, "/media/gibt-es-nicht.webp")
    asked(application, "/", host="niemand.localhost")
    asked(application, "/betrieb/", host="localhost")
    assert here.write()
    with inside_public():
        (row,) = AnswerTimes.objects.all()
        assert (row.schema_name, row.answers, row.errors) == ("ahausen", 3, 0)
        assert (row.slot.minute % 5, row.slot.second) == (0, 0)
        assert sum(getattr(row, f"to_{bound}") for bound in BOUNDS) <= 3


@pytest.mark.parametrize(
    ("status", "number", "errors"), [("500 x", 1, 1), ("404 x", 1, 0), ("503 x", 0, 0), ("", 1, 1)]
)
def test_an_error_is_what_is_ours(monkeypatch, status, number, errors):
    here = Measured()
    monkeypatch.setattr(answers, "measured", here)

    def application(environ, start_response):
        answers.note(environ, "ahausen")
        if not status:
            raise ZeroDivisionError
        start_response(status, [])
        return []

    if status:
        MeasuringApplication(application)({}, lambda *said: None)
    else:
        with pytest.raises(ZeroDivisionError):
            MeasuringApplication(application)({}, lambda *said: None)
    rows = list(here._counts.values())
    assert [(row[0], row[1]) for row in rows] == ([(number, errors)] if number else [])


def test_several_processes_add_to_the_same_rows_in_one_statement_each(db, django_assert_max_num_queries):
    first, second = Measured(), Measured()
    for process in (first, second):
        for slug in ("bedorf", "ahausen", "cedorf"):
            process.add(slug, 0.07, is_error=False)
            process.add(slug, 7.0, is_error=True)
    with inside_public():
        # One, and the search path.
        with django_assert_max_num_queries(2):
            assert first.write()
        assert second.write()
        assert second.write()
        found = answers.since(timezone.now() - timedelta(hours=1))
        for slug in ("ahausen", "bedorf", "cedorf"):
            assert (found[slug].number, found[slug].errors, found[slug].milliseconds) == (4, 2, 14140)
        assert found["ahausen"].spread == (0, 2, 0, 0, 0, 0, 0)


def test_what_the_database_refuses_waits_and_is_bounded(db, monkeypatch):
    here = Measured()
    here.add("ahausen", 0.01, is_error=False)

    def away(counts):
        here.add("ahausen", 0.01, is_error=False)
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(answers, "_add", away)
        assert not here.write()
    monkeypatch.setattr(answers, "MOST", 2)
    for slug in ("b", "c", "d"):
        here.add(slug, 0.01, is_error=False)
    assert sorted(schema for schema, _slot in here._counts) == ["ahausen", "b"]
    assert here.write()
    with inside_public():
        assert sum(AnswerTimes.objects.filter(schema_name="ahausen").values_list("answers", flat=True)) == 2


def test_old_times_go_and_those_of_a_deleted_municipality(db):
    answered("ahausen", minutes=27 * 60)
    answered("ahausen")
    answered("bedorf")
    with inside_public():
        answers.forget_old()
        assert AnswerTimes.objects.count() == 2
        answers.forget("bedorf")
        assert AnswerTimes.objects.get().schema_name == "ahausen"


def test_limits_need_fifty_answers_of_the_last_hour(ahausen, bedorf):
    answered("ahausen", number=49, errors=49, within=5000)
    answered("bedorf", number=100, errors=6, within=5000, minutes=20)
    answered("bedorf", number=1000, within=50, minutes=80)
    with inside_public():
        towns = {each.row.slug: each for each in map(judged, all_rows())}
    assert {"fehler", "antwortzeit"}.isdisjoint(towns["ahausen"].wrong)
    assert towns["bedorf"].wrong["fehler"] is Tone.BAD
    assert towns["bedorf"].wrong["antwortzeit"] is Tone.BAD


def test_the_page_of_one_shows_the_hour_the_day_and_a_picture(signed_in, ahausen):
    operator = signed_in(None, Role.OPERATOR)
    assert "chart__bar" not in operator.get("/betrieb/kommunen/ahausen/").content.decode()
    answered("ahausen", number=200, errors=3, within=100)
    answered("ahausen", number=50, within=2000, minutes=130)
    page = operator.get("/betrieb/kommunen/ahausen/").content.decode()
    assert "3 (1,5\N{NO-BREAK SPACE}%)" in page
    assert "3 (1,2\N{NO-BREAK SPACE}%)" in page
    assert page.count('class="chart__bar"') == 24
    assert "Von den letzten 24 Stunden war die ab" in page
    row = row_of("ahausen")
    assert row is not None
    assert row.response_ms == pytest.approx(97.5)


def an_update(*slugs, minutes) -> Rollout:
    with inside_public():
        rollout = Rollout.objects.create(by="x", jobs=1, code="c", state="done", ended_at=timezone.now())
        for slug in slugs:
            ended = timezone.now() - timedelta(minutes=minutes)
            RolloutStep.objects.create(rollout=rollout, schema_name=slug, wave="x", state="done", ended_at=ended)
        return rollout


@pytest.mark.parametrize(
    ("before", "after", "number", "slow"),
    [(50, 50, 100, False), (50, 1000, 100, False), (50, 2000, 100, True), (50, 2000, 49, False),
     (1000, 2000, 100, False), (1000, 5000, 100, True)],
)  # fmt: skip
def test_a_rollout_stops_when_what_it_updated_answers_slowly(db, before, after, number, slow):
    rollout = an_update("ahausen", minutes=17)
    answered("ahausen", within=before, minutes=40)
    answered("ahausen", within=after, number=number, minutes=6)
    # Nobody asks about those who were not updated.
    answered("bedorf", within=5000, number=1000, minutes=6)
    with inside_public():
        halt = Brake(rollout).look(anew=True)
        assert (halt.reason if halt else "") == ("slow" if slow else "")
        if halt:
            assert f"{number} Antworten" in halt.remark
            assert Brake(rollout, heed=False).look(anew=True) is None
            # Whoever goes on has seen it.
            rollout.reason = "slow"
            rollout.take_up(timezone.now())
            assert Brake(rollout).look(anew=True) is None


@examples(max_examples=25)
@given(slots=st.dictionaries(st.integers(0, 20), st.integers(1, 9), max_size=8), minutes=st.integers(0, 70))
def test_which_slots_count_is_as_in_words(django_db_setup, django_db_blocker, slots, minutes):
    now = timezone.now().replace(second=30)
    with django_db_blocker.unblock(), inside_public(), transaction.atomic():
        rollout = an_update("ahausen", minutes=0)
        at = now - timedelta(minutes=minutes)
        RolloutStep.objects.update(ended_at=at)
        slot = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
        begins = {slot - timedelta(minutes=5 * back): number for back, number in slots.items()}
        AnswerTimes.objects.bulk_create(
            AnswerTimes(schema_name="ahausen", slot=slot, answers=n, errors=0, milliseconds=0,
                        **{f"to_{bound}": 0 for bound in BOUNDS})
            for slot, n in begins.items()
        )  # fmt: skip
        found = slowness_of(rollout, now)
        after = sum(n for slot, n in begins.items() if slot >= at and slot >= now - timedelta(minutes=15))
        before = sum(n for slot, n in begins.items()
                     if slot + timedelta(minutes=5) <= at and slot >= at - timedelta(hours=1))  # fmt: skip
        assert (found.now.number, found.before.number) == (after, before)
        transaction.set_rollback(True)


def test_all_cost_one_statement_and_the_search_path(ahausen, django_assert_max_num_queries):
    many(300)
    for number in range(300):
        answered(f"ort-{number:04}")
    with inside_public(), django_assert_max_num_queries(2):
        assert len(answers.since(timezone.now() - timedelta(hours=1))) == 300
