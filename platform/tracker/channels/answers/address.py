"""Where an answer to a mail of the tracker goes: the mailbox of what comes back, with a mark (`mail.bouncing`).

The mark says who was written to, about which ticket and whether among insiders, and is signed: nobody can speak for
somebody else by writing to the mailbox. It is small letters and digits, for mail servers may write it so.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "tracker.channels.answers"
_DIGITS = 16
_LONGEST_NAME = 64
_MARK = re.compile(r"t-([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,18})-([io])-([0-9a-f]{16})\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mail about a ticket to a person of a participant (0: of the operator's side). `internal`: it told of an
    internal note, so the answer is one."""

    participant: int
    ticket: int
    person: int
    internal: bool = False

    @property
    def words(self) -> str:
        """What is signed."""
        return f"{self.participant}-{self.ticket}-{self.person}-{'i' if self.internal else 'o'}"

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return f"t-{self.words}-{_signature(self.words)}"


def answer_address(mark: Mark) -> str:
    """Where the answer goes; empty where nobody reads a mailbox, or the address would be too long for RFC 5321."""
    name, _at, domain = str(settings.BOUNCE_ADDRESS).rpartition("@")
    if not name or not settings.BOUNCE_MARKS or not settings.BOUNCE_IMAP_HOST:
        return ""
    marked = f"{name}+{mark.text}"
    return f"{marked}@{domain}" if len(marked) <= _LONGEST_NAME else ""


def mark_of(address: str) -> Mark | None:
    """What such an address says; None for any other."""
    name = address.strip().strip("<>").rpartition("@")[0].lower()
    found = _MARK.search(name.rpartition("+")[2])
    if found is None:
        return None
    mark = Mark(int(found[1]), int(found[2]), int(found[3]), internal=found[4] == "i")
    return mark if constant_time_compare(_signature(mark.words), found[5]) else None


def _signature(words: str) -> str:
    return salted_hmac(_SALT, words, algorithm="sha256").hexdigest()[:_DIGITS]
