"""The mails of a decision on a profile: to whoever wrote the text and to the organisation's administrators."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils import translation

from mail.services import post
from mail.wording import word
from portal.authoring import doors
from portal.authoring.letters import changed_by_decider, writer_of
from portal.organisations.registering import is_first_word
from portal.providers.kind import KIND
from portal.providers.models import Membership, Provider
from portal.providers.states import State
from portal.revisions.models import Revision
from portal.revisions.signals import Event, moved
from tenants.urls import own_address
from theming.services import current_theme

_KEYS = {Event.APPLIED: "approved", Event.RETURNED: "returned"}


def _recipients(revision: Revision, by: Any) -> list[str]:
    leaders = Membership.objects.filter(
        provider=revision.subject_id, role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).values_list("user__email", flat=True)
    author = writer_of(revision)
    own = [author.email] if author is not None and author.is_active else []
    decided = getattr(by, "email", "")
    return [address for address in dict.fromkeys([*own, *leaders]) if address != decided]


def letter(key: str, provider: Provider, reason: str, *, changed: bool = False) -> tuple[str, str]:
    """Subject and text of the mail on a decision: approved (`changed`: not quite as it was handed in), returned,
    blocked."""
    with translation.override(settings.LANGUAGE_CODE):
        page = provider.get_absolute_url() if key == "approved" else doors.OWN.home(provider.pk)
        context = {
            "portal": current_theme().portal_name,
            "title": provider.name,
            "reason": reason,
            "changed": changed,
            "link": own_address() + page.lstrip("/"),
        }
        return word(f"provider_{key}", f"authoring/profile/mail/{key}", context)


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
    subject, body = letter(
        "blocked" if blocked else key, provider, revision.reason, changed=changed_by_decider(revision)
    )
    for to in _recipients(revision, by):
        post(to=to, subject=subject, body=body, reply_to=getattr(by, "email", ""))
