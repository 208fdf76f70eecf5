"""What keeps machines out of the form to apply: a field nobody sees, a signed time, and counters all processes share.

The keys of the counters are hashed by the cache; neither a network nor an address is stored as it is.
"""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.utils import timezone

from core.counters import counted
from core.network import network_of
from core.signed_age import is_too_quick

HONEYPOT = "homepage"
TOKEN = "zeit"  # noqa: S105 (the name of a form field)
QUICKEST = timedelta(seconds=3)
OLDEST = timedelta(hours=24)
HOUR, DAY = 3600, 24 * 3600
# Town halls of one district may share a network; there are 11,000 municipalities, and a hundred mails an hour harm
# nobody.
PER_NETWORK_HOUR = 6
PER_ADDRESS_DAY = 3
ALTOGETHER_HOUR = 100
_signer = TimestampSigner(salt="onboarding.limits")


def new_token() -> str:
    """The signed present time, for a hidden field."""
    return _signer.sign("form")


def is_human(token: str, trap: str) -> bool:
    """Whether the form was filled in at the speed of a person, and the hidden field by nobody."""
    if trap:
        return False
    try:
        _signer.unsign(token, max_age=OLDEST)
        return not is_too_quick(_signer, token, QUICKEST)
    except BadSignature:
        return False


def may_apply(request: HttpRequest) -> bool:
    """Count one more application and say whether there may be one, of this network and altogether."""
    hour = f"{timezone.now():%Y%m%d%H}"
    if _count(f"network:{hour}:{network_of(request)}", HOUR) > PER_NETWORK_HOUR:
        return False
    return _count(f"all:{hour}", HOUR) <= ALTOGETHER_HOUR


def may_write_to(address: str) -> bool:
    """Count one more mail to an address nobody has confirmed and say whether it may go."""
    return _count(f"address:{timezone.now():%Y%m%d}:{address.casefold()}", DAY) <= PER_ADDRESS_DAY


def _count(what: str, seconds: int) -> int:
    return counted(f"limit:onboarding:{what}", seconds)
