"""The links in mails on a subscription (`links`): the first one confirms, the others change or end it."""

from portal.subscriptions.links import key_of, signed
from portal.subscriptions.models import CONFIRM_WITHIN, Subscription

_ROOM = "subscriptions"


def confirm_token(subscription: Subscription) -> str:
    """For the link in the first mail; good for 48 hours."""
    return signed(subscription.key, room=_ROOM, purpose="confirm")


def manage_token(subscription: Subscription) -> str:
    """For the links below every other mail; good as long as the subscription."""
    return signed(subscription.key, room=_ROOM, purpose="manage")


def _find(key: str | None) -> Subscription | None:
    return None if key is None else Subscription.objects.filter(key=key).first()


def to_confirm(token: str) -> Subscription | None:
    """The subscription a first mail was about; None for a link that is forged, too old or without subscription."""
    return _find(key_of(token, room=_ROOM, purpose="confirm", max_age=CONFIRM_WITHIN))


def to_manage(token: str) -> Subscription | None:
    """The subscription of a link below a mail."""
    return _find(key_of(token, room=_ROOM, purpose="manage"))
