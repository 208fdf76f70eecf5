"""The operator's pages of rollouts: what they show, that they ask no schema, and that their number of statements does
not grow with the municipalities."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core.access import Role
from mail.models import OutboxMessage
from operations.rollouts import tasks
from operations.rollouts.mails import tell_stopped
from operations.rollouts.models import DriftLook, Plan
from operations.rollouts.running import run
from tenants.models import DriftCheck, Municipality, Rollout, RolloutStep, ServerErrors
from tenants.rollout.release import migrations_digest
from tenants.running import context
from tenants.running.context import inside_public
from tracker.releases.models import Release

HOME = "/betrieb/rollouts/"
GROUP = {
    "waves": {"canary": 1, "rest": 2},
    "names": ["ahausen", "bedorf"],
    "fit": 2,
    "migrations": ["usage.0002_shelf"],
    "sql": 'BEGIN;\nCREATE TABLE "usage_shelf" ();\nCOMMIT;',
    "unfit": {"cedorf": "cedorf ist von Hand geändert."},
}
FORM = {"wave": "", "watch": "0", "most_failures": "5", "release": ""}


@pytest.fixture
def operator(signed_in):
    return signed_in(None, Role.OPERATOR)


@pytest.fixture(autouse=True)
def _public(db):
    with inside_public():
        yield


def a_plan(**more) -> Plan:
    made = {"state": "done", "ended_at": timezone.now(), "code": migrations_digest(), "groups": [GROUP], "total": 3}
    return Plan.objects.create(asked_by="olga@example.org", **{**made, **more})


def a_rollout(**more) -> Rollout:
    return Rollout.objects.create(**{"by": "olga@example.org", "jobs": 2, "code": migrations_digest(), **more})


def a_step(rollout: Rollout, schema_name: str, **more) -> RolloutStep:
    made = {"wave": "rest", "state": "done", "ended_at": timezone.now(), "from_version": "usage.0001_initial"}
    return RolloutStep.objects.create(rollout=rollout, schema_name=schema_name, **{**made, **more})


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def jobs() -> list[dict]:
    return tasks.roll_out.under_way().get("public", [])


def test_a_plan_is_asked_for_once_waits_and_shows_its_sql(operator):
    first = operator.post(f"{HOME}plan/")
    assert operator.post(f"{HOME}plan/").url == first.url
    assert Plan.objects.count() == 1
    assert 'data-hx-trigger="every 3s"' in text(operator, first.url)
    assert "data-hx-trigger" not in text(operator, f"{first.url}?ruhig=1")
    # Its process was killed and its job is gone: asking again makes another.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert operator.post(f"{HOME}plan/").url != first.url
    assert Plan.objects.get(pk=Plan.objects.last().pk).state == "failed"
    page = text(operator, f"{HOME}plan/{a_plan(state='done').pk}/")
    for part in ("CREATE TABLE", "usage.0002_shelf", "canary: 1, rest: 2", "von Hand geändert", "Rollout starten"):
        assert part in page, part


def test_started_twice_it_answers_with_the_one_that_is_under_way(operator):
    Municipality.objects.filter(slug="bedorf").update(wave="canary")
    plan = a_plan()
    first = operator.post(f"{HOME}plan/{plan.pk}/starten/", {**FORM, "wave": "canary", "watch": "7"})
    rollout = Rollout.objects.get()
    assert first.url == f"{HOME}{rollout.pk}/"
    assert (rollout.state, rollout.wave, rollout.watch, rollout.most_failures) == ("waiting", "canary", 7, 5)
    assert rollout.by == "operator@platform.example"
    again = operator.post(f"{HOME}plan/{plan.pk}/starten/", FORM, follow=True)
    assert again.redirect_chain == [(first.url, 302)]
    assert "läuft schon" in again.content.decode()
    assert Rollout.objects.count() == 1
    assert jobs() == [{"number": rollout.pk, "code": plan.code}]


def test_nothing_starts_with_an_old_plan_or_nonsense(operator):
    old = a_plan(ended_at=timezone.now() - timedelta(hours=2))
    assert "zu alt" in operator.post(f"{HOME}plan/{old.pk}/starten/", FORM, follow=True).content.decode()
    plan = a_plan()
    for bad in ({"wave": "kanarie"}, {"watch": "-1"}, {"watch": "viele"}, {"most_failures": "101"}, {"release": "99"}):
        assert operator.post(f"{HOME}plan/{plan.pk}/starten/", {**FORM, **bad}).status_code == 400, bad
    assert not Rollout.objects.exists()
    assert jobs() == []


def test_a_version_is_issued_with_the_start_and_not_before(operator):
    release = Release.objects.create(version="26.12")
    plan = a_plan()
    assert "26.12" in text(operator, f"{HOME}plan/{plan.pk}/")
    operator.post(f"{HOME}plan/{plan.pk}/starten/", {**FORM, "release": release.pk})
    release.refresh_from_db()
    assert release.issued_at is not None
    assert "26.12" in text(operator, HOME)


def test_it_is_stopped_and_goes_on(operator):
    plan = a_plan()
    operator.post(f"{HOME}plan/{plan.pk}/starten/", FORM)
    rollout = Rollout.objects.get()
    page = operator.post(f"{HOME}{rollout.pk}/anhalten/", follow=True).content.decode()
    rollout.refresh_from_db()
    assert (rollout.state, rollout.reason, rollout.stop_asked_by) == ("stopped", "asked", "operator@platform.example")
    assert "Fortsetzen" in page
    # The job comes too late and does nothing.
    run(rollout.pk, plan.code)
    assert "keinen Rollout" in operator.post(f"{HOME}{rollout.pk}/anhalten/", follow=True).content.decode()
    operator.post(f"{HOME}{rollout.pk}/fortsetzen/")
    rollout.refresh_from_db()
    assert (rollout.state, rollout.reason, rollout.ended_at) == ("waiting", "", None)
    assert "läuft schon" in operator.post(f"{HOME}{rollout.pk}/fortsetzen/", follow=True).content.decode()
    assert len(jobs()) == 2
    history = text(operator, f"{HOME}{rollout.pk}/")
    assert history.index("fortgesetzt") < history.index("angehalten</p>") < history.index("gestartet</p>")


def test_one_whose_process_was_killed_says_so_and_can_be_gone_on_with(operator):
    rollout = a_rollout(state="running")
    a_step(rollout, "ahausen")
    a_step(rollout, "bedorf", state="waiting", ended_at=None)
    page = text(operator, f"{HOME}{rollout.pk}/")
    assert "Niemand arbeitet mehr daran" in page
    assert "data-hx-trigger" not in page
    operator.post(f"{HOME}{rollout.pk}/fortsetzen/")
    rollout.refresh_from_db()
    assert rollout.state == "waiting"
    assert jobs() == [{"number": rollout.pk}]
    assert "Niemand arbeitet" not in text(operator, f"{HOME}{rollout.pk}/")


def test_a_killed_one_does_not_keep_another_from_starting(operator):
    dead = a_rollout(state="running")
    plan = a_plan()
    operator.post(f"{HOME}plan/{plan.pk}/starten/", FORM)
    dead.refresh_from_db()
    assert dead.state == "interrupted"
    assert Rollout.objects.latest("pk").state == "waiting"
    # The older one is not to be gone on with while a later one is there.
    operator.post(f"{HOME}{dead.pk}/fortsetzen/")
    dead.refresh_from_db()
    assert dead.state == "interrupted"


def test_a_worker_of_another_release_than_the_plan_refuses(operator):
    plan = a_plan(code="0" * 64)
    operator.post(f"{HOME}plan/{plan.pk}/starten/", FORM)
    rollout = Rollout.objects.get()
    run(rollout.pk, plan.code)
    rollout.refresh_from_db()
    assert (rollout.state, rollout.reason) == ("stopped", "refused")
    assert "anderen Ausgabe" in text(operator, f"{HOME}{rollout.pk}/")


def test_each_municipality_has_its_result_with_the_error_and_the_limits_are_said(operator):
    rollout = a_rollout(state="stopped", ended_at=timezone.now(), reason="errors", remark="Sieben von fünf.")
    a_step(rollout, "ahausen", ended_at=timezone.now() - timedelta(minutes=6))
    a_step(rollout, "bedorf", state="failed", error="bedorf: usage.0002 ging nicht: Platte voll.")
    a_step(rollout, "zedorf", state="gone", wave="west")
    a_step(rollout, "wedorf", state="waiting", wave="west", ended_at=None)
    ServerErrors.objects.create(schema_name="ahausen", minute=timezone.now() - timedelta(minutes=4), number=7)
    page = text(operator, f"{HOME}{rollout.pk}/")
    for part in ("Sieben von fünf.", "Platte voll", "über der Grenze", "1 von 3 Kommunen sind aktualisiert",
                 "1 ist entfallen", "1 fehlgeschlagen, 1 warten", "Fortsetzen"):  # fmt: skip
        assert part in page, part
    listed = text(operator, f"{HOME}{rollout.pk}/?stand=gone")
    assert "zedorf" in listed.partition('id="kommunen"')[2]
    assert "Platte voll" not in listed.partition('id="kommunen"')[2]
    assert text(operator, f"{HOME}{rollout.pk}/?stand=unsinn&seite=99999")


def test_htmx_draws_the_whole_page_anew_when_it_is_over(operator):
    rollout = a_rollout(state="done", ended_at=timezone.now())
    assert operator.get(f"{HOME}{rollout.pk}/", HTTP_HX_REQUEST="true")["HX-Refresh"] == "true"
    assert "HX-Refresh" not in operator.get(f"{HOME}{rollout.pk}/")


def test_a_plan_whose_job_ended_without_a_word_is_not_waited_for(operator):
    plan = a_plan(state="waiting", ended_at=None)
    page = text(operator, f"{HOME}plan/{plan.pk}/")
    assert "vorzeitig" in page
    assert "data-hx-trigger" not in page
    assert 'action="/betrieb/rollouts/plan/"' in page


def test_drift_is_a_list_of_its_own(operator):
    assert "Noch nie" in text(operator, f"{HOME}abweichungen/")
    operator.post(f"{HOME}abweichungen/pruefen/")
    operator.post(f"{HOME}abweichungen/pruefen/")
    look = DriftLook.objects.get()
    assert "vergleicht alle Schemata" in text(operator, f"{HOME}abweichungen/")
    look.state, look.ended_at = "done", timezone.now()
    look.save()
    found = {"bedorf": ["- trigger offers_offer offers_offer_changed", "+ <b>spalte"]}
    DriftCheck.objects.create(compared=2, found=found)
    page = text(operator, f"{HOME}abweichungen/")
    assert "- trigger offers_offer offers_offer_changed\n+ &lt;b&gt;spalte" in page
    assert "1 von 2 Schemata weicht ab" in page
    assert "1 von 2 Schemata weicht ab" in text(operator, HOME)
    DriftLook.objects.create(asked_by="x", state="failed", ended_at=timezone.now(), error="Gerade nicht.")
    page = text(operator, f"{HOME}abweichungen/")
    assert "Gerade nicht." in page
    assert "1 von 2 Schemata weicht ab" in page


def test_operators_get_a_mail_when_it_stopped_by_itself_and_none_when_they_did(person):
    olga = person(None, Role.OPERATOR)
    person(None, email="niemand@platform.example")
    tell_stopped(a_rollout(state="stopped", reason="asked", ended_at=timezone.now()))
    assert not OutboxMessage.objects.exists()
    rollout = a_rollout(state="stopped", reason="errors", remark="Sieben von fünf.", ended_at=timezone.now())
    tell_stopped(rollout)
    mail = OutboxMessage.objects.get()
    assert mail.to == olga.email
    assert f"Rollout {rollout.pk}" in mail.subject
    assert "Sieben von fünf." in mail.body
    assert f"/betrieb/rollouts/{rollout.pk}/" in mail.body
    assert "{{" not in mail.subject + mail.body


def statements_of(client, address: str, monkeypatch) -> list[str]:
    """What a page asks of the database; it stays on the operator's side all the time."""
    seen: list[str] = []

    def write(execute, sql, params, many, given):
        seen.append(str(sql))
        return execute(sql, params, many, given)

    entered = set()
    real = context._turn_to
    with monkeypatch.context() as patch:
        patch.setattr(context, "_turn_to", lambda name: (entered.add(name), real(name))[1])
        with connection.execute_wrapper(write):
            assert client.get(address).status_code == 200
    assert entered <= {"public"}
    return seen


def test_with_a_thousand_municipalities_no_page_asks_a_schema_nor_more_than_with_three(operator, monkeypatch):
    Municipality.objects.filter(slug="bedorf").update(wave="canary")
    rollout = a_rollout(state="running")
    for slug in ("ahausen", "bedorf"):
        a_step(rollout, slug)
    a_step(rollout, "cedorf", state="failed", error="x")
    plan = a_plan()
    DriftCheck.objects.create(compared=3, found={"bedorf": ["- x"]})
    pages = (HOME, f"{HOME}{rollout.pk}/", f"{HOME}plan/{plan.pk}/", f"{HOME}abweichungen/")
    for page in pages:
        operator.get(page)
    before = {page: statements_of(operator, page, monkeypatch) for page in pages}
    names = [f"ort-{number}" for number in range(1_000)]
    Municipality.objects.bulk_create(Municipality(slug=name, schema_name=name, name=name.title()) for name in names)
    RolloutStep.objects.bulk_create(
        RolloutStep(
            rollout=rollout, schema_name=name, wave=f"welle-{number % 5}", ended_at=timezone.now(),
            state="failed" if number % 50 == 0 else "done", error="Fehler " * 20,
        )
        for number, name in enumerate(names)
    )  # fmt: skip
    ServerErrors.objects.bulk_create(ServerErrors(schema_name=name, minute=timezone.now(), number=1) for name in names)
    DriftCheck.objects.update(found={name: ["- x"] for name in names})
    for page in pages:
        after = statements_of(operator, page, monkeypatch)
        assert len(after) <= len(before[page]), page
        assert len(after) <= 20, page
        told = " ".join(after)
        assert not any(f'"{name}"' in told or f"{name}." in told for name in ("ahausen", "bedorf", "ort-1"))
