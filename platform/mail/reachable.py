"""Addresses from which mail comes back: known until they change or somebody says that they work again."""

from django.db.models import F

from mail.models import Unreachable


def is_unreachable(address: str) -> bool:
    """Whether a reminder to this address is held back; counts it, so that the town hall sees what did not go out."""
    return bool(Unreachable.objects.filter(address=address.lower()).update(held_back=F("held_back") + 1))
