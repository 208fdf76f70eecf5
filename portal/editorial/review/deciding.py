"""The verbs of a review. Each is one transaction: the decision, what it was before, and its mail, which waits.

Taking back is one transaction too: the mail goes out of the outbox under the lock that whoever sends it needs, and
everything is as it was; or nothing happens. Whoever kills the process in between finds the one or the other.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.services import holding, recall
from portal.editorial.review.models import TIME_TO_THINK, Decision, Verb
from portal.editorial.waiting import EDITING
from portal.offers.snapshot.checking import CREDITED as OFFERS_CREDITED
from portal.providers.snapshot import CREDITED as PROFILES_CREDITED
from portal.revisions.errors import AlreadyDecidedError, ChangedMeanwhileError, ChangedSinceError, EditingError
from portal.revisions.models import Revision
from portal.revisions.results import Outcome
from portal.revisions.undoing import Memory, digest, remember, take_back

_BLOCKED = "blocked"
_CREDITED = {"offer": OFFERS_CREDITED, "provider": PROFILES_CREDITED}


class TooLateError(EditingError):
    """The mail has left, or the time is over."""

    def __init__(self, *_given: Any) -> None:
        super().__init__(_("It is too late to take this back: the mail to the provider has left."))


def approve(
    revision: Revision, *, by: Any, version: int, content: Mapping[str, Any] | None = None
) -> tuple[Outcome, Decision | None]:
    """Let a text become public, with changes of one's own where `content` says so. A picture without credit stays out,
    the one of before stays, and the rest goes. Twice is once; the decision is None where there was one before."""
    editing = EDITING[revision.kind]
    own = {**_without_uncredited(revision), **(content or {})}

    def act() -> Outcome:
        outcome: Outcome = editing.approve(revision, by=by, version=version, content=own or None)
        return outcome

    return _decided(revision, act, by=by, verb=Verb.CHANGED if content else Verb.APPROVED)


def send_back(revision: Revision, *, by: Any, version: int, reason: str) -> tuple[Outcome, Decision | None]:
    """Return a text with a reason."""
    editing = EDITING[revision.kind]

    def act() -> Outcome:
        outcome: Outcome = editing.send_back(revision, by=by, version=version, reason=reason)
        return outcome

    return _decided(revision, act, by=by, verb=Verb.RETURNED)


def block(revision: Revision, *, by: Any, version: int, reason: str) -> tuple[Outcome, Decision | None]:
    """Take the whole thing down with a reason: only the editors let it be public again. The text goes back."""
    editing = EDITING[revision.kind]

    def act() -> Outcome:
        now = Revision.objects.get(pk=revision.pk)
        row = editing.verbs.kind.rules.lock(revision.subject_id)
        if now.is_open and row.state != _BLOCKED:
            if now.version != version:
                raise ChangedMeanwhileError(now)
            editing.block(row, by=by, reason=reason)
        outcome: Outcome = editing.send_back(revision, by=by, version=version, reason=reason)
        return outcome

    return _decided(revision, act, by=by, verb=Verb.BLOCKED)


def _decided(revision: Revision, act: Any, *, by: Any, verb: Verb) -> tuple[Outcome, Decision | None]:
    kind = EDITING[revision.kind].verbs.kind
    until = timezone.now() + TIME_TO_THINK
    with transaction.atomic(), holding(until) as held:
        row = kind.rules.lock(revision.subject_id)
        memory = remember(kind, row)
        outcome = act()
        if outcome.already:
            _by_the_same(outcome.revision, by)
            return outcome, None
        content = kind.content_of(revision)
        decision = Decision.objects.create(
            kind=kind.name,
            subject_id=row.pk,
            revision_id=revision.pk,
            verb=verb,
            title=str(content.get("title") or content.get("name") or "")[:300],
            decided_by_id=getattr(by, "pk", None),
            until=until,
            memory=memory.as_json(),
            after=digest(kind, kind.model._default_manager.get(pk=row.pk)),
            mails=held.messages,
            left_out=list(outcome.left_out),
        )
    return outcome, decision


def _by_the_same(found: Revision | None, by: Any) -> None:
    """One's own second click is no news; where somebody else was faster, even with the same word, one is told."""
    if found is not None and found.decided_by_id != getattr(by, "pk", None):
        raise AlreadyDecidedError(found)


def undo(decision: Decision, *, by: Any) -> bool:
    """Take a decision back. False where it was taken back already. Raises TooLateError or ChangedSinceError, with
    nothing done."""
    kind = EDITING[decision.kind].verbs.kind
    with transaction.atomic():
        if not kind.model._default_manager.filter(pk=decision.subject_id).exists():
            raise ChangedSinceError
        # The order of all verbs: the subject first, then what hangs on it.
        kind.rules.lock(decision.subject_id)
        found = Decision.objects.select_for_update().get(pk=decision.pk)
        if found.taken_back_at is not None:
            return False
        if not found.can_be_taken_back or not recall(found.mails):
            raise TooLateError
        take_back(kind, found.subject_id, Memory.of_json(found.memory), found.after, by=by)
        found.taken_back_at, found.memory = timezone.now(), {}
        found.save(update_fields=["taken_back_at", "memory"])
    return True


def _without_uncredited(revision: Revision) -> dict[str, Any]:
    """The law's rule: no picture without saying whose it is. Where a new one does not, that of before stays; where
    there was none, the engine leaves it out and says so."""
    kind = EDITING[revision.kind].verbs.kind
    said, asked = kind.content_of(revision), _CREDITED[revision.kind]
    lacking = {each["kind"] for each in said["images"] if each["kind"] in asked and not each["copyright"]}
    row = kind.model._default_manager.filter(pk=revision.subject_id).first() if lacking else None
    kept = [each for each in kind.take(row)["images"] if each["kind"] in lacking] if row is not None else []
    if not kept or not kind.rules.is_bound(row):
        return {}
    return {"images": [*(each for each in said["images"] if each["kind"] not in lacking), *kept]}
