"""The secret of a token: how it looks and how it is found again.

It is long and random, so one round of SHA-256 keeps it as well as a slow hash would, and it is found by an index: the
time that takes says nothing of any secret, for what is compared are digests.
"""

import hashlib
import re

from django.utils.crypto import get_random_string

# By this tools that look for leaked secrets recognise ours.
PREFIX = "cpt_"
# Letters and digits: 238 bits.
_LENGTH = 40
SHOWN = len(PREFIX) + 6
_FORM = re.compile(rf"{PREFIX}[A-Za-z0-9]{{{_LENGTH}}}", re.ASCII)


def new_secret() -> str:
    """A secret nobody has."""
    return PREFIX + get_random_string(_LENGTH)


def is_one(given: str) -> bool:
    """Whether this could be one of ours; anything else is refused without asking the database."""
    return _FORM.fullmatch(given) is not None


def digest_of(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
