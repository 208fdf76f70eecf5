"""What else happens when somebody's access changes: it is noted, and other sessions end with the old password.

allauth's own signals of second factors come after the transaction; the log belongs into it.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib.auth import user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.acting import leave
from accounts.models import ActingSession, User
from audit.services import record


@receiver([account.password_changed, account.password_set, account.password_reset])
def end_others(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A new password is often chosen because somebody else knew the old one."""
    end_other_sessions(request, user)
    record("account.password", user, by=user)


@receiver(account.email_confirmed)
def note_address(email_address: Any, **kwargs: Any) -> None:
    record("account.address", email_address.user, by=email_address.user, changes={"email": [None, email_address.email]})


@receiver(post_save, sender=Authenticator)
def note_new_factor(instance: Authenticator, created: bool, **kwargs: Any) -> None:
    if created:
        record("account.second_factor_added", instance.user, by=instance.user, changes={"type": [None, instance.type]})


@receiver(post_delete, sender=Authenticator)
def note_removed_factor(instance: Authenticator, **kwargs: Any) -> None:
    if getattr(instance, "taken_away", False):
        # By an administrator, who is noted for all of them at once.
        return
    record("account.second_factor_removed", instance.user, by=instance.user, changes={"type": [instance.type, None]})


@receiver(user_logged_out)
def end_help(request: HttpRequest | None, **kwargs: Any) -> None:
    """Whoever signs out while acting for somebody else does not go on after the next sign-in."""
    if request is not None:
        leave(request, ActingSession.End.SIGNED_OUT)
