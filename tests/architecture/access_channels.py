"""What of the tracker's versions, webhooks and issues elsewhere has an address, for `test_access.py`."""

from typing import Any

from tenants.models import Municipality
from tenants.running.context import current_schema
from tracker.channels import keeping
from tracker.channels.models import Hook, OuterIssue, SentryError, Source
from tracker.releases.models import Arrival, Item, Release
from tracker.tickets.models import Viewer, operator
from tracker.tickets.participating import participant_of
from tracker.tickets.services import report


def _hook(by: Viewer) -> dict[str, Any]:
    hook = keeping.save(Hook(url="https://chat.example/hook"), by=by)
    return {"hook": hook, "delivery": keeping.try_out(hook)}


def channels_in_town() -> dict[str, Any]:
    """A version it has, and a webhook of its own."""
    participant = participant_of(Municipality.objects.get(schema_name=current_schema()))
    release, _fresh = Release.objects.get_or_create(version="26.11", defaults={"issued_at": "2026-11-24T10:00Z"})
    Arrival.objects.get_or_create(release=release, participant=participant)
    return {"release": release, **_hook(Viewer(participant, 1))}


def channels_on_platform() -> dict[str, Any]:
    """A version with a ticket, the operator's webhook, programs that tell us something."""
    by = operator("test")
    ticket = report(by=by, kind="wish", title="Merkliste drucken")
    release = Release.objects.create(version="26.12")
    source = Source(kind="sentry", name="Portal", key="ein-schluessel")
    source.secret = "geheim"
    source.save()
    return {
        "release": release,
        "item": Item.objects.create(release=release, ticket=ticket, group="new", title="Merkliste"),
        "source": source,
        "error": SentryError.objects.create(source=source, issue="117", title="KeyError"),
        "outer_issue": OuterIssue.objects.create(ticket=ticket, url="https://github.com/a/b/issues/7"),
        **_hook(by),
    }
