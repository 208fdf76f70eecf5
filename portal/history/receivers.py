"""Listens to what is saved and to the audit log, for what has a history."""

from typing import Any

from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from accounts.models import User
from audit.signals import recorded
from portal.history import keeping, removing
from portal.history.models import Removed
from portal.history.registry import of_model


@receiver(pre_save)
def before_saving(sender: type[Any], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """What was there becomes history before it is overwritten."""
    if not raw and of_model(sender):
        keeping.keep_what_was(instance)


@receiver(recorded)
def after_recording(entry: Any, target: Any, by: Any, **kwargs: Any) -> None:
    """What is there now becomes history; what is about to be deleted is kept whole."""
    # Not its type: who is signed in may still be an object that asks for itself.
    declared = of_model(target._meta.model)
    if not declared:
        return
    keeping.keep_what_is(entry, target, by)
    for each in declared:
        if entry.action in each.removals:
            removing.keep_removed(each, target, by=by)


@receiver(pre_delete, sender=User)
def forget_person(instance: User, **kwargs: Any) -> None:
    """The name goes with the account, as in the history of texts."""
    Removed.objects.filter(by=instance).update(by=None, by_name="")
