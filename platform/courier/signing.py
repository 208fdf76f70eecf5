"""Signatures of webhooks: ours by Standard Webhooks, and how other programs sign what they send.

Written out and not taken from the library standardwebhooks: it is twenty lines of hmac, and the library would bring
httpx past `core.outgoing`. The tests hold it against the examples of the specification.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime

PREFIX = "whsec_"
# How far the sender's clock and ours may be apart, in seconds.
TOLERANCE = 300
_KEY_BYTES = 32


class SignatureError(Exception):
    """What came is not from whom it says, or was not sent just now. The text is for the operator's log."""


def new_secret() -> str:
    """A key in the form in which Standard Webhooks hands it on."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _key(secret: str) -> bytes:
    """The bytes of a key. ValueError where it is none."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("The key must be base64, as after whsec_.") from error


def is_key(secret: str) -> bool:
    """Whether Standard Webhooks can sign with it."""
    try:
        return secret.startswith(PREFIX) and len(_key(secret)) >= 24
    except ValueError:
        return False


def signed(message: str, at: datetime, body: bytes, secret: str) -> dict[str, str]:
    """The header lines of one delivery of a message (its name stays the same with each attempt)."""
    moment = str(int(at.timestamp()))
    return {
        "webhook-id": message,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{_standard(message, moment, body, secret)}",
    }


def _standard(message: str, moment: str, body: bytes, secret: str) -> str:
    digest = hmac.digest(_key(secret), f"{message}.{moment}.".encode() + body, hashlib.sha256)
    return base64.b64encode(digest).decode()


def check_standard(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> str:
    """The name of a message signed by Standard Webhooks (GitLab, openCode). SignatureError for any other."""
    message, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message or not moment.isascii() or not moment.isdecimal() or len(moment) > 12:
        raise SignatureError("not signed")
    given = [each[3:] for each in headers.get("webhook-signature", "").split() if each.startswith("v1,")]
    right = _standard(message, moment, body, secret).encode()
    if not any(hmac.compare_digest(each.encode(), right) for each in given[:10]):
        raise SignatureError("wrong signature")
    if abs(now.timestamp() - int(moment)) > TOLERANCE:
        raise SignatureError("too old")
    return message


def check_digest(given: str, body: bytes, secret: str) -> str:
    """The name of a message signed by its digest alone (GitHub, Sentry): the signature itself, for they sign neither
    name nor moment. SignatureError for any other."""
    right = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not given or not hmac.compare_digest(given.removeprefix("sha256=").lower().encode(), right.encode()):
        raise SignatureError("wrong signature")
    return right


def new_message() -> str:
    """A name for a message, without the points that part the signed words."""
    return f"msg_{secrets.token_urlsafe(20)}"
