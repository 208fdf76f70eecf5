"""Announcements: who sees them, from when until when, and that mails go out once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from announcements import services
from announcements.models import Announcement, Dismissal
from announcements.tasks import mail_due, spread, tell_people
from core.access import Role
from mail.models import OutboxMessage
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public

DESK, MINE, DESKS = "/redaktion/", "/redaktion/mitteilungen/", "/betrieb/mitteilungen/"


def made(*, towns=(), publish=True, **more):
    given = {"title": "Wartung am Sonntag", "text": "<p>Von 6 bis 7 Uhr.</p>", "roles": ["editor", "admin"], **more}
    with inside_public():
        found = services.save(Announcement(**given), towns=list(towns), by="olga")
        if publish:
            services.publish(found, by="olga")
    return found


@pytest.fixture
def operator(ahausen, signed_in):
    return signed_in(None, Role.OPERATOR)


def test_it_is_written_seen_published_read_put_away_and_withdrawn(operator, ahausen, bedorf, signed_in):
    today = timezone.localdate()
    given = {
        "title": "Neue Frage <b>", "text": "Bitte lesen.\n\n- erstens", "starts_on": today.isoformat(),
        "audience": "towns", "towns": [ahausen.pk], "roles": ["editor"], "by_mail": "on",
    }  # fmt: skip
    assert operator.post(f"{DESKS}neu/", {**given, "towns": []}).status_code == 400
    assert operator.post(f"{DESKS}neu/", given).status_code == 302
    found = Announcement.objects.get()
    page = operator.get(f"{DESKS}{found.pk}/").content.decode()
    assert "Stadt Ahausen" in page
    assert "<li>erstens</li>" in page
    editor, there = signed_in(ahausen, Role.EDITOR), signed_in(bedorf, Role.EDITOR)
    assert "Neue Frage" not in editor.get(DESK).content.decode()
    assert operator.post(f"{DESKS}{found.pk}/veroeffentlichen/").status_code == 302
    told = editor.get(DESK).content.decode()
    assert "Neue Frage &lt;b&gt;" in told
    assert "Neue Frage" not in there.get(DESK).content.decode()
    assert there.get(f"{MINE}{found.pk}/").status_code == 404
    assert there.post(f"{MINE}{found.pk}/gelesen/").status_code == 404
    assert "<li>erstens</li>" in editor.get(f"{MINE}{found.pk}/").content.decode()
    # What is published does not change.
    operator.post(f"{DESKS}{found.pk}/aendern/", {**given, "title": "Anders"})
    operator.post(f"{DESKS}{found.pk}/loeschen/")
    assert Announcement.objects.get().title == "Neue Frage <b>"
    answer = editor.post(f"{MINE}{found.pk}/gelesen/", {"zurueck": DESK})
    assert (answer.status_code, answer.url) == (302, DESK)
    editor.post(f"{MINE}{found.pk}/gelesen/")
    assert Dismissal.objects.count() == 1
    assert "Neue Frage" not in editor.get(DESK).content.decode()
    assert "Neue Frage" in editor.get(MINE).content.decode()
    assert operator.post(f"{DESKS}{found.pk}/zurueckziehen/").status_code == 302
    assert editor.get(f"{MINE}{found.pk}/").status_code == 404


def test_roles_waves_and_days_decide(ahausen, bedorf, signed_in):
    today = timezone.localdate()
    with inside_public():
        Municipality.objects.filter(pk=ahausen.pk).update(wave="canary")
    editor, admin, planner = (signed_in(ahausen, role) for role in (Role.EDITOR, Role.ADMIN, Role.PLANNER))
    made(title="Nur Administration", roles=["admin"])
    made(title="Nur Vorreiter", audience="waves", waves=["canary"])
    made(title="Morgen erst", starts_on=today + timedelta(days=1))
    made(title="Heute zuletzt", ends_on=today)
    seen = editor.get(DESK).content.decode()
    assert [each in seen for each in ("Nur Administration", "Nur Vorreiter", "Morgen erst", "Heute zuletzt")] == [
        False, True, False, True,
    ]  # fmt: skip
    assert "Nur Administration" in admin.get(DESK).content.decode()
    assert "Heute zuletzt" not in planner.get("/konto/", follow=True).content.decode()
    seen = signed_in(bedorf, Role.EDITOR).get(DESK).content.decode()
    assert ("Nur Vorreiter" in seen, "Heute zuletzt" in seen) == (False, True)
    with pytest.raises(RefusedError):
        made(title="Für niemanden", audience="waves", waves=["nie"])
    with pytest.raises(RefusedError):
        made(title="Vorbei", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=2))


def test_markup_is_cleaned(ahausen, operator):
    given = {
        "title": "T", "text": "x", "text_html": '<p onclick="x()">Gut<script>x()</script></p>',
        "starts_on": timezone.localdate().isoformat(), "audience": "all", "roles": ["editor"],
    }  # fmt: skip
    assert operator.post(f"{DESKS}neu/", given).status_code == 302
    assert Announcement.objects.get().text == "<p>Gut</p>"


def test_mails_go_out_once_on_the_first_day_and_not_after_it_was_withdrawn(ahausen, bedorf, person):
    today = timezone.localdate()
    person(ahausen, Role.EDITOR)
    person(ahausen, Role.PLANNER)
    found = made(starts_on=today + timedelta(days=1), by_mail=True, audience="towns", towns=[ahausen])

    def queued(job):
        return ProcrastinateJob.objects.filter(task_name=job.name).count()

    assert mail_due(today) == 0
    assert [mail_due(today + timedelta(days=1)) for _time in range(2)] == [1, 0]
    assert queued(spread) == 1
    with inside_public():
        spread(number=found.pk)
    assert queued(tell_people) == 1
    with inside(ahausen):
        tell_people(number=found.pk)
        mails = list(OutboxMessage.objects.all())
        assert [(each.to, each.subject) for each in mails] == [("editor@ahausen.example", "Wartung am Sonntag")]
        assert f"/redaktion/mitteilungen/{found.pk}/" in mails[0].body
    with inside_public():
        services.withdraw(found, by="olga")
    with inside(ahausen):
        tell_people(number=found.pk)
        assert OutboxMessage.objects.count() == 1


def test_the_command_publishes(ahausen, bedorf, tmp_path, capsys):
    text = tmp_path / "text.txt"
    text.write_text("Bitte lesen.", encoding="utf-8")
    call_command("announce", "Wartung", "--text", str(text), "--municipality", "ahausen", "--role", "admin")
    assert "für 1 Kommunen" in capsys.readouterr().out
    found = Announcement.objects.get()
    assert (found.text, found.roles, found.is_standing) == ("<p>Bitte lesen.</p>", ["admin"], True)
    with pytest.raises(CommandError, match="nirgends"):
        call_command("announce", "W", "--text", str(text), "--municipality", "nirgends")
