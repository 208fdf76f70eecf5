"""What issues of GitHub and GitLab and errors of Sentry mean."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.channels.incoming.issues import Issue, UnreadableError, moment, of_github, of_gitlab
from tracker.channels.incoming.sentry import Seen, seen
from tracker.channels.incoming.states import following

AT = datetime(2026, 11, 29, 10, tzinfo=UTC)
KEYS = ["issue", "data", "event", "object_kind", "object_attributes", "state", "x"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=8,
)


def github(**issue: object) -> dict:
    usual = {
        "html_url": "https://github.com/a/b/issues/7",
        "number": 7,
        "state": "open",
        "state_reason": None,
        "labels": [],
        "assignees": [],
        "milestone": None,
        "updated_at": "2026-11-29T10:00:00Z",
    }
    return {"action": "edited", "issue": {**usual, **issue}}


def gitlab(labels: tuple[str, ...] = (), **issue: object) -> dict:
    usual = {
        "url": "https://gitlab.opencode.de/a/b/-/issues/7",
        "iid": 7,
        "state": "opened",
        "assignee_ids": [],
        "updated_at": "2026-11-29 10:00:00 UTC",
    }
    return {
        "object_kind": "issue",
        "object_attributes": {**usual, **issue},
        "labels": [{"title": each} for each in labels],
    }


def an_issue(**more: object) -> Issue:
    usual = {"url": "x", "number": 1, "closed": False, "refused": False, "at_work": False, "milestone": "", "at": AT}
    return Issue(**{**usual, **more})


def test_an_open_issue_of_github():
    assert of_github(github()) == an_issue(url="https://github.com/a/b/issues/7", number=7)
    assert of_github(github(milestone={"title": "26.12"})).milestone == "26.12"
    assert of_github(github(assignees=[{"login": "eva"}])).at_work
    assert of_github(github(labels=[{"name": "In Progress"}])).at_work


def test_a_closed_issue_of_github_is_done_or_refused():
    done = of_github(github(state="closed", state_reason="completed"))
    assert (done.closed, done.refused) == (True, False)
    assert of_github(github(state="closed", state_reason="not_planned")).refused


def test_a_pull_request_is_no_issue():
    assert of_github(github(pull_request={"url": "x"})) is None
    assert of_gitlab({"object_kind": "note"}) is None


def test_an_issue_of_gitlab_and_so_of_opencode():
    assert of_gitlab(gitlab()) == an_issue(url="https://gitlab.opencode.de/a/b/-/issues/7", number=7)
    assert of_gitlab(gitlab(labels=("workflow::doing",))).at_work
    assert of_gitlab(gitlab(labels=("Wontfix",), state="closed")).refused
    assert not of_gitlab(gitlab(labels=("Wontfix",))).refused


@pytest.mark.parametrize(
    "text", ["2026-11-29T10:00:00Z", "2026-11-29 10:00:00 UTC", "2026-11-29 11:00:00 +0100", "2026-11-29T10:00:00"]
)
def test_moments_are_read_as_these_programs_write_them(text):
    assert moment(text) == AT


@given(JSON)
def test_whatever_else_comes_is_left_alone_or_refused(said):
    for read in (of_github, of_gitlab, lambda each: seen("error", each)):
        with suppress(UnreadableError):
            assert read(said) is None or read(said)


@pytest.mark.parametrize(
    ("state", "issue", "wanted"),
    [
        ("new", {}, "confirmed"),
        ("confirmed", {}, None),
        ("new", {"milestone": "26.12"}, "planned"),
        ("planned", {"at_work": True}, "in_progress"),
        ("planned", {"closed": True}, "in_progress"),
        ("in_progress", {"closed": True}, None),
        ("in_progress", {"milestone": "26.12"}, None),
        ("new", {"closed": True, "refused": True}, None),
        ("rolled_out", {}, None),
        ("declined", {"at_work": True}, None),
    ],
)
def test_a_ticket_goes_forward_only_and_never_ends_by_an_issue_elsewhere(state, issue, wanted):
    assert following(state, an_issue(**issue)) == wanted


def test_an_error_of_sentry_says_where_it_was_and_nothing_of_people():
    event = {
        "issue_id": "117",
        "title": "KeyError: 'x'",
        "web_url": "https://sentry.example/issues/117/",
        "tags": [["level", "error"], ["municipality", "pirmasens"]],
        "user": {"email": "eva@example.org"},
    }
    wanted = Seen("117", "KeyError: 'x'", "https://sentry.example/issues/117/", "pirmasens")
    assert seen("event_alert", {"data": {"event": event}}) == wanted
    assert seen("error", {"data": {"error": event}}) == wanted
    assert seen("issue", {"data": {"issue": {"id": "117", "title": "x"}}}) == Seen("117", "x", "", "")
    assert seen("installation", {}) is None
    assert seen("error", {"data": {"error": {**event, "web_url": "javascript:x"}}}).url == ""
