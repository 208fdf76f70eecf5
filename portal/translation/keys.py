"""Keeps the key of a translation service unreadable in the table, in dumps and in exports of a municipality."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def _box() -> Fernet:
    digest = hashlib.sha256(b"portal.translation.keys:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def seal(key: str) -> str:
    """The key as it may be stored."""
    return _box().encrypt(key.encode()).decode() if key else ""


def unseal(stored: str) -> str:
    """The key itself; empty where none is stored or it was sealed on another platform (after a restore elsewhere)."""
    if not stored:
        return ""
    try:
        return _box().decrypt(stored.encode()).decode()
    except InvalidToken:
        return ""
