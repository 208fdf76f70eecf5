"""What GitHub, GitLab and Sentry tell: signed, fresh, once; tickets go forward, errors are counted."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from core.access import Role
from courier.signing import new_secret, signed
from tenants.running.context import inside_public
from tests.tracker.people import OPERATOR, editor_of
from tracker.channels.incoming import errors, outer
from tracker.channels.incoming.receiving import MOST_BYTES
from tracker.channels.models import OuterIssue, Received, SentryError, Source
from tracker.releases import planning
from tracker.releases.models import Item, Release
from tracker.tickets.models import State, Ticket
from tracker.tickets.services import change_state, report
from tracker.tickets.uniting import merge

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
GITHUB, GITLAB = "https://github.com/a/b/issues/7", "https://gitlab.opencode.de/a/b/-/issues/7"
SECRET = new_secret()


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(NOW, tick=False) as traveller, inside_public():
        yield traveller


def a_source(kind: str, secret: str = SECRET, **more) -> Source:
    source = Source(kind=kind, name=f"Projekt {kind}", key=f"schluessel-{kind}", **more)
    source.secret = secret
    source.save()
    return source


def a_ticket(town, title: str = "Merkliste drucken") -> Ticket:
    return report(by=editor_of(town), kind="wish", title=title)


def github(**issue) -> bytes:
    usual = {"html_url": GITHUB, "number": 7, "state": "open", "updated_at": NOW.isoformat(), "labels": []}
    return json.dumps({"action": "edited", "issue": {**usual, **issue}}).encode()


def gitlab(**issue) -> bytes:
    usual = {"url": GITLAB, "iid": 7, "state": "opened", "updated_at": NOW.isoformat()}
    return json.dumps({"object_kind": "issue", "object_attributes": {**usual, **issue}}).encode()


def seen(municipality: str = "ahausen", issue: str = "117", number: int = 1) -> bytes:
    event = {"issue_id": issue, "title": f"KeyError: {number}", "web_url": "https://sentry.example/117/"}
    return json.dumps({"data": {"event": {**event, "tags": [["municipality", municipality]]}}}).encode()


def digest(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def send(kind: str, body: bytes, **headers: str) -> int:
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    answer = client.post(f"/eingang/schluessel-{kind}/", body, content_type="application/json", headers=headers)
    return answer.status_code


def from_github(body: bytes, secret: str = SECRET) -> int:
    return send("github", body, **{"X-Hub-Signature-256": f"sha256={digest(body, secret)}", "X-GitHub-Event": "issues"})


def from_gitlab(body: bytes, message: str = "msg_1", at: datetime = NOW, secret: str = SECRET, kind="gitlab") -> int:
    return send(kind, body, **signed(message, at, body, secret))


def from_sentry(body: bytes, resource: str = "event_alert") -> int:
    return send("sentry", body, **{"Sentry-Hook-Signature": digest(body), "Sentry-Hook-Resource": resource})


def state_of(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.state


def test_an_issue_of_github_brings_its_ticket_forward(ahausen):
    a_source("github")
    ticket = a_ticket(ahausen)
    outer.link(ticket, f"{GITHUB}?x=1#issuecomment-2", by=OPERATOR)
    assert from_github(github()) == 200
    assert state_of(ticket) == State.CONFIRMED
    assert from_github(github(assignees=[{"login": "x"}], updated_at="2026-11-29T10:01:00Z")) == 200
    assert state_of(ticket) == State.IN_PROGRESS
    assert from_github(github(state="closed", updated_at="2026-11-29T10:02:00Z")) == 200
    assert state_of(ticket) == State.IN_PROGRESS
    assert OuterIssue.objects.get().closed


@pytest.mark.parametrize("kind", ["gitlab", "opencode"])
def test_an_issue_of_gitlab_or_opencode_does_too(ahausen, kind):
    a_source(kind)
    ticket = a_ticket(ahausen)
    outer.link(ticket, "https://gitlab.opencode.de/a/b/-/work_items/7", by=OPERATOR)
    assert from_gitlab(gitlab(), kind=kind) == 200
    assert state_of(ticket) == State.CONFIRMED


def test_a_milestone_that_is_a_version_plans_the_ticket_for_it(ahausen):
    a_source("github")
    ticket = a_ticket(ahausen)
    outer.link(ticket, GITHUB, by=OPERATOR)
    release = planning.save(Release(version="26.12"), by=OPERATOR)
    assert from_github(github(milestone={"title": "26.12"})) == 200
    assert (state_of(ticket), Item.objects.get().release) == (State.PLANNED, release)


def test_what_is_older_than_what_is_known_changes_nothing(ahausen):
    a_source("github")
    ticket = a_ticket(ahausen)
    outer.link(ticket, GITHUB, by=OPERATOR)
    from_github(github())
    assert from_github(github(assignees=[{"login": "x"}], updated_at="2026-11-29T09:59:00Z")) == 200
    assert state_of(ticket) == State.CONFIRMED


def test_a_wrong_signature_is_refused_and_noted(ahausen):
    source = a_source("github")
    ticket = a_ticket(ahausen)
    outer.link(ticket, GITHUB, by=OPERATOR)
    assert from_github(github(), secret="falsch") == 401
    assert send("github", github()) == 401
    assert send("github", github(), **{"X-Hub-Signature-256": "sha256=ä"}) == 401
    source.refresh_from_db()
    assert (source.refused, source.refused_at, source.heard_at) == ("wrong signature", NOW, None)
    assert state_of(ticket) == State.NEW


def test_a_replayed_message_is_refused(ahausen):
    a_source("github")
    a_source("gitlab")
    a_source("sentry")
    for first in (lambda: from_github(github()), lambda: from_gitlab(gitlab()), lambda: from_sentry(seen())):
        assert (first(), first()) == (200, 409)
    assert SentryError.objects.get().number == 1


def test_an_old_message_is_refused(ahausen):
    a_source("github")
    a_source("gitlab")
    assert from_gitlab(gitlab(), at=NOW - timedelta(minutes=6)) == 401
    assert from_gitlab(gitlab(), at=NOW + timedelta(minutes=6)) == 401
    assert from_github(github(updated_at="2026-11-20T10:00:00Z")) == 401
    assert not Received.objects.exists(), "a refused message is not known"


def test_a_plain_token_is_no_signature(ahausen):
    a_source("gitlab")
    assert send("gitlab", gitlab(), **{"X-Gitlab-Token": SECRET}) == 401


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"issue": {"number": "x"}}'])
def test_a_signed_message_that_makes_no_sense_is_refused(ahausen, body):
    a_source("github")
    assert from_github(body) == 400
    assert not Received.objects.exists()


def test_too_much_is_refused_unread(ahausen):
    a_source("github")
    assert from_github(b" " * (MOST_BYTES + 1)) == 413
    assert from_github(b" " * 6 * 2**20) == 413


def test_an_address_nobody_gave_or_that_is_off_is_not_there(ahausen):
    a_source("github", active=False)
    assert from_github(github()) == 404
    assert send("nirgends", b"{}") == 404
    assert Client(HTTP_HOST="localhost").get("/eingang/schluessel-github/").status_code == 405
    assert Client(HTTP_HOST="ahausen.localhost").post("/eingang/schluessel-github/").status_code == 404


def test_what_is_about_something_else_is_taken_without_effect(ahausen):
    a_source("github")
    assert from_github(b'{"zen": "Keep it logically awesome.", "hook_id": 1}') == 200
    assert from_github(github(html_url="https://github.com/x/y/issues/1")) == 200


def test_after_a_merge_the_issue_follows_the_ticket_that_stays(ahausen, bedorf):
    a_source("github")
    one, other = a_ticket(ahausen), a_ticket(bedorf, "Drucken")
    outer.link(one, GITHUB, by=OPERATOR)
    merge(one, other, by=OPERATOR)
    from_github(github())
    assert state_of(other) == State.CONFIRMED
    assert OuterIssue.objects.get().ticket == other


def test_a_ticket_that_has_ended_stays_ended(ahausen):
    a_source("github")
    ticket = a_ticket(ahausen)
    outer.link(ticket, GITHUB, by=OPERATOR)
    change_state(ticket, State.DECLINED, by=OPERATOR, reason="Nein")
    assert from_github(github(milestone={"title": "26.12"})) == 200
    assert state_of(ticket) == State.DECLINED


def test_errors_of_sentry_show_where_they_were(ahausen, bedorf, signed_in):
    a_source("sentry")
    editor_of(bedorf)
    for number, town in enumerate(("ahausen", "bedorf", "ahausen", "nirgends")):
        assert from_sentry(seen(town, number=number)) == 200
    error = SentryError.objects.get()
    assert error.number == 4
    assert {row.participant.slug: row.number for row in error.affected.all()} == {"ahausen": 2, "bedorf": 1}
    client = signed_in(None, Role.OPERATOR)
    assert client.get("/betrieb/fehler/?ohne=1").status_code == 200
    here = f"/betrieb/fehler/{error.pk}/"
    assert client.post(here, {"number": "", "title": ""}).status_code == 400
    assert client.post(here, {"number": "T-999999", "title": ""}).status_code == 400
    assert client.post(here, {"number": "", "title": "Suche stürzt ab"}).url == here
    error.refresh_from_db()
    assert (error.ticket.kind, error.ticket.reporter) == ("bug", None)
    page = signed_in(bedorf, Role.EDITOR).get(f"/plattform/meldungen/{error.ticket_id}/").content.decode()
    assert ", ".join(row.participant.town for row in errors.affected_by(error.ticket)) in page
    assert "KeyError" not in page
    assert "sentry.example" not in page
    page = client.get(f"/betrieb/tickets/{error.ticket_id}/").content.decode()
    assert "KeyError" in page
    assert client.get("/betrieb/fehler/").content.decode().count(error.ticket.reference) == 1


def test_errors_move_with_a_merge_and_count_each_municipality_once(ahausen, bedorf):
    a_source("sentry")
    editor_of(ahausen)
    one, other = a_ticket(ahausen), a_ticket(bedorf, "Auch")
    for issue, ticket in (("117", one), ("118", other)):
        from_sentry(seen("ahausen", issue))
        errors.attach(SentryError.objects.get(issue=issue), ticket, by=OPERATOR)
    merge(one, other, by=OPERATOR)
    assert [(row.participant.slug, row.number) for row in errors.affected_by(other)] == [("ahausen", 2)]


def test_the_operator_adds_a_program_and_sees_what_to_enter(signed_in):
    client = signed_in(None, Role.OPERATOR)
    where = client.post("/betrieb/eingang/", {"kind": "gitlab", "name": "Portal", "secret": "", "active": "on"}).url
    source = Source.objects.get()
    page = client.get(where).content.decode()
    assert source.key in page
    assert source.secret in page
    assert source.secret.startswith("whsec_")
    assert client.post(where, {"kind": "gitlab", "name": "Neu", "secret": "", "active": "on"}).url == where
    again = Source.objects.get()
    assert (again.name, again.secret) == ("Neu", source.secret)
    assert client.post(where, {"kind": "gitlab", "name": "Neu", "secret": "zu-kurz"}).status_code == 400
    assert client.post("/betrieb/eingang/", {"kind": "sentry", "name": "S", "secret": ""}).status_code == 400
    assert client.post(f"{where}loeschen/").url == "/betrieb/eingang/"
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "url", ["", "http://github.com/a/b/issues/1", "javascript:x", "https://u:p@github.com/", "x" * 600]
)
def test_an_address_that_is_none_links_nothing(ahausen, signed_in, url):
    ticket = a_ticket(ahausen)
    client = signed_in(None, Role.OPERATOR)
    assert client.post(f"/betrieb/tickets/{ticket.pk}/aussen/", {"url": url}).url == f"/betrieb/tickets/{ticket.pk}/"
    assert not OuterIssue.objects.exists()


def test_the_operator_links_and_unlinks_an_issue(ahausen, signed_in):
    ticket = a_ticket(ahausen)
    client = signed_in(None, Role.OPERATOR)
    client.post(f"/betrieb/tickets/{ticket.pk}/aussen/", {"url": GITLAB})
    issue = OuterIssue.objects.get()
    page = client.get(f"/betrieb/tickets/{ticket.pk}/").content.decode()
    assert "openCode, Vorgang 7" in page
    editor = signed_in(ahausen, Role.EDITOR).get(f"/plattform/meldungen/{ticket.pk}/").content.decode()
    assert "openCode, Vorgang 7" in editor
    assert GITLAB not in editor
    client.post(f"/betrieb/tickets/{ticket.pk}/aussen/{issue.pk}/entfernen/")
    assert not OuterIssue.objects.exists()
