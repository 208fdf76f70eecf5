"""Signing in as a provider to help: who may as whom, and the mail about it. How it works: accounts.acting."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acting import begin
from accounts.models import ActingSession, User
from core.access import Permission, may
from portal.people import letters
from portal.providers.models import Membership

SHORTEST, LONGEST = 5, 300


class ReasonError(Exception):
    """The reason is missing or too long; nothing was begun."""


def is_just_a_provider(person: User) -> bool:
    """Whether somebody works for a provider and nothing else: nobody acts as somebody of the town hall."""
    return person.is_active and not person.granted_roles and Membership.objects.of(person).exists()


@transaction.atomic
def start(helper: User, person: User, *, reason: str) -> ActingSession:
    """Begin, for an hour. The person is told at once who it is and why."""
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST:
        raise ReasonError(_("Please write in a few words why. The provider reads it."))
    if len(reason) > LONGEST:
        raise ReasonError(_("Please shorten the reason to 300 characters."))
    # Administrators before others, as accounts.administering locks them.
    fresh = User.objects.select_for_update().filter(pk=helper.pk).first()
    found = User.objects.select_for_update().get(pk=person.pk)
    if fresh is None or not may(fresh, Permission.HELP) or not is_just_a_provider(found):
        raise PermissionDenied
    row = begin(fresh, found, reason=reason)
    letters.helped(row)
    return row
