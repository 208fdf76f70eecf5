"""What GitHub and GitLab (so openCode as well) say of an issue, in one form. Knows neither tables nor requests."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_FORMATS = ("%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S %z")
# Labels by which projects say that somebody is at it.
_AT_WORK = {"in progress", "in-progress", "in arbeit", "doing", "wip"}
# And that it will not be done; GitLab has no field for that.
_REFUSED = {"wontfix", "won't fix", "duplicate", "abgelehnt", "not planned"}


class UnreadableError(Exception):
    """The message is not what its sender usually says."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue elsewhere as it stands now. `refused`: closed without being done. `milestone`: the name of the version
    it is planned for. `at`: when this was so, by the sender's clock."""

    url: str
    number: int
    closed: bool
    refused: bool
    at_work: bool
    milestone: str
    at: datetime


def moment(text: Any) -> datetime:
    """A moment as these programs write it. UnreadableError for anything else."""
    said = str(text)
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        found = _written_out(said)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _written_out(said: str) -> datetime:
    for form in _FORMATS:
        try:
            return datetime.strptime(said, form)
        except ValueError:
            continue
    raise UnreadableError("no moment")


def of_github(said: Any) -> Issue | None:
    """The event `issues`; None for one about something else."""
    if isinstance(said, dict) and "issue" not in said:
        return None
    try:
        issue = said["issue"]
        if "pull_request" in issue:
            return None
        labels = [str(each["name"]) for each in issue.get("labels") or []]
        return Issue(
            url=str(issue["html_url"]),
            number=int(issue["number"]),
            closed=issue["state"] == "closed",
            refused=issue["state"] == "closed" and issue.get("state_reason") in {"not_planned", "duplicate"},
            at_work=bool(issue.get("assignees")) or _says_work(labels),
            milestone=str((issue.get("milestone") or {}).get("title") or ""),
            at=moment(issue["updated_at"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableError("no issue of GitHub") from error


def of_gitlab(said: Any) -> Issue | None:
    """The event `Issue Hook`; None for one about something else (a comment, a merge request)."""
    try:
        if said["object_kind"] not in {"issue", "work_item"}:
            return None
        issue = said["object_attributes"]
        labels = [str(each["title"]) for each in said.get("labels") or []]
        return Issue(
            url=str(issue["url"]),
            number=int(issue["iid"]),
            closed=issue["state"] == "closed",
            refused=issue["state"] == "closed" and any(each.casefold() in _REFUSED for each in labels),
            at_work=bool(issue.get("assignee_ids")) or _says_work(labels),
            milestone=str((said.get("milestone") or issue.get("milestone") or {}).get("title") or ""),
            at=moment(issue["updated_at"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableError("no issue of GitLab") from error


def _says_work(labels: list[str]) -> bool:
    return any(label.casefold().rpartition("::")[2].strip() in _AT_WORK for label in labels)
