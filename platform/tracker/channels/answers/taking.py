"""An answer by mail becomes a comment, on the ticket that a merged one leads to."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from mail.services import post_kind
from tenants.running.context import inside, inside_public
from tracker.channels.answers.address import Mark, mark_of
from tracker.channels.answers.text import answer_in, is_automatic
from tracker.channels.models import Answered
from tracker.channels.places import Place
from tracker.tickets.models import Participant, Ticket
from tracker.tickets.models.tickets import MOST_TEXT
from tracker.tickets.services import comment, final

log = logging.getLogger(__name__)
_ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")


def take(message: EmailMessage) -> bool:
    """Whether the mail was an answer and is done with; what is not stays in the mailbox for a person."""
    mark = _mark(message)
    if mark is None:
        return False
    if is_automatic(message):
        return True
    with _place(mark) as place:
        return place is not None and _taken(message, mark, place)


def _mark(message: EmailMessage) -> Mark | None:
    values = [str(value) for name in _ADDRESSED for value in message.get_all(name, [])]
    found = (mark_of(address) for _name, address in getaddresses(values))
    return next((mark for mark in found if mark is not None), None)


@contextmanager
def _place(mark: Mark) -> Iterator[Place | None]:
    """Where the person is; None where their municipality is gone."""
    with inside_public():
        participant = Participant.objects.filter(pk=mark.participant).select_related("municipality").first()
    town = participant.municipality if participant is not None else None
    if mark.participant == 0:
        with inside_public():
            yield Place(None)
    elif town is None:
        yield None
    else:
        with inside(town):
            yield Place(participant)


def _taken(message: EmailMessage, mark: Mark, place: Place) -> bool:
    user = User.objects.filter(pk=mark.person, is_active=True).first()
    # Who was forwarded the mail has the address as well, and must not speak for somebody else.
    if user is None or parseaddr(str(message.get("From", "")))[1].lower() != user.email:
        log.warning("An answer about T-%d came from somebody else than it was for.", mark.ticket)
        return False
    viewer = place.viewer(user)
    ticket = Ticket.objects.filter(pk=mark.ticket).select_related("merged_into").first()
    if viewer is None or ticket is None or not Ticket.objects.visible_to(viewer).filter(pk=ticket.pk).exists():
        return False
    with transaction.atomic():
        _row, fresh = Answered.objects.get_or_create(message_id=_name(message, mark))
        if fresh:
            _say(message, mark, place, user, final(ticket))
    return True


def _say(message: EmailMessage, mark: Mark, place: Place, user: User, ticket: Ticket) -> None:
    viewer = place.viewer(user)
    assert viewer is not None
    text = answer_in(message)
    why = _("it is empty.") if not text else _("it is too long.") if len(text) > MOST_TEXT else ""
    if not why:
        try:
            with transaction.atomic():
                comment(ticket, text, by=viewer, about=place.participant if mark.internal else None)
        except (ValidationError, PermissionDenied) as error:
            why = " ".join(getattr(error, "messages", [str(error)]))
    if why:
        values = {"ticket": ticket.reference, "why": why, "link": place.ticket_address(ticket)}
        post_kind("tracker_answer_refused", to=user.email, values=values)


def _name(message: EmailMessage, mark: Mark) -> str:
    """What the mail is known by; some programs give none."""
    given = " ".join(str(message.get("Message-ID", "")).split())
    if given:
        return given[:250]
    said = f"{mark.text} {message.get('Date', '')} {answer_in(message)}"
    return f"sha256:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()}"
