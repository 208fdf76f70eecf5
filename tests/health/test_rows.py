"""What is known of all municipalities: from shared tables, in as many statements for many as for few."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from audit.services import record
from core.access import Role
from health.limits import CAUSES, Tone, judged
from health.rows import Row, all_rows, last_backup, row_of
from mail.models import OutboxMessage
from operations.models import GivenUpMail
from tenants.models import DriftCheck, Municipality, Rollout, RolloutStep, State
from tenants.running import figures
from tenants.running.answers import BOUNDS, Answers
from tenants.running.context import inside, inside_public
from tests.conftest import PASSWORD
from tests.health.places import many, measured, queued, saved

NOW = timezone.now()


def _row(slug: str) -> Row:
    """The same whether all are asked for or this one."""
    with inside_public():
        found = row_of(slug)
        (among_all,) = [row for row in all_rows() if row.slug == slug]
    assert replace(among_all, now=found.now) == found
    return found


def test_a_thousand_cost_as_many_statements_as_two_and_no_schema_is_asked(ahausen, bedorf):
    measured(ahausen)
    with inside_public(), CaptureQueriesContext(connection) as few:
        assert len(all_rows()) == 2
    many(1000)
    with inside_public(), CaptureQueriesContext(connection) as asked:
        rows = all_rows()
    assert len(rows) == 1002
    assert len(asked) == len(few) <= 11
    # Their schemas do not exist, and none of the real ones is named either.
    assert not [query["sql"] for query in asked if "ahausen" in query["sql"] or "ort-" in query["sql"]]
    newest = {row.slug: row.offers for row in rows if row.figures and row.slug.startswith("ort-")}
    assert newest == {f"ort-{n:04}": n for n in range(1000)}


def test_of_many_nights_the_last_is_told(ahausen):
    for days, offers in ((3, 5), (1, 7), (2, 6)):
        measured(ahausen, NOW - timedelta(days=days), offers=offers)
    assert _row("ahausen").offers == 7
    assert _row("bedorf").figures is None


def test_jobs_count_where_they_belong(ahausen):
    queued("todo", "ahausen", number=3)
    queued("todo", "ahausen", scheduled_at=NOW + timedelta(hours=3))
    queued("todo", "ahausen", scheduled_at=NOW - timedelta(hours=3))
    queued("failed", "ahausen", number=2)
    queued("succeeded", "ahausen", number=4)
    queued("failed", None)
    assert (_row("ahausen").queue.waiting, _row("ahausen").queue.failed) == (4, 2)
    assert _row("bedorf").queue.failed == 0


def test_a_backup_of_everything_counts_for_whoever_was_there(ahausen, bedorf):
    saved(NOW - timedelta(days=3), "bedorf")
    saved(NOW - timedelta(hours=5))
    saved(NOW - timedelta(hours=1), error="voll")
    saved(NOW - timedelta(hours=1), removed_at=NOW)
    with inside_public():
        Municipality.objects.filter(slug="ahausen").update(created_at=NOW - timedelta(days=9))
        Municipality.objects.filter(slug="bedorf").update(created_at=NOW - timedelta(hours=2))
    assert _row("ahausen").backup_at == NOW - timedelta(hours=5)
    assert _row("bedorf").backup_at == NOW - timedelta(days=3)


_hours = st.integers(0, 100)


@given(own=st.none() | _hours, of_all=st.none() | _hours, created=_hours)
def test_which_backup_is_the_last(own, of_all, created):
    def at(hours):
        return NOW - timedelta(hours=hours)

    backups = {slug: at(hours) for slug, hours in (("ort", own), ("", of_all), ("anderer", 0)) if hours is not None}
    counts = (own, of_all if of_all is not None and of_all <= created else None)
    known = [hours for hours in counts if hours is not None]
    assert last_backup("ort", at(created), backups) == (at(min(known)) if known else None)


def test_an_update_is_open_until_a_later_one_reached_it(ahausen, bedorf):
    with inside_public():
        first, second = (
            Rollout.objects.create(by="test", jobs=1, code=str(n), state="done", ended_at=NOW) for n in (1, 2)
        )
        for rollout, slug, state in (
            (first, "ahausen", "failed"), (first, "bedorf", "failed"), (second, "ahausen", "done"),
        ):  # fmt: skip
            RolloutStep.objects.create(rollout=rollout, schema_name=slug, state=state)
    assert (_row("ahausen").update, _row("bedorf").update) == ("", "failed")


def test_drift_is_what_the_last_check_found_and_unknown_before(ahausen):
    assert _row("ahausen").drift is None
    with inside_public():
        DriftCheck.objects.create(compared=2, found={"ahausen": ["- alt"]})
        check = DriftCheck.objects.create(compared=2, found={"ahausen": ["- index", "+ spalte"]})
        assert _row("ahausen").drift == 2
        assert _row("bedorf").drift == 0
        DriftCheck.objects.filter(pk=check.pk).update(at=NOW - timedelta(days=400))
        DriftCheck.objects.exclude(pk=check.pk).delete()
    assert _row("bedorf").drift is None, "it is younger than the check"


def test_given_up_mail_is_that_of_the_last_count(ahausen):
    with inside_public():
        GivenUpMail.objects.create(schema_name="ahausen", number=3, since=NOW, counted_at=NOW)
    assert (_row("ahausen").given_up, _row("bedorf").given_up) == (3, 0)


def test_the_night_counts_mails_of_thirty_days_and_when_an_editor_was_there(ahausen):
    with inside(ahausen):
        for number, (days, bounced) in enumerate(((1, True), (2, False), (29, False), (31, True))):
            sent = NOW - timedelta(days=days)
            OutboxMessage.objects.create(
                to="a@example.org", subject="x", body="x", sender="b@example.org", message_id=f"<{number}@x>",
                state="sent", sent_at=sent, bounced_at=sent if bounced else None,
            )  # fmt: skip
        editor = User.objects.create_user("e@ahausen.example", PASSWORD, roles=[Role.EDITOR])
        other = User.objects.create_user("a@ahausen.example", PASSWORD)
        assert figures.measure(NOW.date()).last_editor_activity is None
        User.objects.filter(pk=editor.pk).update(last_login=NOW - timedelta(days=3))
        User.objects.filter(pk=other.pk).update(last_login=NOW)
        record("offer.published", other, by=other)
        row = figures.measure(NOW.date())
        assert (row.mails_sent, row.mails_bounced) == (3, 1)
        assert row.last_editor_activity == NOW - timedelta(days=3)
        entry = record("offer.published", other, by=editor)
        assert figures.measure(NOW.date()).last_editor_activity == entry.at


def _quiet(**changes) -> Row:
    """One that is well, but for the changes."""
    from tenants.models import MunicipalityFigures

    of_night = {"last_editor_activity": NOW, "measured_at": NOW, "night": NOW.date(), "offers": 1}
    night = {name: changes.pop(name) for name in [*changes] if hasattr(MunicipalityFigures, name)}
    from health.rows import Queue

    given = {
        "pk": 1, "slug": "ort", "name": "Ort", "state": "live", "wave": "rest", "created_at": NOW - timedelta(days=90),
        "hosts": ("ort.example",), "figures": MunicipalityFigures(**{**of_night, **night}), "queue": Queue(),
        "given_up": 0, "backup_at": NOW, "update": "", "drift": None, "now": NOW, **changes,
    }  # fmt: skip
    return Row(**given)


def _queue(**given):
    from health.rows import Queue

    return {"queue": Queue(**given)}


def _answers(number, *, errors=0, within=50):
    spread = tuple(number if bound == within else 0 for bound in BOUNDS)
    return {"answers": Answers(number, errors, number * within, spread)}


GIB = 2**30
EDGES = [
    ("update", {"update": ""}, {"update": "waiting"}, {"update": "failed"}),
    ("umzug", {"held_since": NOW - timedelta(minutes=2)}, {"held_since": NOW - timedelta(minutes=3)},
     {"held_since": NOW - timedelta(minutes=15)}),
    ("auftraege", _queue(failed=0), _queue(failed=1), _queue(failed=10)),
    ("warteschlange", _queue(waiting=99), _queue(waiting=100), _queue(waiting=1000)),
    ("fehler", _answers(1000, errors=9), _answers(1000, errors=10), _answers(1000, errors=50)),
    ("antwortzeit", _answers(50, within=1000), _answers(50, within=2000), _answers(50, within=5000)),
    ("mails", {"given_up": 0}, {"given_up": 1}, {"given_up": 20}),
    ("ruecklaeufer", {"mails_sent": 100, "mails_bounced": 4}, {"mails_sent": 100, "mails_bounced": 5},
     {"mails_sent": 20, "mails_bounced": 4}),
    ("sicherung", {"backup_at": NOW - timedelta(hours=25.9)}, {"backup_at": NOW - timedelta(hours=26)},
     {"backup_at": NOW - timedelta(hours=50)}),
    ("zahlen", {"measured_at": NOW - timedelta(hours=49)}, {"measured_at": NOW - timedelta(hours=50)}, None),
    ("abweichung", {"drift": 0}, {"drift": 1}, None),
    ("zeiten", {"span_differences": 0}, {"span_differences": 1}, None),
    ("zertifikat", {"certificate_days": 21.1}, {"certificate_days": 21.0}, {"certificate_days": 7.0}),
    ("redaktion", {"last_editor_activity": NOW - timedelta(days=29)},
     {"last_editor_activity": NOW - timedelta(days=30)}, None),
    ("speicher", {"file_bytes": 8 * GIB - 1}, {"file_bytes": 6 * GIB, "database_bytes": 2 * GIB}, None),
]  # fmt: skip


def test_every_cause_has_its_edges_below():
    assert [key for key, *_edges in EDGES] == [cause.key for cause in CAUSES]


@pytest.mark.parametrize(("key", "well", "watch", "bad"), EDGES, ids=lambda each: each if isinstance(each, str) else "")
def test_a_limit_is_crossed_exactly_where_it_stands(key, well, watch, bad):
    assert judged(_quiet(**well)).wrong == {}
    assert judged(_quiet(**watch)).wrong == {key: Tone.WATCH}
    if bad is not None:
        assert judged(_quiet(**bad)).wrong == {key: Tone.BAD}


def test_what_says_nothing_is_not_wrong():
    # Few mails; editors of one that is not live; one that was made a moment ago and neither saved nor counted.
    assert judged(_quiet(mails_sent=19, mails_bounced=19)).wrong == {}
    away = {"last_editor_activity": NOW - timedelta(days=400)}
    assert judged(_quiet(state="suspended", **away)).tone is Tone.REST
    assert judged(_quiet(**_answers(49, errors=49, within=5000))).wrong == {}
    fresh = {"backup_at": None, "figures": None, "created_at": NOW - timedelta(hours=1)}
    assert judged(_quiet(state="draft", **fresh)).tone is Tone.NEW
    assert judged(_quiet(**fresh)).tone is Tone.OK
    # Nobody was ever there, since it was made.
    assert judged(_quiet(last_editor_activity=None)).wrong == {"redaktion": Tone.WATCH}


@settings(max_examples=60)
@given(chosen=st.lists(st.sampled_from([edge for edge in EDGES if edge[0] != "zahlen"]), max_size=4, unique_by=id),
       bad=st.booleans(), state=st.sampled_from(State.values))  # fmt: skip
def test_the_worst_decides(chosen, bad, state):
    changes, wanted = {}, {}
    for key, _well, watch, worse in chosen:
        edge = worse if bad and worse is not None else watch
        if key in {"auftraege", "warteschlange"} and "queue" in changes:
            continue
        if key in {"fehler", "antwortzeit"} and "answers" in changes:
            continue
        changes |= edge
        wanted[key] = Tone.BAD if edge is worse else Tone.WATCH
    if state != State.LIVE:
        wanted.pop("redaktion", None)
    found = judged(_quiet(state=state, **changes))
    assert found.wrong == wanted
    resting = {State.LIVE: Tone.OK, State.DRAFT: Tone.NEW}.get(state, Tone.REST)
    expected = Tone.BAD if Tone.BAD in wanted.values() else Tone.WATCH if wanted else resting
    assert found.tone is expected
    assert [tone for _cause, tone in found.causes] == sorted(wanted.values(), key=list(Tone).index)
