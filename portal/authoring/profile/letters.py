"""The mails of a decision on a profile: to whoever wrote the text and to the organisation's administrators."""

from typing import Any

from django.dispatch import receiver

from mail.rendering import Letter
from mail.services import post_kind
from mail.wording import worded
from portal.authoring import doors
from portal.authoring.letters import CHANGED, changed_by_decider, writer_of
from portal.organisations.registering import is_first_word
from portal.providers.kind import KIND
from portal.providers.models import Membership, Provider
from portal.providers.states import State
from portal.revisions.models import Revision
from portal.revisions.signals import Event, moved
from tenants.urls import own_address

_KEYS = {Event.APPLIED: "approved", Event.RETURNED: "returned"}


def _recipients(revision: Revision, by: Any) -> list[str]:
    leaders = Membership.objects.filter(
        provider=revision.subject_id, role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).values_list("user__email", flat=True)
    author = writer_of(revision)
    own = [author.email] if author is not None and author.is_active else []
    decided = getattr(by, "email", "")
    return [address for address in dict.fromkeys([*own, *leaders]) if address != decided]


def letter(key: str, provider: Provider, reason: str) -> Letter:
    """The mail on a decision (approved, returned, blocked), as it would go out."""
    return worded(f"provider_{key}", _values(key, provider, reason))


def _values(key: str, provider: Provider, reason: str, *, changed: bool = False) -> dict[str, Any]:
    page = provider.get_absolute_url() if key == "approved" else doors.OWN.home(provider.pk)
    return {
        "title": provider.name,
        "reason": reason,
        "note": CHANGED if changed else "",
        "link": own_address() + page.lstrip("/"),
    }


@receiver(moved, sender=Revision)
def tell(revision: Revision, event: Event, by: Any, **kwargs: Any) -> None:
    """Only where somebody decided on what waited: what was public at once is no news to whoever wrote it. The first
    word on a new organisation is told by `portal.organisations`."""
    key = _KEYS.get(event)
    if key is None or revision.kind != KIND.name or revision.submitted_at is None or revision.decided_by is None:
        return
    if is_first_word(revision, event):
        return
    provider = Provider.objects.get(pk=revision.subject_id)
    # Blocked with these words a moment ago, in the same transaction.
    blocked = event == Event.RETURNED and provider.state == State.BLOCKED and provider.state_reason == revision.reason
    key = "blocked" if blocked else key
    values = _values(key, provider, revision.reason, changed=changed_by_decider(revision))
    for to in _recipients(revision, by):
        post_kind(f"provider_{key}", to=to, values=values, reply_to=getattr(by, "email", ""))
