"""Nobody stays in where the municipality is closed, the operator's account changes, or somebody signs out."""

from typing import Any

from django.contrib.auth import user_logged_out
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from support.closing import end_all_in, end_all_of, is_operator
from support.entering import leave
from tenants.models import Municipality, State
from tenants.running.context import PUBLIC, current_schema


@receiver(post_save, sender=Municipality)
def end_where_closed(instance: Municipality, created: bool, **kwargs: Any) -> None:
    """Suspended, archived, about to be deleted."""
    if not created and instance.state != State.LIVE:
        end_all_in(instance)


@receiver(post_save, sender=User)
def end_of_whom_it_is_taken_from(instance: User, created: bool, **kwargs: Any) -> None:
    """On the operator's side only: accounts of municipalities have the same numbers."""
    if not created and current_schema() == PUBLIC and not is_operator(instance):
        end_all_of(instance)


@receiver(user_logged_out)
def end_at_sign_out(request: HttpRequest | None, **kwargs: Any) -> None:
    """Whoever signs out does not want to be in any more."""
    if request is not None:
        leave(request)
