"""Encrypting what lies in a table for a while or for good: with the key of this installation, a purpose at a time.

What was sealed for one purpose opens for no other. SECRET_KEY_FALLBACKS still open what an older key sealed.
"""

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings

from core.lazy import lazy

if TYPE_CHECKING:
    from cryptography import fernet
else:
    fernet = lazy("cryptography.fernet")


class UnsealableError(Exception):
    """What lies there was sealed by another key, for another purpose, too long ago, or not at all."""


def _box(purpose: str) -> "fernet.MultiFernet":
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [
        hmac.digest(str(secret).encode(), f"core.sealing:{purpose}".encode(), hashlib.sha256) for secret in secrets
    ]
    return fernet.MultiFernet([fernet.Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(text: str, *, purpose: str) -> str:
    """`text`, encrypted."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str, seconds: int | None = None) -> str:
    """What was sealed, at most `seconds` ago. Raises UnsealableError."""
    try:
        return _box(purpose).decrypt(sealed.encode(), ttl=seconds).decode()
    except (fernet.InvalidToken, UnicodeEncodeError) as error:
        raise UnsealableError(purpose) from error
