"""Everything that is done with the text and the state of an offer, for `/konto/`, `/redaktion/`, imports and jobs.

The verbs of revisions are the engine's (`portal.revisions.verbs`); those of states are here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record, record_many
from core.access import is_editor
from portal.offer_fields import answers
from portal.offer_fields.reading import offer_fields
from portal.offers import removal, seasons, snapshot
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.open_points import carry
from portal.offers.services import change_state
from portal.offers.states import State
from portal.providers import approval
from portal.providers.approval import Subject, acts_for_the_editors
from portal.providers.models import Provider
from portal.revisions.errors import ReasonMissingError
from portal.revisions.results import Outcome
from portal.revisions.verbs import Verbs

JUST_NOW = timedelta(minutes=1)
DOUBLE_TAP = timedelta(seconds=10)
MOST_TWINS = 20
CONFIRMABLE = frozenset({State.PUBLISHED, State.PAUSED})


class Confirmed(StrEnum):
    """In which way somebody said that an offer is still right."""

    SIGNED_IN = "signed_in"
    EDITOR = "editor"
    LINK = "link"


verbs = Verbs(KIND)
begin, autosave, submit = verbs.begin, verbs.autosave, verbs.submit
withdraw, approve, send_back, restore = verbs.withdraw, verbs.approve, verbs.send_back, verbs.restore
discard_working, put_aside = verbs.discard_working, verbs.put_aside
differences, missing, content_of = verbs.differences, verbs.missing, verbs.content_of
history, waiting_for, returned_to, working_of = verbs.history, verbs.waiting_for, verbs.returned_to, verbs.working_of
trash, undelete = removal.trash, removal.undelete


def start(provider: Provider, *, by: Any, content: snapshot.Content | None = None) -> Offer:
    """A new draft of this provider's with what its profile says already, place and contact, or with a whole text."""
    return _made(provider, snapshot.blank(provider) if content is None else content, by=by, action="start")


def start_blank(provider: Provider, *, by: Any) -> Offer:
    """A new draft for somebody who pressed the button. Pressed twice on a slow line it is one: a draft of the last
    seconds in which nothing was written yet is the draft."""
    with transaction.atomic():
        # Whoever begins another one at the same time waits here.
        Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
        content = snapshot.blank(provider)
        twin = _same_draft(provider.pk, content, by, timezone.now() - DOUBLE_TAP)
        if twin is not None and verbs.working_of(twin, by=by) is None:
            return twin
        return _made(provider, content, by=by, action="start")


def copy(offer: Offer, *, by: Any) -> Offer:
    """A new draft with the text of another offer of the same provider. A double click makes one: an untouched copy of
    the last minute is the copy."""
    return _copied(offer, lambda content: content, by=by, since=timezone.now() - JUST_NOW)


def next_season(offer: Offer, *, by: Any, weeks: int) -> Offer:
    """A new draft with the text of another offer and its dates moved by a season. While there is such a copy that
    nobody has changed, that is it: twice is once. Raises ValidationError where no dates can be moved."""
    today = timezone.localdate()
    return _copied(offer, lambda content: seasons.moved(content, weeks, today=today), by=by)


def _copied(
    offer: Offer, change: Callable[[snapshot.Content], snapshot.Content], *, by: Any, since: datetime | None = None
) -> Offer:
    with transaction.atomic():
        # Whoever copies the same offer at the same time waits here.
        source = Offer.objects.select_for_update(of=("self",)).select_related("provider").get(pk=offer.pk)
        content = change(snapshot.take(source))
        twin = _twin(source, content, by, since)
        if twin is not None:
            return twin
        made = _made(source.provider, content, by=by, action="copy")
        carry(source, made)
        return made


def _twin(source: Offer, content: snapshot.Content, by: Any, since: datetime | None) -> Offer | None:
    """A copy with just this text, by the same person."""
    return _same_draft(source.provider_id, content, by, since, other_than=source.pk)


def _same_draft(
    provider: int, content: snapshot.Content, by: Any, since: datetime | None, other_than: int = 0
) -> Offer | None:
    drafts = Offer.objects.filter(
        provider=provider, state=State.DRAFT, title=content["title"], author=approval.account(by)
    ).exclude(pk=other_than)
    if since is not None:
        drafts = drafts.filter(created_at__gte=since)
    wanted = snapshot.canonical(content)
    return next((each for each in drafts.order_by("-pk")[:MOST_TWINS] if snapshot.take(each) == wanted), None)


def extend(offer: Offer, *, by: Any, until: date) -> Outcome:
    """Move the end of an offer's dates on; it waits or is public at once as any other change. What the person is still
    writing stays unsent. Twice is once. Raises ValidationError where there is no end to move."""
    return verbs.change(offer, lambda content: {"schedules": seasons.extended(content, until)["schedules"]}, by=by)


def confirm(offer: Offer, *, by: Any) -> bool:
    """Somebody has looked and everything is still right. False where that was said today already."""
    if not approval.may_edit(by, offer.provider, Subject.OFFER):
        raise PermissionDenied
    with transaction.atomic():
        if Offer.objects.filter(pk=offer.pk).exclude(state__in=CONFIRMABLE).exists():
            raise ValidationError(_("Only what is public can be confirmed."))
        how = Confirmed.EDITOR if acts_for_the_editors(by) else Confirmed.SIGNED_IN
        if not confirm_all([offer.pk], by=by, how=how):
            return False
    offer.refresh_from_db(fields=["reviewed_at", "noted_at", "hidden_at"])
    return True


def confirm_all(pks: Iterable[int], *, by: Any, how: Confirmed, more: Mapping[str, Any] | None = None) -> list[Offer]:
    """The same for many at once, in a fixed number of statements: those that were confirmed now, not those that were
    today already. Who may, the caller has found out; the audit log says who it was, in which way and when.

    Nothing of the text changes, so it needs no approval and is nothing new to residents; what was hidden because nobody
    looked is found again.
    """
    today = timezone.localdate()
    with transaction.atomic():
        rows = Offer.objects.select_for_update(of=("self",)).filter(pk__in=list(pks), state__in=CONFIRMABLE)
        found = [each for each in rows.order_by("pk") if each.reviewed_at != today or each.noted_at or each.hidden_at]
        changes = {"how": how.value, **(more or {})}
        record_many(
            "confirm",
            [(each, {"reviewed_at": [str(each.reviewed_at or ""), str(today)], **changes}) for each in found],
            by=by,
        )
        # Not `save`: nothing of the text changed, and the public page tells both days.
        Offer.objects.filter(pk__in=[each.pk for each in found]).update(
            reviewed_at=today, noted_at=None, hidden_at=None
        )
    return found


def set_internal(offer: Offer, given: Mapping[str, Any], *, by: Any) -> bool:
    """Keep what the editors note in the internal details of an offer; nobody else sees it, and it is no part of the
    text that is approved. `given`: answers by the keys of the details asked; others stay. False where nothing is new.
    """
    if not is_editor(by):
        raise PermissionDenied
    with transaction.atomic():
        locked = Offer.objects.select_for_update().get(pk=offer.pk)
        internal, _fewer = answers.known(answers.canonical({**locked.internal, **given}), offer_fields())
        if internal == locked.internal:
            return False
        changed = {key: [locked.internal.get(key), internal.get(key)] for key in {*locked.internal, *internal}
                   if locked.internal.get(key) != internal.get(key)}  # fmt: skip
        record("offer.internal", locked, by=by, changes=changed)
        Offer.objects.filter(pk=locked.pk).update(internal=internal)
    offer.internal = internal
    return True


def _made(provider: Provider, content: snapshot.Content, *, by: Any, action: str) -> Offer:
    if not approval.may_edit(by, provider, Subject.OFFER):
        raise PermissionDenied
    author = approval.account(by)
    with transaction.atomic():
        offer = Offer.objects.create(provider=provider, author=author, last_editor=author)
        snapshot.apply(offer, content)
        record(action, offer, by=by)
    return offer


def pause(offer: Offer, *, by: Any) -> None:
    """Take a public offer off for a while."""
    change_state(offer, State.PAUSED, by=by)


def resume(offer: Offer, *, by: Any) -> None:
    """Bring a paused offer back; its text was approved."""
    change_state(offer, State.PUBLISHED, by=by, only_from=State.PAUSED)


def archive(offer: Offer, *, by: Any) -> None:
    """Put an offer away."""
    change_state(offer, State.ARCHIVED, by=by)


def reopen(offer: Offer, *, by: Any) -> None:
    """Make an archived offer a draft again."""
    change_state(offer, State.DRAFT, by=by, only_from=State.ARCHIVED)


def take_down(offer: Offer, *, by: Any, reason: str) -> None:
    """The editors take a public offer down and say what to change; its people write on as in a draft."""
    change_state(offer, State.RETURNED, by=by, reason=_said(reason), only_from=State.PUBLISHED)


def block(offer: Offer, *, by: Any, reason: str) -> None:
    """The editors take an offer down for good; only they bring it back, with the next text they approve or at once."""
    change_state(offer, State.BLOCKED, by=by, reason=_said(reason))


def unblock(offer: Offer, *, by: Any) -> None:
    """The editors let an offer be public again as it is."""
    change_state(offer, State.PUBLISHED, by=by, only_from=State.BLOCKED)


def _said(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissingError
    return reason.strip()
