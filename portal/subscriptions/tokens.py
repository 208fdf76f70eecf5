"""The links in mails: a subscription's key, signed for one purpose and one municipality (django.core.signing).

Whoever has the link may do what it is for, and nothing else; nothing in the database is worth anything without the
server's own secret. Deleting the subscription makes its links worthless.
"""

from datetime import timedelta

from django.core import signing

from portal.subscriptions.models import CONFIRM_WITHIN, Subscription
from tenants.running.context import current_schema


def _salt(purpose: str) -> str:
    return f"portal.subscriptions.{purpose}.{current_schema()}"


def confirm_token(subscription: Subscription) -> str:
    """For the link in the first mail; good for 48 hours."""
    return signing.dumps(subscription.key.hex, salt=_salt("confirm"))


def manage_token(subscription: Subscription) -> str:
    """For the links below every other mail; good as long as the subscription."""
    return signing.dumps(subscription.key.hex, salt=_salt("manage"))


def _find(token: str, purpose: str, max_age: timedelta | None) -> Subscription | None:
    try:
        key = signing.loads(token, salt=_salt(purpose), max_age=max_age)
    except signing.BadSignature:
        return None
    return Subscription.objects.filter(key=key).first()


def to_confirm(token: str) -> Subscription | None:
    """The subscription a first mail was about; None for a link that is forged, too old or without subscription."""
    return _find(token, "confirm", CONFIRM_WITHIN)


def to_manage(token: str) -> Subscription | None:
    """The subscription of a link below a mail."""
    return _find(token, "manage", None)
