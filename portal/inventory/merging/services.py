"""Merging two entries of one provider in one transaction. Nothing is lost: everything that hangs on the one goes to the
other, and the one stays, put away, with its whole text and history; its addresses lead to the other for ever."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from portal.inventory.merging import letters
from portal.inventory.merging.moving import MOVES, Moved
from portal.inventory.merging.texts import merged
from portal.offers.models import Offer
from portal.providers.approval import acts_for_the_editors
from portal.providers.kind import KIND
from portal.providers.models import Membership, Provider
from portal.providers.services import enter_state
from portal.providers.states import State
from portal.revisions.bulk import change_quietly, keep_what_was
from portal.revisions.kinds import Content
from portal.revisions.models import OPEN, Revision
from portal.revisions.models import State as RevisionState
from portal.revisions.steps import settle
from portal.revisions.subject import waiting_for


class UnmergeableError(Exception):
    """Why two entries cannot be merged as asked; a whole sentence."""


class ChangedMeanwhileError(UnmergeableError):
    """One of them is no longer what was looked at."""


def why_not(target: Provider, source: Provider) -> str:
    """Why `source` cannot go into `target`, or ""."""
    if target.pk == source.pk:
        return _("That is the same entry twice. Please choose two different ones.")
    alone = next((reason for each in (target, source) if (reason := _why_not_at_all(each))), "")
    if alone:
        return alone
    if target.state == State.ARCHIVED:
        return _("“%(name)s” was put away. Please choose it as the one that goes.") % {"name": target}
    if source.state == State.PUBLISHED and target.state != State.PUBLISHED:
        return _("“%(stays)s” is not public, “%(goes)s” is. Please let the public one stay.") % {
            "stays": target,
            "goes": source,
        }
    return ""


def _why_not_at_all(provider: Provider) -> str:
    if provider.merged_into is not None:
        return _("“%(name)s” was merged into another entry already.") % {"name": provider}
    sentences = {
        State.TRASHED: _("“%(name)s” lies in the bin. Please take it out first."),
        State.BLOCKED: _("“%(name)s” is blocked; its offers would be public. Please decide on that first."),
    }
    sentence = sentences.get(State(provider.state), "")
    return sentence % {"name": provider} if sentence else ""


def text_of(provider: Provider) -> Content:
    """What an entry says: what waits for approval counts, being the newest that was handed in."""
    waiting = waiting_for(KIND, provider.pk)
    return KIND.content_of(waiting) if waiting is not None else KIND.take(provider)


def mark_of(target: Provider, source: Provider) -> str:
    """The digest of everything the page shows of both; it differs as soon as something of it changed."""
    said = [
        [
            each.pk,
            each.state,
            KIND.take(each),
            text_of(each),
            list(Offer.objects.filter(provider=each).order_by("pk").values_list("pk", flat=True)),
            list(Membership.objects.filter(provider=each).order_by("user").values_list("user", "role")),
        ]
        for each in (target, source)
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:32]


def merge(
    target: Provider, source: Provider, *, by: Any, choices: Mapping[str, str] | None = None, mark: str = ""
) -> Moved:
    """Let `source` become part of `target`; only the editors may. Twice is once: the second time nothing moves.

    Raises UnmergeableError with the reason, ChangedMeanwhileError where `mark` is of another state than now.
    """
    if not acts_for_the_editors(by):
        raise PermissionDenied
    with transaction.atomic():
        locked = {each.pk: each for each in _locked(target.pk, source.pk)}
        stays, goes = locked[target.pk], locked[source.pk]
        if goes.merged_into == stays.pk and goes.pk != stays.pk:
            return {}
        if reason := why_not(stays, goes):
            raise UnmergeableError(reason)
        if mark and mark != mark_of(stays, goes):
            raise ChangedMeanwhileError(_("One of the two was changed in the meantime. Please look once more."))
        _write_text(stays, goes, choices or {}, by)
        moved = {name: move(goes, stays) for name, move in MOVES.items()}
        _put_away(goes, stays, by)
        changes = {"from": [goes.pk, str(goes)], **{name: ids for name, ids in moved.items() if ids}}
        record("merge", stays, by=by, changes=changes)
        letters.tell(stays, goes, by=by)
    return moved


def _locked(*ids: int) -> list[Provider]:
    """Both under their locks, always in the same order, so that two editors never wait for each other."""
    found = list(Provider.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    if len(found) < len(set(ids)):
        raise UnmergeableError(_("One of the two does not exist any more."))
    return found


def _write_text(stays: Provider, goes: Provider, choices: Mapping[str, str], by: Any) -> None:
    wanted = merged(KIND.take(stays), text_of(goes), choices)
    change_quietly(KIND, stays, wanted, by=by, note=_("Merged with “%(name)s”") % {"name": str(goes)[:200]})


def _put_away(goes: Provider, stays: Provider, by: Any) -> None:
    """The text as it was becomes history; what was open on it is settled and stays readable there."""
    keep_what_was(KIND, {goes.pk: KIND.take(goes)})
    for each in Revision.objects.of(KIND.name, goes.pk).filter(state__in=OPEN):
        settle(each, RevisionState.REPLACED, by)
        each.note = _("Merged into “%(name)s”") % {"name": str(stays)[:200]}
        each.save()
    Revision.objects.of(KIND.name, goes.pk).still_returned().update(seen_at=timezone.now())
    if goes.state != State.ARCHIVED:
        enter_state(goes, State.ARCHIVED, by=by)
    Provider.objects.filter(pk=goes.pk).update(merged_into=stays.pk)
    goes.merged_into = stays.pk
    record("merged", goes, by=by, changes={"into": [stays.pk, str(stays)]})
