"""What Sentry says of an error. Knows neither tables nor requests.

Of the event only its name, its page at Sentry and the municipality are read; what else is in it (addresses, values of
variables) stays there.
"""

from dataclasses import dataclass
from typing import Any

from tracker.channels.incoming.issues import UnreadableError

# The tag that our service sets with each event.
TAG = "municipality"
_KINDS = {"event_alert": "event", "error": "error", "issue": "issue"}


@dataclass(frozen=True, slots=True)
class Seen:
    """An error that was seen: its number and page at Sentry, and the short name of the municipality it was in (empty:
    not said)."""

    issue: str
    title: str
    url: str
    municipality: str


def seen(resource: str, said: Any) -> Seen | None:
    """None for what is about something else. UnreadableError for what Sentry does not say."""
    part = _KINDS.get(resource)
    if part is None:
        return None
    try:
        data = said["data"][part]
        issue = str(data["id"] if resource == "issue" else data["issue_id"])
        url = str(data.get("web_url") or data.get("permalink") or "")
        tags = {str(name): str(value) for name, value in data.get("tags") or []}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError("no error of Sentry") from error
    if not issue.isascii() or not issue.isalnum():
        raise UnreadableError("no error of Sentry")
    return Seen(issue, str(data.get("title") or "")[:300], url if url.startswith("https://") else "", tags.get(TAG, ""))
