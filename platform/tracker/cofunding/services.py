"""Estimating, taking part, pledging, withdrawing, agreeing on a key. The ticket is locked first, then its funding, so
whatever comes at once comes one after the other."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tenants.models import MunicipalityFigures
from tracker.cofunding.models import MOST_CENTS, Funding, Key, Part
from tracker.cofunding.shares import distribute, offered
from tracker.tickets.happenings import ESTIMATED, FINANCED, Happening, tell
from tracker.tickets.models import Kind, Participant, Ticket, Viewer
from tracker.tickets.services import lock

PLEDGED, WITHDRAWN, KEY_PROPOSED = "pledged", "pledge_withdrawn", "key_proposed"


class ShareChangedError(Exception):
    """The share is another one than whoever agreed has seen; nothing was changed."""

    def __init__(self, seen: int, share: int) -> None:
        super().__init__(seen, share)
        self.seen = seen
        self.share = share


def weights_of(parts: list[Part], key: str) -> list[int]:
    """What the key weighs them by."""
    weigh: dict[str, Callable[[Part], int]] = {
        Key.AMOUNTS: lambda part: part.amount,
        Key.EQUAL: lambda part: 1,
        Key.INHABITANTS: lambda part: part.inhabitants or 0,
        Key.USE: lambda part: part.use,
    }
    return [weigh[key](part) for part in parts]


def shares_by(funding: Funding, parts: list[Part], key: str) -> list[int]:
    """What each would pay by this key, in their order."""
    share_out = offered if key == Key.AMOUNTS else distribute
    return share_out(funding.cents, weights_of(parts, key))


def parts_of(funding: Funding) -> list[Part]:
    """Those who take part, the first first."""
    return list(funding.parts.select_related("participant").order_by("since", "pk"))


def may_estimate(ticket: Ticket) -> bool:
    """Whether it is something that can be paid together."""
    return ticket.kind == Kind.WISH and ticket.merged_into_id is None and not ticket.is_over


def use_of(participant: Participant) -> int:
    """How much a municipality uses the platform: its published offers, counted in the last night; at least 1."""
    nights = MunicipalityFigures.objects.filter(municipality=participant.municipality_id).order_by("-night")
    return max(nights.values_list("published_offers", flat=True).first() or 0, 1)


@transaction.atomic
def estimate(ticket: Ticket, cents: int, *, by: Viewer, note: str = "") -> Funding:
    """Say what a wish costs, or that it costs something else now: shares that rise have to be agreed to anew."""
    locked = lock(ticket)
    if not may_estimate(locked):
        raise ValidationError(_("Only wishes that have not ended can be estimated."))
    if not 0 < cents <= MOST_CENTS:
        raise ValidationError(_("Please give a sum between 0.01 and 1,000,000,000 euros."))
    funding = Funding.objects.select_for_update().filter(ticket=locked).first()
    if funding is not None and funding.is_final:
        raise ValidationError(_("This wish is financed: its estimate stands."))
    before = funding.cents if funding else None
    funding = funding or Funding(ticket=locked)
    funding.cents, funding.note, funding.estimated_at = cents, note, timezone.now()
    funding.full_clean(exclude=["ticket", "proposed_by"])
    funding.save()
    record("tracker.estimated", locked, by=by.user, changes={"cents": [before, cents]})
    tell(Happening(ESTIMATED, locked, by, {"cents": cents}))
    count_anew(funding, by=by)
    return funding


def _open(ticket: Ticket) -> Funding:
    """Its funding, locked, where something of it can still change."""
    locked = lock(ticket)
    funding = Funding.objects.select_for_update().filter(ticket=locked).first()
    if funding is None or not may_estimate(locked):
        raise ValidationError(_("Nothing is paid together here."))
    if funding.is_final:
        raise ValidationError(_("This wish is financed: nothing of it changes any more."))
    return funding


def _mine(by: Viewer) -> Participant:
    if by.participant is None:
        raise ValidationError(_("Only a municipality can do this."))
    return Participant.objects.get(pk=by.participant.pk)


def count_anew(funding: Funding, *, by: Viewer) -> None:
    """Every share as it is now. Covered is what all have agreed to."""
    parts = parts_of(funding)
    for part, share in zip(parts, shares_by(funding, parts, funding.key) if funding.key else [], strict=False):
        part.share = share
        part.agreed = min(part.agreed, share) if part.agreed is not None else None
        part.save(update_fields=["share", "agreed"])
    if funding.key and parts and _is_covered(funding, parts):
        funding.financed_at, funding.proposed, funding.proposed_by = timezone.now(), "", None
        funding.save()
        record("tracker.financed", funding.ticket, by=by.user, changes={"cents": funding.cents})
        tell(Happening(FINANCED, funding.ticket, by, {"cents": funding.cents}))


def _is_covered(funding: Funding, parts: list[Part]) -> bool:
    return all(part.is_agreed for part in parts) and sum(part.share for part in parts) == funding.cents


def missing(funding: Funding, parts: list[Part]) -> int:
    """The cents nobody has agreed to yet."""
    return funding.cents - sum(part.share for part in parts if part.is_agreed)


def _snapshot(part: Part, key: str, inhabitants: int | None = None) -> None:
    """What its municipality weighs today, its number of inhabitants too where it has just told it."""
    town = part.participant
    if inhabitants:
        Participant.objects.filter(pk=town.pk).update(inhabitants=inhabitants)
        town.inhabitants = inhabitants
    if key == Key.INHABITANTS and not town.inhabitants:
        raise ValidationError(_("Please say first how many people live in your municipality."))
    part.inhabitants, part.use = town.inhabitants, use_of(town)


@transaction.atomic
def join(
    ticket: Ticket, *, by: Viewer, key: str = "", cents: int | None = None, inhabitants: int | None = None
) -> Part:
    """Take part. The first says by which key; with amounts of one's own (`cents`), joining is the pledge. Joining twice
    is joining once."""
    funding, town = _open(ticket), _mine(by)
    wanted = funding.key or key
    if wanted not in Key.values:
        raise ValidationError(_("Please choose a key."))
    found = Part.objects.filter(funding=funding, participant=town).first()
    part = found or Part(funding=funding, participant=town)
    if found is not None and wanted != Key.AMOUNTS:
        return found
    if wanted == Key.AMOUNTS:
        _offer(part, funding, cents)
    _snapshot(part, wanted, inhabitants)
    part.save()
    if not funding.key:
        funding.key = wanted
        funding.save(update_fields=["key"])
    record("tracker.joined", ticket, by=by.user, changes={"key": wanted, "cents": part.agreed})
    count_anew(funding, by=by)
    part.refresh_from_db()
    tell(Happening(PLEDGED, ticket, by, {"cents": part.agreed or 0}))
    return part


def _offer(part: Part, funding: Funding, cents: int | None) -> None:
    """An amount of one's own: no more than is missing."""
    others = sum(each.share for each in parts_of(funding) if each.pk != part.pk and each.is_agreed)
    most = funding.cents - others
    if cents is None or not 0 < cents <= most:
        raise ValidationError(_("Please give an amount above 0 that is no more than what is missing."))
    part.amount, part.agreed, part.agreed_at = cents, cents, timezone.now()


@transaction.atomic
def pledge(ticket: Ticket, seen: int, *, by: Viewer) -> Part:
    """Agree to one's share, which was `seen` cents on the page. ShareChangedError where it is more by now."""
    funding, town = _open(ticket), _mine(by)
    part = Part.objects.filter(funding=funding, participant=town).first()
    if part is None:
        raise ValidationError(_("Your municipality does not take part yet."))
    if part.share > seen:
        raise ShareChangedError(seen, part.share)
    if not part.is_agreed:
        part.agreed, part.agreed_at = part.share, timezone.now()
        part.save(update_fields=["agreed", "agreed_at"])
        record("tracker.pledged", ticket, by=by.user, changes={"cents": part.share})
        tell(Happening(PLEDGED, ticket, by, {"cents": part.share}))
        count_anew(funding, by=by)
    return part


@transaction.atomic
def withdraw(ticket: Ticket, *, by: Viewer) -> bool:
    """Take part no longer; False where it did not. What others would pay rises by it, and they are asked anew."""
    funding, town = _open(ticket), _mine(by)
    return _take_out(funding, town, by=by)


@transaction.atomic
def strike_out(ticket: Ticket, participant: Participant, *, by: Viewer) -> bool:
    """The operator takes out a municipality that has left the platform: it can agree to nothing any more."""
    funding = _open(ticket)
    if participant.left_at is None:
        raise ValidationError(_("Only a former municipality can be struck out."))
    return _take_out(funding, participant, by=by)


def _take_out(funding: Funding, town: Participant, *, by: Viewer) -> bool:
    part = Part.objects.filter(funding=funding, participant=town).first()
    if part is None:
        return False
    part.delete()
    if not funding.parts.exists():
        # Who comes next may choose another key.
        funding.key, funding.proposed, funding.proposed_by = "", "", None
    elif funding.proposed_by_id == town.pk:
        _drop_proposal(funding)
    funding.save()
    record("tracker.withdrawn", funding.ticket, by=by.user, changes={"cents": part.agreed})
    tell(Happening(WITHDRAWN, funding.ticket, by, {"cents": part.agreed or 0}))
    _settle(funding)
    count_anew(funding, by=by)
    return True


@transaction.atomic
def propose(ticket: Ticket, key: str, *, by: Viewer, inhabitants: int | None = None) -> Funding:
    """Propose another key to those who take part; alone, one has it at once."""
    funding, part = _with_my_part(ticket, by)
    if key not in Key.values or key in {funding.key, Key.AMOUNTS}:
        raise ValidationError(_("Please choose another key."))
    _drop_proposal(funding)
    funding.proposed, funding.proposed_by = key, part.participant
    _consented(funding, part, by=by, inhabitants=inhabitants)
    tell(Happening(KEY_PROPOSED, ticket, by, {"key": key}))
    return funding


@transaction.atomic
def consent(ticket: Ticket, key: str, *, by: Viewer, inhabitants: int | None = None) -> Funding:
    """Agree to the proposed key, which was `key` on the page."""
    funding, part = _with_my_part(ticket, by)
    if not funding.proposed or funding.proposed != key:
        raise ValidationError(_("This key is proposed no longer."))
    _consented(funding, part, by=by, inhabitants=inhabitants)
    return funding


@transaction.atomic
def refuse(ticket: Ticket, key: str, *, by: Viewer) -> Funding:
    """One who does not agree is enough: the key stays."""
    funding, _part = _with_my_part(ticket, by)
    if funding.proposed == key:
        _drop_proposal(funding)
        funding.save()
        record("tracker.key_refused", funding.ticket, by=by.user, changes={"key": key})
    return funding


def _with_my_part(ticket: Ticket, by: Viewer) -> tuple[Funding, Part]:
    funding, town = _open(ticket), _mine(by)
    part = Part.objects.filter(funding=funding, participant=town).select_related("participant").first()
    if part is None:
        raise ValidationError(_("Your municipality does not take part yet."))
    return funding, part


def _drop_proposal(funding: Funding) -> None:
    funding.proposed, funding.proposed_by = "", None
    funding.parts.update(consents=False)


def _consented(funding: Funding, part: Part, *, by: Viewer, inhabitants: int | None) -> None:
    _snapshot(part, funding.proposed, inhabitants)
    part.consents = True
    part.save(update_fields=["consents", "inhabitants", "use"])
    record("tracker.key_agreed", funding.ticket, by=by.user, changes={"key": funding.proposed})
    _settle(funding)
    funding.save()
    count_anew(funding, by=by)


def _settle(funding: Funding) -> None:
    """A proposed key holds once all agree who can; a former municipality says nothing any more."""
    asked: Any = funding.parts.filter(participant__left_at__isnull=True)
    if funding.proposed and not asked.filter(consents=False).exists():
        funding.key = funding.proposed
        _drop_proposal(funding)
        funding.save()
