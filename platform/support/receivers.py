"""Nobody stays in where the municipality is closed or moves, the operator's account changes, or somebody signs out."""

from typing import Any

from django.contrib.auth import user_logged_out
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from support.closing import end_all_in, end_all_of, is_operator
from support.entering import leave
from support.models import Visit
from tenants.models import Municipality, State
from tenants.refused import RefusedError
from tenants.running.context import PUBLIC, current_schema
from tenants.signals import leaving


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


@receiver(leaving)
def nobody_is_taken_along(sender: object, schema_name: str, **kwargs: Any) -> None:
    """An operator of this cell is somebody else in the next one. Raises RefusedError where one is in or may still come
    in: its end is written down in both logs, which is too late when the municipality is read-only."""
    visit = Visit.objects.open().of(schema_name).first()
    if visit is not None and visit.is_open:
        raise RefusedError(
            _("%(helper)s has support access to %(name)s, or has asked for it. End that first.")
            % {"helper": visit.helper, "name": visit.municipality.name}
        )


@receiver(user_logged_out)
def end_at_sign_out(request: HttpRequest | None, **kwargs: Any) -> None:
    """Whoever signs out does not want to be in any more."""
    if request is not None:
        leave(request)
