"""Deleting is a state with thirty days to come back; then the nightly job removes for good, by SQL.

django-tenants listens to every deletion of Django's, which then fetches each row: for what is nobody's any more the
database does it in a statement a table.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.states import EDITORS, Actor
from portal.offers.models import Offer
from portal.offers.services import enter_state
from portal.offers.states import MACHINE, State
from portal.providers.models import Provider
from portal.providers.services import actors_of, refuse_merged
from portal.providers.services import enter_state as enter_provider_state
from portal.providers.states import MACHINE as PROVIDER_MACHINE
from portal.providers.states import State as ProviderState

DAYS = 30
BATCH = 500
BY = "removal"
# Tables whose rows belong to an offer or a provider, leaves first: (table, column).
_OF_OFFER = (
    ("offers_occurrence", "offer_id"),
    ("offers_schedule", "offer_id"),
    ("offers_location", "offer_id"),
    ("offers_offerimage", "offer_id"),
    ("offers_searchdocument", "offer_id"),
    ("offers_offer_categories", "offer_id"),
    ("offers_offer_target_groups", "offer_id"),
    ("offers_offer_markers", "offer_id"),
)
_OF_PROVIDER = (
    ("providers_membership", "provider_id"),
    ("providers_openinghours", "provider_id"),
    ("providers_fact", "provider_id"),
    ("providers_providerimage", "provider_id"),
    ("providers_provider_categories", "provider_id"),
)


def trash(offer: Offer, *, by: Any) -> None:
    """Put an offer into the bin. What waits for approval stays with it and waits again when it comes back."""
    with transaction.atomic():
        locked = Offer.objects.select_for_update(of=("self",)).select_related("provider").get(pk=offer.pk)
        if locked.state == State.TRASHED:
            return
        actors = actors_of(by, locked.provider)
        MACHINE.check(locked.state, State.TRASHED, actors)
        _bin(locked, actors)
        enter_state(locked, State.TRASHED, by=by, reason=locked.state_reason)


def undelete(offer: Offer, *, by: Any) -> None:
    """Take an offer out of the bin, to where it came from; whoever could have put it there may. What the editors put
    there, only they take out."""
    with transaction.atomic():
        locked = Offer.objects.select_for_update(of=("self",)).select_related("provider").get(pk=offer.pk)
        if locked.state != State.TRASHED:
            return
        before = State(locked.state_before)
        _permit(may_undelete(locked), actors_of(by, locked.provider))
        enter_state(locked, before, by=by, reason=locked.state_reason)
        _unbin(locked)


def trash_provider(provider: Provider, *, by: Any) -> None:
    """Put a provider into the bin. Its offers stay as they are and are seen by nobody, because it is not."""
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        if locked.state == ProviderState.TRASHED:
            return
        refuse_merged(locked)
        actors = actors_of(by, locked)
        PROVIDER_MACHINE.check(locked.state, ProviderState.TRASHED, actors)
        _bin(locked, actors)
        enter_provider_state(locked, ProviderState.TRASHED, by=by, reason=locked.state_reason)


def undelete_provider(provider: Provider, *, by: Any) -> None:
    """Take a provider out of the bin, to where it came from."""
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        if locked.state != ProviderState.TRASHED:
            return
        before = ProviderState(locked.state_before)
        permitted = EDITORS if _by_the_editors(locked) else PROVIDER_MACHINE.who(before, ProviderState.TRASHED)
        _permit(permitted, actors_of(by, locked))
        enter_provider_state(locked, before, by=by, reason=locked.state_reason)
        _unbin(locked)


def may_undelete(offer: Offer) -> frozenset[Actor]:
    """Who takes this one out of the bin."""
    return EDITORS if _by_the_editors(offer) else MACHINE.who(offer.state_before, State.TRASHED)


def _by_the_editors(locked: Any) -> bool:
    """Whether the editors put it into the bin: it was taken down at that very moment."""
    return locked.trashed_at is not None and locked.taken_down_at == locked.trashed_at


def _bin(locked: Any, actors: frozenset[Actor]) -> None:
    locked.state_before, locked.trashed_at = locked.state, timezone.now()
    if Actor.EDITOR in actors and locked.state != State.BLOCKED:
        locked.taken_down_at = locked.trashed_at
    locked.save(update_fields=["state_before", "trashed_at", "taken_down_at"])


def _unbin(locked: Any) -> None:
    if _by_the_editors(locked):
        locked.taken_down_at = None
    locked.state_before, locked.trashed_at = "", None
    locked.save(update_fields=["state_before", "trashed_at", "taken_down_at"])


def _permit(may: frozenset[Actor], actors: frozenset[Actor]) -> None:
    if not may & actors:
        raise PermissionDenied(_("You may not do this. Please ask the editors."))


def remove_for_good(now: datetime | None = None) -> int:
    """Remove what has lain in the bin for thirty days; the nightly job. Returns how many offers and providers went."""
    before = (now or timezone.now()) - timedelta(days=DAYS)
    with transaction.atomic():
        lost = Provider.objects.select_for_update().filter(state=ProviderState.TRASHED, trashed_at__lt=before)
        providers = list(lost.order_by("pk"))
        expired = Offer.objects.select_for_update().filter(state=State.TRASHED, trashed_at__lt=before)
        gone = {offer.pk: offer for offer in expired.order_by("pk")}
        gone |= {
            offer.pk: offer for offer in Offer.objects.select_for_update().filter(provider__in=providers).order_by("pk")
        }
        for thing in (*gone.values(), *providers):
            record("removed", thing, by=BY)
        for start in range(0, len(gone), BATCH):
            _remove("offers_offer", "offer", list(gone)[start : start + BATCH], _OF_OFFER)
        _remove("providers_provider", "provider", [each.pk for each in providers], _OF_PROVIDER)
    return len(gone) + len(providers)


def _remove(table: str, kind: str, ids: list[int], parts: tuple[tuple[str, str], ...]) -> None:
    """Rows with everything that hangs on them; keys of other rooms do what they declare (`_letting_go`)."""
    if not ids:
        return
    with connection.cursor() as cursor:
        for part, column in parts:
            cursor.execute(f"DELETE FROM {part} WHERE {column} = ANY(%s)", [ids])  # noqa: S608 - our own names
        cursor.execute("DELETE FROM revisions_revision WHERE kind = %s AND subject_id = ANY(%s)", [kind, ids])
        for sentence in _letting_go(table):
            cursor.execute(sentence, [ids])
        cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids])  # noqa: S608 - our own names


def _letting_go(table: str) -> list[str]:
    """What foreign keys of other rooms ask for when their row goes: set to nothing, or removed with it."""
    model: Any = Offer if table == "offers_offer" else Provider
    own = {part for part, _column in (*_OF_OFFER, *_OF_PROVIDER)} | {"offers_offer"}
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.related_model._meta.db_table in own:
            continue
        other, column = relation.related_model._meta.db_table, relation.field.column
        removed = relation.on_delete is models.CASCADE
        act = f"DELETE FROM {other}" if removed else f"UPDATE {other} SET {column} = NULL"  # noqa: S608 - our own names
        found.append(f"{act} WHERE {column} = ANY(%s)")
    return found
