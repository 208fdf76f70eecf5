"""Errors that Sentry saw: counted by municipality, and attached to a ticket by the operator."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from audit.services import record
from tracker.channels.incoming.sentry import Seen
from tracker.channels.models import Affected, SentryError, Source
from tracker.tickets.merging import Moved
from tracker.tickets.models import Kind, Participant, Ticket, Viewer
from tracker.tickets.services import final, report


def note(source: Source, seen: Seen, now: datetime) -> bool:
    """Count it, where it was as well."""
    error, _fresh = SentryError.objects.get_or_create(
        source=source, issue=seen.issue, defaults={"first_at": now, "last_at": now}
    )
    said = {"title": seen.title or error.title, "url": seen.url or error.url}
    SentryError.objects.filter(pk=error.pk).update(number=F("number") + 1, last_at=now, **said)
    town = Participant.objects.present().filter(slug=seen.municipality).first() if seen.municipality else None
    if town is not None:
        row, _fresh = Affected.objects.get_or_create(error=error, participant=town, defaults={"last_at": now})
        Affected.objects.filter(pk=row.pk).update(number=F("number") + 1, last_at=now)
    return True


@transaction.atomic
def attach(error: SentryError, ticket: Ticket, *, by: Viewer) -> Ticket:
    """It is this ticket's error."""
    ticket = final(ticket)
    SentryError.objects.filter(pk=error.pk).update(ticket=ticket)
    record("channels.attached", ticket, by=by.user, changes={"error": [None, error.issue]})
    return ticket


@transaction.atomic
def report_it(error: SentryError, title: str, *, by: Viewer) -> Ticket:
    """Make a ticket of it, in words fit for everybody: what Sentry calls it may hold a person's data."""
    return attach(error, report(by=by, kind=Kind.BUG, title=title), by=by)


def affected_by(ticket: Ticket) -> list[Affected]:
    """In which municipalities the errors of a ticket were seen, each once, the most frequent first."""
    found: dict[int, Affected] = {}
    for row in Affected.objects.filter(error__ticket=ticket).select_related("participant"):
        if row.participant_id in found:
            found[row.participant_id].number += row.number
        else:
            found[row.participant_id] = row
    return sorted(found.values(), key=lambda row: (-row.number, row.participant.town))


def move(source: Ticket, target: Ticket) -> list[Moved]:
    """Two tickets become one, and so do their errors."""
    SentryError.objects.filter(ticket=source).update(ticket=target)
    return []
