"""Who is in charge of what waits, and what the editors say to each other about it. Everything is written to the audit
log, but for what a note says: the log never forgets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from audit.services import record
from core.access import Role
from core.ordering import ByName
from core.work import Item
from portal.editorial.models import Note, Ticket

MOST_COLLEAGUES = 200


@dataclass(frozen=True, slots=True)
class Care:
    """What a line says about a ticket."""

    assignee: User | None = None
    notes: int = 0
    watched: bool = False


def colleagues() -> list[User]:
    """Who can be in charge: active editors and administrators."""
    held = Q(roles__contains=[Role.EDITOR.value]) | Q(roles__contains=[Role.ADMIN.value])
    return list(User.objects.filter(held, is_active=True).order_by(ByName("name"), "email")[:MOST_COLLEAGUES])


def care_of(items: Iterable[Item], *, by: User) -> dict[tuple[str, int], Care]:
    """The tickets of a page's items, in one statement."""
    keys = [item.key for item in items]
    if not keys:
        return {}
    wanted = Q()
    for kind in {kind for kind, _pk in keys}:
        wanted |= Q(kind=kind, item__in=[pk for each, pk in keys if each == kind])
    found = Ticket.objects.filter(wanted).select_related("assignee")
    found = found.annotate(
        number=Count("notes", distinct=True), mine=Count("watchers", filter=Q(watchers=by), distinct=True)
    )
    return {(each.kind, each.item): Care(each.assignee, each.number, watched=bool(each.mine)) for each in found}


def notes_on(kind: str, pk: int) -> Sequence[Note]:
    """What colleagues wrote about a thing, the first one first."""
    return list(Note.objects.filter(ticket__kind=kind, ticket__item=pk).select_related("author"))


def _ticket(kind: str, pk: int) -> Ticket:
    """The ticket, locked; made where there is none."""
    Ticket.objects.get_or_create(kind=kind, item=pk)
    return Ticket.objects.select_for_update().get(kind=kind, item=pk)


@transaction.atomic
def assign(kind: str, pk: int, to: User | None, *, by: User) -> bool:
    """Put somebody in charge (None: nobody). False where it was so already."""
    ticket = _ticket(kind, pk)
    if ticket.assignee_id == (to.pk if to else None):
        return False
    before = ticket.assignee_id
    ticket.assignee = to
    ticket.save(update_fields=["assignee", "changed_at"])
    record("work.assign", ticket, by=by, changes={"assignee": [before, to.pk if to else None]})
    return True


@transaction.atomic
def write_note(kind: str, pk: int, text: str, *, by: User) -> Note | None:
    """Tell colleagues something. The same words of the same person twice in a row are one note (a double click)."""
    ticket = _ticket(kind, pk)
    last = ticket.notes.order_by("-written_at", "-pk").first()
    if last is not None and last.author_id == by.pk and last.text == text:
        return None
    note = Note.objects.create(ticket=ticket, author=by, author_name=str(by), text=text)
    record("work.note", ticket, by=by)
    return note


@transaction.atomic
def watch(kind: str, pk: int, *, wanted: bool, by: User) -> bool:
    """Keep a thing in one's own part of the list, or no longer. False where it was so already."""
    ticket = _ticket(kind, pk)
    if ticket.watchers.filter(pk=by.pk).exists() == wanted:
        return False
    change: Any = ticket.watchers.add if wanted else ticket.watchers.remove
    change(by)
    record("work.watch" if wanted else "work.unwatch", ticket, by=by)
    return True
