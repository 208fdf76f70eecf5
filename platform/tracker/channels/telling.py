"""Mails about what happened, written inside the municipality of whom they are for: only there are addresses."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from mail.services import post_kind
from tracker.channels import events
from tracker.channels.answers.address import Mark, answer_address
from tracker.channels.models import Event, Notice, Scope, Subscription
from tracker.channels.places import Place, here
from tracker.tickets import happenings

# In one mail; the rest comes with the next.
MOST_IN_A_MAIL = 50
MOST_IN_A_JOB = 2000


@transaction.atomic
def tell_due(now: datetime) -> int:
    """Write the mails that are due here; return how many."""
    place = here()
    if place is None:
        return 0
    rows = Notice.objects.filter(sent_at=None, due_at__lte=now)
    rows = rows.filter(participant=place.participant) if place.participant else rows.filter(participant__isnull=True)
    locked = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:MOST_IN_A_JOB]
    notices = list(
        locked.select_related("event", "event__ticket", "event__ticket__reporter", "event__participant", "event__only")
    )
    written = 0
    with translation.override(settings.LANGUAGE_CODE):
        for user, theirs in _by_person(place, notices).items():
            written += _write(place, user, theirs[:MOST_IN_A_MAIL])
    Notice.objects.filter(pk__in=[each.pk for each in notices]).update(sent_at=now)
    return written


def _by_person(place: Place, notices: Iterable[Notice]) -> dict[User, list[Event]]:
    """Who of those who still may is told what; nobody the same twice."""
    wanted: dict[int, dict[int, Event]] = defaultdict(dict)
    for_all = [each.event for each in notices if each.person is None]
    for each in notices:
        if each.person is not None:
            wanted[each.person][each.event_id] = each.event
    people = {user.pk: user for user in User.objects.filter(pk__in=wanted, is_active=True)}
    if for_all:
        silent = _silent(place)
        for user in place.deciders():
            if user.pk not in silent:
                people[user.pk] = user
                wanted[user.pk] |= {event.pk: event for event in for_all}
    return {user: _known(place, user, wanted[pk].values()) for pk, user in people.items()}


def _silent(place: Place) -> set[int]:
    """Who wants no mails."""
    rows = Subscription.objects.filter(scope=Scope.NONE)
    rows = rows.filter(participant=place.participant) if place.participant else rows.filter(participant__isnull=True)
    return set(rows.values_list("person", flat=True))


def _known(place: Place, user: User, found: Iterable[Event]) -> list[Event]:
    viewer = place.viewer(user)
    if viewer is None:
        return []
    return [event for event in sorted(found, key=lambda each: each.pk) if events.may_know(event, viewer)]


def _write(place: Place, user: User, found: list[Event]) -> bool:
    if not found:
        return False
    if len(found) == 1:
        return _write_one(place, user, found[0])
    values = {
        "number": len(found),
        "list": "\n\n".join(_lines(place, event) for event in found),
        "link": place.home,
        "settings": place.settings_address,
    }
    return post_kind("tracker_digest", to=user.email, values=values) is not None


def _lines(place: Place, event: Event) -> str:
    return "\n".join([str(event.ticket), f"– {events.sentence(event)}", f"  {place.ticket_address(event.ticket)}"])


def _write_one(place: Place, user: User, event: Event) -> bool:
    internal = event.name == happenings.NOTED
    # Which municipality an operator's note is for, an address does not say.
    answers = (
        ""
        if internal and place.participant is None
        else answer_address(Mark(place.number or 0, event.ticket_id, user.pk, internal=internal))
    )
    values: dict[str, Any] = {
        "ticket": event.ticket.reference,
        "title": event.ticket.title,
        "what": events.sentence(event),
        "text": events.quoted(event),
        "link": place.ticket_address(event.ticket),
        "answer": _answer_words(internal=internal) if answers else "",
        "settings": place.settings_address,
    }
    return post_kind("tracker_notice", to=user.email, values=values, reply_to=answers) is not None


def _answer_words(*, internal: bool) -> str:
    if internal:
        return _("You may simply answer this mail: your answer becomes an internal note.")
    return _("You may simply answer this mail: your answer becomes a comment that all municipalities read.")
