"""A deleted account stays in no revision."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from accounts.models import User
from portal.revisions.models import OPEN, Revision, State


@receiver(pre_delete, sender=User)
def forget_person(instance: User, **kwargs: Any) -> None:
    """The names go with the account, and so does what nobody but this person saw."""
    Revision.objects.filter(author=instance, state=State.WORKING).delete()
    Revision.objects.filter(author=instance).update(author=None, author_name="")
    Revision.objects.filter(decided_by=instance).exclude(state__in=OPEN).update(decided_by=None, decided_by_name="")
