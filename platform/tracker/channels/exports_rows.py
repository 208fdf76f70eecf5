"""Tickets in exports: a municipality's holds its own tickets and nothing that others wrote on them; the operator's all.

People are in none of them: a number means somebody in one municipality alone.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.tickets.exports import Export, register
from tracker.tickets.models import Comment, Concern, Participant, Step, Ticket, Viewer

Row = dict[str, Any]
_PART = 500


def own_tickets(viewer: Viewer) -> "QuerySet[Ticket]":
    """Those a municipality reported; of the operator all. Nobody else has an export."""
    rows = Ticket.objects.order_by("pk")
    if viewer.is_operator:
        return rows
    return rows.filter(reporter=viewer.participant) if viewer.participant and viewer.sees_all else rows.none()


def _town(participant: Participant | None) -> str:
    return participant.town if participant else ""


def tickets(viewer: Viewer) -> Iterator[Row]:
    """Tickets with what went along."""
    rows = own_tickets(viewer).select_related("reporter", "context").defer("search", "title_search")
    for each in rows.iterator(chunk_size=_PART):
        along = getattr(each, "context", None)
        yield {
            "ticket": each.reference,
            "kind": each.get_kind_display(),
            "title": each.title,
            "happened": each.happened,
            "expected": each.expected,
            "area": each.get_area_display(),
            "municipality": _town(each.reporter),
            "by_provider": each.by_provider,
            "state": each.get_state_display(),
            "reason": each.reason,
            "severity": each.get_severity_display(),
            "merged_into": f"T-{each.merged_into_id}" if each.merged_into_id else "",
            "reported": each.created_at.isoformat(),
            "moved": each.changed_at.isoformat(),
            "ended": each.ended_at.isoformat() if each.ended_at else "",
            "page": along.page if along else "",
            "browser": along.browser if along else "",
            "version": along.version if along else "",
        }


def comments(viewer: Viewer) -> Iterator[Row]:
    """What was said; of a municipality what it said itself, wherever, and what the operator said on its own tickets."""
    rows = Comment.objects.order_by("ticket_id", "created_at", "pk")
    if not viewer.is_operator:
        mine = viewer.participant if viewer.sees_all else None
        answered = Q(participant=None, ticket__reporter=mine) & (Q(internal=False) | Q(about=mine))
        rows = rows.filter(Q(participant=mine) | answered) if mine else rows.none()
    for each in rows.select_related("participant", "about").iterator(chunk_size=_PART):
        yield {
            "ticket": f"T-{each.ticket_id}",
            "municipality": _town(each.participant),
            "operator": each.participant_id is None,
            "internal_with": _town(each.about) if each.internal else "",
            "written": each.created_at.isoformat(),
            "text": each.text,
        }


def steps(viewer: Viewer) -> Iterator[Row]:
    """How far each ticket was when."""
    rows = Step.objects.filter(ticket__in=own_tickets(viewer)).order_by("ticket_id", "at", "pk")
    for each in rows.iterator(chunk_size=_PART):
        yield {
            "ticket": f"T-{each.ticket_id}",
            "before": each.get_old_display(),
            "after": each.get_new_display(),
            "when": each.at.isoformat(),
        }


def concerns(viewer: Viewer) -> Iterator[Row]:
    """“Concerns us too”: a municipality's own."""
    rows = Concern.objects.select_related("participant").order_by("ticket_id", "pk")
    if not viewer.is_operator:
        rows = rows.filter(participant=viewer.participant) if viewer.participant and viewer.sees_all else rows.none()
    for each in rows.iterator(chunk_size=_PART):
        yield {"ticket": f"T-{each.ticket_id}", "municipality": each.participant.town, "since": each.since.isoformat()}


register(Export("tickets", _("Tickets"), tickets, order=10))
register(Export("kommentare", _("Comments and notes"), comments, order=12))
register(Export("stand", _("States of tickets"), steps, order=14))
register(Export("betroffen", _("Concerns us too"), concerns, order=20))
