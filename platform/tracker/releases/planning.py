"""Which tickets come with which version, what its notes say, and issuing it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from audit.services import record
from tracker.releases.models import GROUP_OF, MOST_TEXT, Group, Item, Release
from tracker.tickets.merging import Moved
from tracker.tickets.models import Kind, State, Ticket, Viewer
from tracker.tickets.services import change_state, final

_BEFORE_PLANNED = {State.NEW, State.CONFIRMED}


@transaction.atomic
def save(release: Release, *, by: Viewer) -> Release:
    """Add or change a version."""
    made = release.pk is None
    release.full_clean()
    release.save()
    record("releases.added" if made else "releases.changed", release, by=by.user)
    return release


@transaction.atomic
def plan(release: Release, tickets: Iterable[Ticket], *, by: Viewer) -> list[Item]:
    """Put tickets into a version, out of any other that is still to come; they are planned at least.

    ValidationError for one that has ended, and for a version that has arrived everywhere: nothing is changed then.
    """
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.finished_at is not None:
        raise ValidationError(_("This version has arrived everywhere. Please plan the ticket for a later one."))
    return [_put(release, final(ticket), by) for ticket in tickets]


def _put(release: Release, ticket: Ticket, by: Viewer) -> Item:
    if ticket.is_over:
        raise ValidationError(_("%(ticket)s has ended already.") % {"ticket": ticket.reference})
    Item.objects.filter(ticket=ticket, release__finished_at=None).exclude(release=release).delete()
    item, fresh = Item.objects.get_or_create(release=release, ticket=ticket, defaults=_draft(ticket))
    if fresh:
        record("releases.planned", release, by=by.user, changes={"ticket": [None, ticket.reference]})
    if ticket.state in _BEFORE_PLANNED:
        change_state(ticket, State.PLANNED, by=by)
    return item


def _draft(ticket: Ticket) -> dict[str, Any]:
    """What the notes say until somebody words it better: of a wish what was wished, of an error what happened."""
    words = ticket.happened if ticket.kind == Kind.BUG else ticket.expected or ticket.happened
    first = words.strip().split("\n\n")[0][:MOST_TEXT]
    return {"group": GROUP_OF.get(Kind(ticket.kind), Group.BETTER), "title": ticket.title[:120], "text": first}


@transaction.atomic
def take_out(item: Item, *, by: Viewer) -> None:
    """Take a ticket out of a version that is still to come; its state stays for whoever plans it anew."""
    if item.release.finished_at is not None:
        raise ValidationError(_("This version has arrived everywhere; its notes stay."))
    record("releases.taken_out", item.release, by=by.user, changes={"ticket": [item.ticket.reference, None]})
    item.delete()


@transaction.atomic
def word(item: Item, *, by: Viewer, group: str, title: str, text: str) -> Item:
    """Say what the notes tell of a ticket."""
    item.group, item.title, item.text = group, title, text
    item.full_clean()
    item.save()
    record("releases.worded", item.release, by=by.user, changes={"ticket": item.ticket.reference})
    return item


@transaction.atomic
def issue(release: Release, *, by: Viewer) -> Release:
    """The code is there: whoever a rollout reaches from now on has this version. Issued twice is once."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.issued_at is None:
        release.issued_at = timezone.now()
        release.save(update_fields=["issued_at"])
        record("releases.issued", release, by=by.user)
    return release


@transaction.atomic
def delete(release: Release, *, by: Viewer) -> None:
    """Drop a version that was never issued; its tickets stay where they are."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.issued_at is not None:
        raise ValidationError(_("A version that was issued stays."))
    record("releases.deleted", release, by=by.user)
    release.delete()


def version_of(ticket: Ticket) -> Release | None:
    """The version a ticket comes or came with: the newest it was put into."""
    item = Item.objects.filter(ticket=ticket).select_related("release").order_by("-release_id").first()
    return item.release if item else None


def move(source: Ticket, target: Ticket) -> list[Moved]:
    """Two tickets become one: a version that brings one of them brings the other."""
    known = set(Item.objects.filter(ticket=target).values_list("release", flat=True))
    moving = Item.objects.filter(ticket=source)
    moving.filter(release__in=known).delete()
    number = moving.update(ticket=target)
    return [Moved(number, ngettext_lazy("%(count)s version", "%(count)s versions", "count"))]
