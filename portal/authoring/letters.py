"""The mails of a decision: to whoever wrote the text and to the organisation's administrators."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from mail.rendering import Letter
from mail.services import post_kind
from mail.wording import worded
from portal.authoring.steps import LIST
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Membership
from portal.revisions.models import Desk, Revision
from portal.revisions.models import State as RevisionState
from portal.revisions.signals import Event, moved
from tenants.urls import own_address

# Whoever decided changed the text themselves.
CHANGED = _("The editors have changed something in it. Please read the page once more.")
_KEYS = {Event.APPLIED: "approved", Event.RETURNED: "returned"}


def _recipients(revision: Revision, offer: Offer, by: Any) -> list[str]:
    author = writer_of(revision)
    own = [author.email] if author is not None and author.is_active else []
    decided = getattr(by, "email", "")
    return [address for address in dict.fromkeys([*own, *_administrators(offer)]) if address != decided]


def writer_of(revision: Revision) -> Any:
    """Who wrote what was decided on: where the editors changed something, whoever handed in the text before it."""
    return revision.based_on.author if changed_by_decider(revision) and revision.based_on else revision.author


def changed_by_decider(revision: Revision) -> bool:
    """Whether it was approved with own changes of who decided."""
    before = revision.based_on
    own = before is not None and revision.author_id == revision.decided_by_id
    return own and before is not None and before.state == RevisionState.REPLACED and before.author_id is not None


@receiver(moved, sender=Revision)
def ask(revision: Revision, event: Event, by: Any, **kwargs: Any) -> None:
    """Administrators of an organisation learn what a member handed in to them."""
    if revision.kind != KIND.name or event != Event.SUBMITTED or revision.waits_for != Desk.PROVIDER:
        return
    offer = Offer.objects.select_related("provider").get(pk=revision.subject_id)
    values = {
        "title": offer.title,
        "who": revision.author_name,
        "link": own_address() + f"{LIST}{offer.pk}/aenderung/".lstrip("/"),
    }
    for to in _administrators(offer):
        if to != getattr(by, "email", ""):
            post_kind("offer_handed_in", to=to, values=values, reply_to=getattr(by, "email", ""))


def _administrators(offer: Offer) -> list[str]:
    people = Membership.objects.filter(
        provider=offer.provider, role=Membership.Role.ADMINISTRATOR, user__is_active=True
    )
    return list(people.values_list("user__email", flat=True))


def letter(key: str, offer: Offer, reason: str) -> Letter:
    """The mail on a decision (approved, returned, blocked), as it would go out."""
    return worded(f"offer_{key}", _values(key, offer, reason))


def _values(key: str, offer: Offer, reason: str, *, changed: bool = False) -> dict[str, Any]:
    page = offer.get_absolute_url() if key == "approved" else f"{LIST}{offer.pk}/"
    return {
        "title": offer.title,
        "reason": reason,
        "note": CHANGED if changed else "",
        "link": own_address() + page.lstrip("/"),
    }


@receiver(moved, sender=Revision)
def tell(revision: Revision, event: Event, by: Any, **kwargs: Any) -> None:
    """Only where somebody decided on what waited: what was public at once is no news to whoever wrote it."""
    key = _KEYS.get(event)
    if key is None or revision.kind != KIND.name or revision.submitted_at is None or revision.decided_by is None:
        return
    offer = Offer.objects.select_related("provider").get(pk=revision.subject_id)
    # Blocked with these words a moment ago, in the same transaction.
    blocked = event == Event.RETURNED and offer.state == State.BLOCKED and offer.state_reason == revision.reason
    key = "blocked" if blocked else key
    values = _values(key, offer, revision.reason, changed=changed_by_decider(revision))
    for to in _recipients(revision, offer, by):
        post_kind(f"offer_{key}", to=to, values=values, reply_to=getattr(by, "email", ""))
