"""Forms for everybody, without CAPTCHA, cookie or stored address: what keeps machines out of them.

Four things no person notices: a field people do not see, a signed time (not too quick, not too old), few links, and
counters. The counters live in PostgreSQL, because the web server's processes share nothing else (django-ratelimit
would need a shared cache). Their keys are HMACs under a salt that is thrown away every day: neither an address of a
sender nor a text can be read back from them.
"""

import re
import secrets
from datetime import datetime, timedelta
from enum import Enum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.network import network_of
from core.signed_age import is_too_quick
from portal.feedback.models import Counter, Salt
from tenants.running.context import current_schema

HONEYPOT = "homepage"
TOKEN = "zeit"  # noqa: S105 (the name of a form field)
QUICKEST = timedelta(seconds=3)
OLDEST = timedelta(hours=24)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# A household, school or library often shares one address: generous for people, useless for machines.
PER_NETWORK_HOUR = 8
PER_NETWORK_DAY = 25
PER_TARGET_HOUR = 30
SAME_TEXT_DAY = 3
COPIES_PER_NETWORK_DAY = 3
COPIES_PER_ADDRESS_DAY = 1
_LINK = re.compile(
    r"(?:https?://|www\.|\[url|<a\s)\S*|(?<![\w-])[\w-]+\.(?:com|net|org|info|biz|ru|xyz|top|shop|site)\b", re.I
)


class Age(Enum):
    """What the signed time says."""

    GOOD = "good"
    TOO_QUICK = "too quick"
    TOO_OLD = "too old"
    FORGED = "forged"


class Verdict(Enum):
    """What the counters say."""

    WELCOME = "welcome"
    TWICE = "twice"
    TOO_MANY = "too many"


def _signer() -> TimestampSigner:
    # Signed for one municipality: a token of another one is worth nothing here.
    return TimestampSigner(salt=f"portal.feedback.{current_schema()}")


def new_token() -> str:
    """The signed present time, for a hidden field of a page that is not kept in the page cache. No two are the same, so
    that a page sent twice is known (`judge_page`)."""
    return _signer().sign(secrets.token_urlsafe(9))


def age_of(token: str) -> Age:
    """Whether a form was filled in at the speed of a person."""
    try:
        _signer().unsign(token, max_age=OLDEST)
        return Age.TOO_QUICK if is_too_quick(_signer(), token, QUICKEST) else Age.GOOD
    except SignatureExpired:
        return Age.TOO_OLD
    except BadSignature:
        return Age.FORGED


def links_in(text: str) -> int:
    """How many web addresses a text holds."""
    return len(_LINK.findall(text))


def _salt(now: datetime) -> str:
    """Today's secret; making it throws away those of the days before, also where no nightly job runs."""
    today = timezone.localdate(now)
    row, fresh = Salt.objects.get_or_create(day=today, defaults={"value": secrets.token_hex(32)})
    if fresh:
        Salt.objects.filter(day__lt=today).delete()
    return row.value


def _place(what: str, *parts: str, window: timedelta) -> tuple[str, datetime]:
    """Key and beginning of the counter of something in the present hour or day."""
    now = timezone.now()
    since = now.replace(minute=0, second=0, microsecond=0)
    if window == DAY:
        since = since.replace(hour=0)
    hashed = salted_hmac(f"portal.feedback.{what}", "\0".join(parts), secret=_salt(now), algorithm="sha256")
    return hashed.hexdigest(), since


def _count(what: str, *parts: str, window: timedelta) -> int:
    """Count one more of it and return how many there were in the present hour or day, this one included."""
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        # One statement, because several processes count at the same time.
        cursor.execute(
            f"INSERT INTO {table} AS counter (key, since, count) VALUES (%s, %s, 1)"  # noqa: S608 (our own table)
            " ON CONFLICT (key, since) DO UPDATE SET count = counter.count + 1 RETURNING count",
            _place(what, *parts, window=window),
        )
        counted: int = cursor.fetchone()[0]
    return counted


def _seen(what: str, *parts: str, window: timedelta) -> bool:
    """Whether it was counted before."""
    key, since = _place(what, *parts, window=window)
    return Counter.objects.filter(key=key, since=since).exists()


def judge(request: HttpRequest, *, target: str, text: str) -> Verdict:
    """Count a message to `target` (“offer 12”, “editors”) and say whether it may pass.

    The same text to the same target from the same network is somebody who pressed twice: it was delivered already.
    Call it in the transaction that delivers: when that fails, nothing was counted and another try is welcome.
    """
    network = network_of(request)
    folded = " ".join(text.casefold().split())
    if _seen("twice", network, target, folded, window=DAY):
        return Verdict.TWICE
    allowed = (
        _count("hour", network, window=HOUR) <= PER_NETWORK_HOUR,
        _count("day", network, window=DAY) <= PER_NETWORK_DAY,
        _count("target", target, window=HOUR) <= PER_TARGET_HOUR,
        _count("text", folded, window=DAY) <= SAME_TEXT_DAY,
    )
    if not all(allowed):
        return Verdict.TOO_MANY
    return Verdict.WELCOME if _count("twice", network, target, folded, window=DAY) == 1 else Verdict.TWICE


def judge_page(request: HttpRequest, *, target: str, token: str, hour: int, day: int) -> Verdict:
    """The same for a form without a text of its own, by the signed time of its page, with limits a network has for
    this target: many answers are alike, and a class of children sends thirty."""
    network = network_of(request)
    if _seen("page", target, token, window=DAY):
        return Verdict.TWICE
    allowed = (
        _count("page hour", network, target, window=HOUR) <= hour,
        _count("page day", network, target, window=DAY) <= day,
    )
    if not all(allowed):
        return Verdict.TOO_MANY
    return Verdict.WELCOME if _count("page", target, token, window=DAY) == 1 else Verdict.TWICE


def copy_allowed(request: HttpRequest, *, address: str, text: str) -> bool:
    """Whether a copy may go to an address that nobody proved to be theirs: rarely, and never with a link in it."""
    if links_in(text):
        return False
    per_address = _count("copy address", address.casefold(), window=DAY) <= COPIES_PER_ADDRESS_DAY
    return per_address and _count("copy", network_of(request), window=DAY) <= COPIES_PER_NETWORK_DAY
