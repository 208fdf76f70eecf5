"""The mails on what was handed in or published, for towns that want them: to whoever wrote it, and to the editors."""

from typing import Any

from django.dispatch import receiver

from mail.kinds import kind_of
from mail.services import post_kind
from mail.wanting import is_wanted
from portal.authoring import doors
from portal.authoring.steps import LIST
from portal.feedback.letters import editors
from portal.offers.kind import KIND as OFFER
from portal.offers.models import Offer
from portal.providers.kind import KIND as PROVIDER
from portal.providers.models import Provider
from portal.revisions.models import Desk, Revision
from portal.revisions.signals import Event, moved
from tenants.urls import own_address

_FOR_THE_EDITORS = frozenset({Event.SUBMITTED, Event.HANDED_ON})


@receiver(moved, sender=Revision)
def tell(revision: Revision, event: Event, by: Any, **kwargs: Any) -> None:
    """Handed in to the editors, or public without their check."""
    if revision.kind not in {OFFER.name, PROVIDER.name}:
        return
    if event in _FOR_THE_EDITORS and revision.waits_for == Desk.EDITORS:
        _handed_in(revision)
    elif event == Event.APPLIED and revision.kind == OFFER.name and revision.submitted_at is None:
        _published(revision, by)


def _named(revision: Revision) -> dict[str, str]:
    """Title and organisation, as the row says them now."""
    if revision.kind == OFFER.name:
        offer = Offer.objects.select_related("provider").get(pk=revision.subject_id)
        title = str(revision.content.get("title") or offer.title)
        return {"title": title, "organisation": offer.provider.name}
    return {"title": Provider.objects.get(pk=revision.subject_id).name, "organisation": ""}


def _handed_in(revision: Revision) -> None:
    received, waiting = (kind_of(f"{revision.kind}_{each}") for each in ("received", "waiting"))
    if not (is_wanted(received) or is_wanted(waiting)):
        return
    named, base = _named(revision), own_address()
    page = f"{LIST}{revision.subject_id}/" if revision.kind == OFFER.name else doors.OWN.home(revision.subject_id)
    author = revision.author
    if author is not None and author.is_active:
        values = {"title": named["title"], "link": base + page.lstrip("/")}
        post_kind(received.key, to=author.email, values=values)
    for to in editors():
        values = {**named, "link": f"{base}redaktion/pruefen/{revision.pk}/"}
        post_kind(waiting.key, to=to, values=values)


def _published(revision: Revision, by: Any) -> None:
    if not is_wanted(kind_of("offer_published")):
        return
    offer = Offer.objects.select_related("provider").get(pk=revision.subject_id)
    values = {**_named(revision), "link": own_address() + offer.get_absolute_url().lstrip("/")}
    for to in editors():
        if to != getattr(by, "email", ""):
            post_kind("offer_published", to=to, values=values)
