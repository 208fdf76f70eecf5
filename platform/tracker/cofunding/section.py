"""The part “Paying together” of a wish's page."""

from typing import Any

from tracker.cofunding.models import Funding, Key, Part
from tracker.cofunding.papers import latest
from tracker.cofunding.services import may_estimate, parts_of, shares_by, use_of
from tracker.cofunding.statements import account_of, day_of, state_label, weight_label
from tracker.tickets.models import Participant, Ticket, Viewer


def context_of(ticket: Ticket, viewer: Viewer) -> dict[str, Any] | None:
    """None where the wish has no estimate; providers see nothing of money."""
    if not viewer.sees_all or ticket.merged_into_id is not None:
        return None
    funding = Funding.objects.filter(ticket=ticket).select_related("proposed_by").first()
    if funding is None:
        return {"funding": None} if viewer.is_operator and may_estimate(ticket) else None
    funding.ticket = ticket
    parts = parts_of(funding)
    account = account_of(funding, parts)
    ours = viewer.participant.pk if viewer.participant else None
    mine = next((part for part in parts if part.participant_id == ours), None)
    goes_on = may_estimate(ticket) and not funding.is_final
    context: dict[str, Any] = {
        "funding": funding,
        "account": account,
        "rows": [{"line": line, "state": state_label(line), "on": day_of(line.agreed_on)} for line in account.lines],
        "weight_label": weight_label(funding.key),
        "mine": mine,
        "goes_on": goes_on,
        "paper": latest(funding, account),
    }
    if goes_on and viewer.may_decide and viewer.participant is not None:
        context |= _choices(funding, parts, viewer.participant, mine) | {"most": _most(mine, account.missing)}
    return context


def _choices(funding: Funding, parts: list[Part], town: Participant, mine: Part | None) -> dict[str, Any]:
    """What this municipality can do, each with its price."""
    others = [key for key in Key if key not in {funding.key, Key.AMOUNTS}]
    return {
        "decides": True,
        "keys": [(key.value, key.label) for key in Key],
        "other_keys": [(key.value, key.label) for key in others],
        "asks_inhabitants": not town.inhabitants,
        "would_be": None if mine or not funding.key or funding.key == Key.AMOUNTS else _if_joined(funding, parts, town),
        "by_proposal": _by_proposal(funding, parts, mine) if mine and funding.proposed else None,
    }


def _most(mine: Part | None, missing: int) -> int:
    """What this municipality could pledge at most."""
    return missing + (mine.share if mine and mine.is_agreed else 0)


def _if_joined(funding: Funding, parts: list[Part], town: Participant) -> int | None:
    """The share this municipality would have; None where it is not known how many people live there."""
    if funding.key == Key.INHABITANTS and not town.inhabitants:
        return None
    joining = Part(participant=town, inhabitants=town.inhabitants, use=use_of(town))
    return shares_by(funding, [*parts, joining], funding.key)[-1]


def _by_proposal(funding: Funding, parts: list[Part], mine: Part) -> int:
    """Our share by the proposed key."""
    at = next(number for number, part in enumerate(parts) if part.pk == mine.pk)
    return shares_by(funding, parts, funding.proposed)[at]


def count(context: dict[str, Any]) -> str:
    """How much is pledged, for the jump chip."""
    return f"{context['account'].percent} %" if context["funding"] else ""
