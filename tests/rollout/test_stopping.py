"""A rollout that somebody stops, that stops itself, that waits for its turn, and of which there is never a second."""

import io
import threading
import time
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from audit.models import Entry
from tenants.lifecycle.states import delete_municipality
from tenants.models import Municipality, Rollout, RolloutStep, ServerErrors
from tenants.refused import RefusedError
from tenants.rollout import errors, ordering
from tenants.rollout.errors import errors_of
from tenants.rollout.release import migrations_digest
from tenants.rollout.services import roll_out
from tenants.rollout.wish import Wish
from tenants.running import server_errors
from tenants.running.context import inside_public
from tenants.running.locks import BusyError, is_platform_taken, whole_platform
from tests.rollout.conftest import Silent, rows, towns
from tests.rollout.test_trouble import COLUMN, columns

SLOW = {"0002_slow": 'migrations.RunSQL("SELECT pg_sleep(0.3)")'}


def the_rollout() -> Rollout:
    with inside_public():
        return Rollout.objects.latest("pk")


def in_line(**wish) -> Rollout:
    return ordering.order(Wish(**wish), code=migrations_digest(), by="olga@example.org")


@pytest.fixture
def go():
    """`go(number)`: what the job does with a rollout that is in line."""
    return lambda number: roll_out(Wish(), by="job", report=Silent(), number=number)


class StopsAt(Silent):
    """Somebody asks to stop when so many municipalities are done."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def advance(self, schema_name: str, error: str) -> None:
        super().advance(schema_name, error)
        if len(self.order) == self._number:
            ordering.ask_to_stop(by="olga@example.org")


def test_stopped_it_ends_what_is_under_way_begins_nothing_new_and_goes_on_from_there(release, rolled_out):
    towns(*(f"dorf-{number}" for number in range(12)))
    release(usage=SLOW)
    outcome = rolled_out(report=StopsAt(2), jobs=1)
    assert (outcome.rollout.state, outcome.rollout.reason) == ("stopped", "asked")
    assert 2 <= outcome.done <= 6
    assert outcome.done + outcome.waiting == 14
    assert outcome.errors == []
    again = rolled_out(resume=True)
    assert (again.done, again.waiting, again.rollout.state, again.rollout.reason) == (14, 0, "done", "")
    with inside_public():
        # Each of them was done once.
        assert RolloutStep.objects.filter(state="done").count() == 14
        assert Entry.objects.filter(action="rollout.stop").count() == 1


def test_the_command_stops_lists_and_says_when_there_is_nothing_to_stop(release, rolled_out):
    with pytest.raises(CommandError, match="kein|no rollout"):
        call_command("rollout", stop=True)
    towns(*(f"dorf-{number}" for number in range(12)))
    release(usage=SLOW)
    work = threading.Thread(target=lambda: rolled_out(jobs=1), daemon=True)
    work.start()
    deadline = time.monotonic() + 60
    while not rows("public", "SELECT 1 FROM tenants_rolloutstep WHERE state = 'done'"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert is_platform_taken()
    out = io.StringIO()
    call_command("rollout", stop=True, stdout=out)
    work.join(60)
    assert str(the_rollout().pk) in out.getvalue()
    assert the_rollout().state == "stopped"
    assert not is_platform_taken()
    out = io.StringIO()
    call_command("rollout", past=True, stdout=out)
    assert out.getvalue().startswith(f"{the_rollout().pk}  ")


def test_one_that_waits_is_stopped_at_once_and_can_be_put_in_line_again(release, go):
    release(usage=COLUMN)
    rollout = in_line()
    ordering.ask_to_stop(by="olga@example.org")
    assert (the_rollout().state, the_rollout().reason) == ("stopped", "asked")
    with pytest.raises(RefusedError):
        ordering.ask_to_stop(by="olga@example.org")
    assert ordering.order_again(rollout.pk, by="olga@example.org").state == "waiting"
    with pytest.raises(ordering.UnderWayError):
        ordering.order_again(rollout.pk, by="olga@example.org")
    assert not columns("ahausen")
    assert go(rollout.pk).done == 2


def test_there_is_never_a_second_one(release):
    release(usage=COLUMN)
    first = in_line()
    with pytest.raises(ordering.UnderWayError) as refused:
        in_line(wave="rest")
    assert refused.value.rollout == first
    with inside_public(), pytest.raises(IntegrityError), transaction.atomic():
        Rollout.objects.create(by="x", jobs=1, code="x", state="running")
    with inside_public(), pytest.raises(IntegrityError), transaction.atomic():
        Rollout.objects.create(by="x", jobs=1, code="x", state="waiting")
    # Many at once: one is in line.
    with inside_public():
        Rollout.objects.all().delete()
    made, refused_ones = [], []

    def ask() -> None:
        try:
            made.append(in_line().pk)
        except ordering.UnderWayError as error:
            refused_ones.append(error.rollout.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert refused_ones == made * 5


def test_a_rollout_in_line_is_begun_under_its_number_or_not_at_all(release, rolled_out, go):
    release(usage=COLUMN)
    first = in_line(wave="rest")
    with whole_platform("export"), pytest.raises(BusyError, match="export"):
        go(first.pk)
    assert the_rollout().state == "waiting"
    outcome = go(first.pk)
    assert (outcome.rollout.pk, outcome.rollout.state, outcome.done) == (first.pk, "done", 2)
    with pytest.raises(RefusedError):
        go(first.pk)
    # A plain start takes the place of one that waits.
    waiting = in_line()
    rolled_out()
    with inside_public():
        assert Rollout.objects.get(pk=waiting.pk).state == "superseded"
    for bad in ({"wave": "kanarie"}, {"most_failures": 101}, {"watch": 100_000}):
        with pytest.raises(RefusedError):
            in_line(**bad)


def test_a_process_that_is_to_end_leaves_it_to_be_gone_on_with(release, go):
    release(usage=COLUMN)
    rollout = in_line()
    outcome = roll_out(Wish(), by="job", report=Silent(), number=rollout.pk, ends=lambda: True)
    assert (outcome.rollout.state, outcome.done, outcome.waiting) == ("interrupted", 0, 2)
    assert (go(rollout.pk).done, the_rollout().state) == (2, "done")


def test_a_municipality_deleted_between_stop_and_resume_counts_as_gone(release, rolled_out, settings, tmp_path):
    settings.EXPORT_DIR = tmp_path / "exports"
    towns(*(f"zedorf{number}" for number in range(8)))
    release(usage=SLOW)
    assert rolled_out(report=StopsAt(1), jobs=1).rollout.state == "stopped"
    delete_municipality("zedorf7", confirm="zedorf7")
    outcome = rolled_out(resume=True)
    assert (outcome.rollout.state, outcome.done, outcome.errors) == ("done", 9, [])
    with inside_public():
        assert RolloutStep.objects.get(schema_name="zedorf7").state == "gone"


def test_while_it_runs_nothing_is_deleted(release, rolled_out):
    towns("zedorf")
    release(usage=SLOW)
    refused = []

    class Deletes(Silent):
        def advance(self, schema_name: str, error: str) -> None:
            super().advance(schema_name, error)
            if not refused:
                with pytest.raises(BusyError, match="rollout") as refusal:
                    delete_municipality("zedorf", confirm="zedorf")
                refused.append(refusal.value)

    assert rolled_out(report=Deletes(), jobs=1).done == 3
    assert refused


class DeletesNext(Silent):
    """After the first municipality was done somebody removes the last one, past all locks."""

    def advance(self, schema_name: str, error: str) -> None:
        super().advance(schema_name, error)
        if len(self.order) == 1:
            rows("public", "DROP SCHEMA zedorf CASCADE")
            with inside_public():
                Municipality.objects.filter(slug="zedorf").delete()


def test_one_that_is_removed_in_the_middle_of_it_is_nobodys_failure(release, rolled_out):
    towns("zedorf")
    release(usage=COLUMN)
    outcome = rolled_out(report=DeletesNext(), jobs=1, most_failures=0)
    assert (outcome.rollout.state, outcome.done, outcome.errors) == ("done", 2, [])
    with inside_public():
        assert RolloutStep.objects.get(schema_name="zedorf").state == "gone"


# --- errors of the municipalities that are updated ------------------------------------------------------------------


def errors_at(schema_name: str, number: int, *, minutes: float) -> None:
    """So many in the minute that began so long ago (negative: will begin)."""
    with inside_public():
        ServerErrors.objects.create(
            schema_name=schema_name, minute=timezone.now() - timedelta(minutes=minutes), number=number
        )


def test_errors_of_updated_municipalities_stop_it_before_the_next_wave(release, rolled_out):
    towns("cedorf", wave="canary")
    release(usage=COLUMN)
    errors_at("ahausen", 100, minutes=2)

    class Fails(Silent):
        def advance(self, schema_name: str, error: str) -> None:
            super().advance(schema_name, error)
            # In the minutes that follow, which are over at once.
            with inside_public():
                RolloutStep.objects.filter(schema_name=schema_name).update(
                    ended_at=timezone.now() - timedelta(minutes=4)
                )
            errors_at(schema_name, 3, minutes=3)
            errors_at(schema_name, 3, minutes=1)

    outcome = rolled_out(report=Fails(), jobs=1)
    assert (outcome.rollout.state, outcome.rollout.reason, outcome.done) == ("stopped", "errors", 1)
    assert " 6 " in outcome.rollout.remark
    assert not columns("ahausen")
    # Whoever goes on has seen them; what comes after counts anew.
    again = rolled_out(resume=True)
    assert (again.rollout.state, again.done) == ("done", 3)


def test_a_start_after_errors_of_the_same_code_stops_before_its_first_municipality(release, rolled_out):
    towns("cedorf", wave="canary")
    release(usage=COLUMN)
    assert rolled_out(wave="canary").done == 1
    with inside_public():
        RolloutStep.objects.update(ended_at=timezone.now() - timedelta(minutes=5))
    errors_at("cedorf", 6, minutes=2)
    outcome = rolled_out()
    assert (outcome.rollout.state, outcome.rollout.reason, outcome.done, outcome.waiting) == ("stopped", "errors", 0, 2)
    # The start of a service has nobody to look at it.
    assert rolled_out(heed=False).done == 2


def test_the_watch_before_the_next_wave_is_reckoned_from_the_record_and_can_be_stopped(release, rolled_out):
    towns("cedorf", wave="canary")
    release(usage=COLUMN)
    work = threading.Thread(target=lambda: rolled_out(watch=60), daemon=True)
    work.start()
    deadline = time.monotonic() + 60
    while not columns("cedorf"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(1)
    assert the_rollout().state == "running"
    assert not columns("ahausen")
    ordering.ask_to_stop(by="olga@example.org")
    work.join(30)
    assert (the_rollout().state, columns("ahausen")) == ("stopped", False)
    with inside_public():
        RolloutStep.objects.filter(state="done").update(ended_at=timezone.now() - timedelta(minutes=61))
    start = time.monotonic()
    assert rolled_out(resume=True, watch=60).done == 3
    assert time.monotonic() - start < 60


def test_a_page_that_fails_is_counted_for_its_municipality(ahausen, monkeypatch):
    def broken(*arguments, **named):
        raise ZeroDivisionError

    monkeypatch.setattr("portal.search.views.render", broken)
    client = Client(HTTP_HOST="ahausen.localhost", raise_request_exception=False)
    answers = [client.get("/anbieter/").status_code for _number in range(2)]
    assert answers == [500, 500]
    with inside_public():
        (row,) = ServerErrors.objects.all()
        assert (row.schema_name, row.number) == ("ahausen", 2)
        assert row.minute.second == 0
        ServerErrors.objects.update(minute=timezone.now() - timedelta(days=9))
        server_errors.note("bedorf")
        server_errors.forget_old()
        assert list(ServerErrors.objects.values_list("schema_name", flat=True)) == ["bedorf"]
        server_errors.forget("bedorf")
        assert not ServerErrors.objects.exists()


MINUTE = timedelta(minutes=1)
NOW = datetime(2026, 12, 1, 12, 0, 30, tzinfo=timezone.get_default_timezone())
minutes = st.integers(min_value=0, max_value=100)
towns_of = st.sampled_from(["a", "b", "c"])


def slowly(updates: dict, counts: dict, seen: int | None) -> tuple[int, int, int]:
    """The same, minute by minute and in words: what ended within its hour before; what began after, ten minutes."""
    now = before = 0
    for town, at in updates.items():
        for (where, ago), number in counts.items():
            begins = NOW.replace(second=0) - ago * MINUTE
            if where != town:
                continue
            if begins + MINUTE <= at and at - begins <= timedelta(hours=1):
                before += number
            recent = NOW - begins <= timedelta(minutes=10)
            fresh = seen is None or begins >= NOW - seen * MINUTE
            if begins >= at and recent and fresh:
                now += number
    return len(updates), now, before


@examples(max_examples=60)
@given(
    updates=st.dictionaries(towns_of, st.integers(min_value=0, max_value=5_000), max_size=3),
    counts=st.dictionaries(st.tuples(towns_of, minutes), st.integers(min_value=1, max_value=9), max_size=12),
    seen=st.none() | st.integers(min_value=0, max_value=15),
)
def test_what_counts_as_error_now_and_before_is_as_in_words(django_db_setup, django_db_blocker, updates, counts, seen):
    with django_db_blocker.unblock(), inside_public(), transaction.atomic():
        rollout = Rollout.objects.create(by="x", jobs=1, code="c", state="done", ended_at=NOW)
        other = Rollout.objects.create(by="x", jobs=1, code="other", state="done", ended_at=NOW)
        rollout.errors_seen_at = None if seen is None else NOW - seen * MINUTE
        ended = {town: NOW - timedelta(seconds=ago) for town, ago in updates.items()}
        for town, at in ended.items():
            RolloutStep.objects.create(rollout=rollout, schema_name=town, wave="x", state="done", ended_at=at)
        # Neither what failed nor what another release brought.
        RolloutStep.objects.create(rollout=other, schema_name="c", wave="x", state="done", ended_at=NOW)
        for (town, ago), number in counts.items():
            ServerErrors.objects.create(schema_name=town, minute=NOW.replace(second=0) - ago * MINUTE, number=number)
        found = errors_of(rollout, NOW)
        assert (found.municipalities, found.now, found.before) == slowly(ended, counts, seen)
        transaction.set_rollback(True)


def test_the_limit_is_five_and_twice_the_share_of_before():
    for before, limit in ((0, 5), (2, 5), (3, 6), (60, 25)):
        measured = errors.Errors(3, limit, before)
        assert (measured.limit, measured.too_many) == (limit, False)
        assert errors.Errors(3, limit + 1, before).too_many
