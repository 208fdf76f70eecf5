"""What the state of an issue elsewhere means for a ticket: it goes forward only, and never ends by itself.

A closed issue is done there, but not with the municipalities before a version brings it; and a refusal needs a reason
that the operator writes.
"""

from tracker.channels.incoming.issues import Issue

_ORDER = ("new", "confirmed", "planned", "in_progress")


def following(state: str, issue: Issue) -> str | None:
    """The state a ticket in this state gets; None where it stays as it is."""
    if state not in _ORDER or issue.refused:
        return None
    wanted = "in_progress" if issue.closed or issue.at_work else "planned" if issue.milestone else "confirmed"
    return wanted if _ORDER.index(wanted) > _ORDER.index(state) else None
