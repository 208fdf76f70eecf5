"""Failed jobs: seen, tried again, dropped; on the page and as a command; and noted in the audit log."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.models import Entry
from core.access import Role
from jobs import failed as room
from jobs.failures import described as error_described
from jobs.failures import forget_failures, note_failure
from jobs.models import Failure
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.health.places import many, queued
from tests.jobs.tasks import count_up, fail_for_good

HERE = "/betrieb/auftraege/"


@pytest.fixture
def operator(db, signed_in):
    return signed_in(None, Role.OPERATOR)


def states(numbers) -> list[str]:
    with inside_public():
        found = dict(ProcrastinateJob.objects.filter(pk__in=numbers).values_list("pk", "status"))
    return [found.get(number, "gone") for number in numbers]


def noted(action: str) -> list[tuple[str, str, dict]]:
    with inside_public():
        entries = Entry.objects.filter(action=action).order_by("pk")
        return [(entry.actor, entry.target_id, entry.changes) for entry in entries]


def test_each_says_whose_it_is_what_failed_when_and_how_often(operator, ahausen):
    (one,) = queued("failed", "ahausen", attempts=8)
    queued("failed", None, task="jobs.tidy", attempts=1)
    queued("succeeded", "ahausen", task="fremd.tasks.gelungen")
    queued("todo", "ahausen", task="fremd.tasks.wartend")
    with inside_public():
        Failure.objects.create(job_id=one, at=timezone.now(), error="TimeoutError (platform/mail/handing.py:45)")
    page = operator.get(HERE).content.decode()
    for text in ("2 fehlgeschlagene Aufträge", "Stadt Ahausen", "mail.tasks.deliver_later", "TimeoutError", "Plattform",
                 "jobs.tidy", "steht im Protokoll", f"{timezone.localtime():%d.%m.%Y}"):  # fmt: skip
        assert text in page, text
    assert "fremd" not in page.partition("<tbody")[2]
    # What it is about is somebody's.
    assert "geheim" not in page


def test_nobody_failed_and_nobody_fits(operator, ahausen):
    assert "Kein Auftrag ist fehlgeschlagen." in operator.get(HERE).content.decode()
    queued("failed", "ahausen")
    page = operator.get(HERE, {"kommune": "bedorf"}).content.decode()
    assert "Kein fehlgeschlagener Auftrag passt." in page
    assert operator.get(HERE, {"kommune": "\0'", "auftrag": "%", "seite": "x"}).status_code == 200


def test_one_is_tried_again_and_that_is_noted(operator, ahausen):
    one, other = queued("failed", "ahausen", number=2)
    answer = operator.post(f"{HERE}{one}/erneut/", {"zurueck": "ahausen"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/betrieb/kommunen/ahausen/"
    assert "1 Auftrag wird noch einmal versucht." in answer.content.decode()
    assert states([one, other]) == ["todo", "failed"]
    assert noted("job.retry") == [("operator@platform.example", str(one), {"municipality": ["", "ahausen"]})]
    # Twice does no harm: it is no failed job any more.
    assert operator.post(f"{HERE}{one}/erneut/").status_code == 404
    assert len(noted("job.retry")) == 1


def test_all_that_fit_are_tried_again(operator, ahausen):
    ours = queued("failed", "ahausen", number=3)
    theirs = queued("failed", "bedorf") + queued("failed", None, task="jobs.tidy")
    answer = operator.post(f"{HERE}erneut/", {"kommune": "ahausen"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"{HERE}?kommune=ahausen"
    assert states(ours) == ["todo"] * 3
    assert states(theirs) == ["failed"] * 2
    operator.post(f"{HERE}erneut/", {"kommune": "public"})
    assert states(theirs) == ["failed", "todo"]


def test_one_like_a_waiting_job_is_left_and_said_so(operator, ahausen):
    waiting = queued("todo", "ahausen", queueing_lock="a")
    like_it = queued("failed", "ahausen", queueing_lock="a")
    twins = queued("failed", "ahausen", queueing_lock="b", number=2)
    page = operator.post(f"{HERE}erneut/", follow=True).content.decode()
    assert states(waiting + like_it + twins) == ["todo", "failed", "failed", "todo"]
    assert "1 Auftrag wird noch einmal versucht." in page
    assert "2 Aufträge blieben liegen" in page


def test_dropping_says_first_what_it_means(operator, ahausen):
    one, other = queued("failed", "ahausen", number=2)
    page = operator.get(f"{HERE}{one}/verwerfen/", {"zurueck": "ahausen"}).content.decode()
    assert "1 fehlgeschlagenen Auftrag verwerfen?" in page
    assert "geschieht nie" in page
    assert states([one, other]) == ["failed"] * 2
    answer = operator.post(f"{HERE}{one}/verwerfen/", {"zurueck": "ahausen"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/betrieb/kommunen/ahausen/"
    assert states([one, other]) == ["gone", "failed"]
    assert [entry[1] for entry in noted("job.drop")] == [str(one)]
    with inside_public():
        assert not Entry.objects.filter(target__contains="geheim").exists()
        assert Entry.objects.get(action="job.drop").target == "mail.tasks.deliver_later"


def test_all_that_fit_are_dropped_and_no_other(operator, ahausen):
    chosen = queued("failed", "ahausen", task="a.tasks.x", number=12)
    others = queued("failed", "ahausen", task="a.tasks.y") + queued("todo", "ahausen", task="a.tasks.x")
    page = operator.get(f"{HERE}verwerfen/", {"auftrag": "a.tasks.x"}).content.decode()
    assert "12 fehlgeschlagene Aufträge verwerfen?" in page
    assert "und 2 weitere" in page
    operator.post(f"{HERE}verwerfen/", {"auftrag": "a.tasks.x"})
    assert set(states(chosen)) == {"gone"}
    assert states(others) == ["failed", "todo"]
    assert (
        "Es gibt nichts zu verwerfen." in operator.get(f"{HERE}verwerfen/", {"auftrag": "a.tasks.x"}).content.decode()
    )


def test_so_many_at_once_and_no_more(operator, ahausen, monkeypatch):
    monkeypatch.setattr(room, "MOST", 3)
    numbers = queued("failed", "ahausen", number=5)
    operator.post(f"{HERE}erneut/")
    # The newest first.
    assert states(numbers) == ["failed", "failed", "todo", "todo", "todo"]


def test_a_page_of_many_asks_as_few_statements(operator, ahausen, django_assert_max_num_queries):
    many(100)
    for number in range(100):
        queued("failed", f"ort-{number:04}")
    operator.get(HERE)
    with django_assert_max_num_queries(16):
        page = operator.get(HERE).content.decode()
    assert page.count("Noch einmal versuchen") == 50


def test_the_same_as_a_command(ahausen, capsys):
    one, other = queued("failed", "ahausen", number=2)
    call_command("failed_jobs")
    assert f"{one} ahausen" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Nummern"):
        call_command("failed_jobs", "--drop")
    call_command("failed_jobs", one, "--retry")
    assert capsys.readouterr().out == "Noch einmal versucht: 1. Liegen geblieben, weil ein gleicher schon wartet: 0.\n"
    call_command("failed_jobs", "--municipality", "bedorf", "--drop")
    assert states([one, other]) == ["todo", "failed"]
    call_command("failed_jobs", "--all", "--drop")
    assert states([one, other]) == ["todo", "gone"]
    assert [entry[0] for entry in noted("job.drop") + noted("job.retry")] == ["manage failed_jobs"] * 2


def test_a_worker_notes_what_went_wrong_and_a_second_try_may_succeed(own_database):
    with inside(municipality("ahausen")):
        number = fail_for_good.defer(word="eva@example.org")
        count_up.defer(term="gut")
    _last_attempt(number)
    call_command("work", until_empty=True)
    assert states([number]) == ["failed"]
    with inside_public():
        (failure,) = Failure.objects.all()
        assert failure.job_id == number
        # The kind and the place, never the words.
        assert failure.error.startswith("ValueError (tests/jobs/tasks.py:")
        (told,) = room.described(room.failed())
        assert (told.schema_name, told.error) == ("ahausen", failure.error)
        assert told.failed_at is not None
        before = told.attempts
        assert room.retry(room.failed(), by="test") == (1, 0)
    call_command("work", until_empty=True)
    assert states([number]) == ["failed"]
    with inside_public():
        assert room.described(room.failed())[0].attempts > before
        assert room.drop(room.failed(), by="test") == 1
        assert not Failure.objects.exists()


def _last_attempt(number: int) -> None:
    with inside_public(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 1 WHERE id = %s", [number])


def test_what_is_noted_of_an_error():
    assert error_described(ValueError("eva@example.org")) == "ValueError"
    with pytest.raises(ZeroDivisionError) as caught:
        states([1 // 0])
    assert error_described(caught.value).startswith("ZeroDivisionError (tests/health/test_failed.py:")


@pytest.mark.django_db
def test_failures_of_jobs_that_are_done_are_forgotten_in_the_night(ahausen):
    (kept,) = queued("failed", "ahausen")
    (done,) = queued("succeeded", "ahausen")
    old = timezone.now() - timedelta(days=3)
    with inside_public():
        for number in (kept, done):
            note_failure(number, ValueError())
        Failure.objects.update(at=old)
        note_failure(done + 1000, ValueError())
    with inside_public():
        async_to_sync(forget_failures)()
        assert set(Failure.objects.values_list("job_id", flat=True)) == {kept, done + 1000}


@settings(max_examples=25)
@given(
    locks=st.lists(st.sampled_from([None, "a", "b", "c"]), max_size=8),
    waiting=st.sets(st.sampled_from(["a", "b"])),
)
@pytest.mark.django_db
def test_no_two_alike_ever_wait(locks, waiting):
    with transaction.atomic():
        for lock in waiting:
            queued("todo", "ahausen", queueing_lock=lock)
        numbers = [queued("failed", "ahausen", queueing_lock=lock)[0] for lock in locks]
        with inside_public():
            again, left = room.retry(room.failed(), by="test")
        expected = sum(lock is None for lock in locks) + len({lock for lock in locks if lock} - waiting)
        assert (again, left) == (expected, len(locks) - expected)
        assert states(numbers).count("todo") == expected
        transaction.set_rollback(True)
