"""What votes add to tickets: a part of their page, what a merge and an end do, rows of the export."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tracker.tickets import endings, exports, happenings, merging, sections
from tracker.tickets.models import Kind, Ticket, Viewer
from tracker.voting.models import Standing, Vote, new_budget
from tracker.voting.prices import BUDGET, MOST, NOTHING, choices, points_for
from tracker.voting.services import give_back, may_vote, move, purse_of, take_again


def section(ticket: Ticket, viewer: Viewer) -> dict[str, Any] | None:
    """The part “Our votes” of a wish's page; the operator sees the numbers alone."""
    if ticket.kind != Kind.WISH or not viewer.sees_all or ticket.merged_into_id is not None:
        return None
    context: dict[str, Any] = {
        "standing": getattr(ticket, "standing", None) or Standing(ticket=ticket),
        "prices": [(votes, points_for(votes)) for votes in range(1, MOST + 1)],
        "budget": BUDGET,
        "open": may_vote(ticket),
    }
    if viewer.participant is not None:
        purse = purse_of(viewer.participant)
        ours = list(Vote.objects.filter(ticket=ticket, participant=viewer.participant))
        held = next((each.as_held for each in ours if not each.returned_at and each.year == purse.year), NOTHING)
        context |= {
            "held": held,
            "purse": purse,
            "choices": choices(held, purse.left) if viewer.may_decide and may_vote(ticket) else [],
            "next": _next(held.votes, purse.left),
            "renewed": date_format(new_budget(purse.year)),
            "returned": next((each for each in ours if each.returned_at), None),
        }
    return context


def _next(votes: int, left: int) -> dict[str, int] | None:
    """What one more vote would cost, where it can be had."""
    costs = points_for(votes + 1) - points_for(votes)
    return {"number": votes + 1, "costs": costs} if votes < MOST and costs <= left else None


def _count(context: dict[str, Any]) -> str:
    return str(context["standing"].votes)


def rows(viewer: Viewer) -> Iterable[dict[str, Any]]:
    """A municipality's own votes; the operator's export has those of all."""
    votes = Vote.objects.all() if viewer.is_operator else Vote.objects.filter(participant=viewer.participant)
    if not viewer.is_operator and (viewer.participant is None or not viewer.sees_all):
        votes = Vote.objects.none()
    told = votes.order_by("year", "ticket_id", "participant_id")
    for each in told.select_related("participant", "ticket").iterator(chunk_size=1000):
        yield {
            "ticket": each.ticket.reference,
            "title": each.ticket.title,
            "municipality": each.participant.town,
            "year": each.year,
            "votes": each.votes,
            "points": each.points,
            "set": each.set_at.isoformat(),
            "returned": each.returned_at.isoformat() if each.returned_at else "",
        }


def sorted_in(happening: happenings.Happening) -> None:
    """What the operator makes something else than a wish gives its votes back, and the other way round."""
    before, now = happening.details.get("changes", {}).get("kind", (None, None))
    if happening.name == happenings.SORTED and Kind.WISH in {before, now}:
        if before == Kind.WISH:
            give_back(happening.ticket)
        elif not happening.ticket.is_over:
            take_again(happening.ticket)


sections.register(
    sections.Section("stimmen", _("Votes"), "voting/_section.html", section, order=30, aside=True, count=_count)
)
merging.register(merging.Mover("stimmen", move, order=20))
endings.register(ended=give_back, reopened=take_again)
happenings.listen(sorted_in)
exports.register(exports.Export("stimmen", _("Votes"), rows, order=30))
