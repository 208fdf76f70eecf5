"""The address a mail comes back to: the mailbox's, with a mark that says which mail it was (VERP).

The mark is signed: nobody can make mails of others count as undeliverable by writing to the mailbox.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from tenants.running.context import current_schema

_SALT = "mail.bouncing"
# Mail servers may write it in small letters: the signature is of hexadecimal digits.
_DIGITS = 16
_LONGEST_NAME = 64
_MARK = re.compile(r"b-([a-z0-9_]+)-([0-9]{1,18})-([0-9a-f]{16})\Z")


def return_address(number: int) -> str:
    """Where this mail comes back to; empty where nobody reads a mailbox, and then it goes to the sender."""
    mailbox = str(settings.BOUNCE_ADDRESS)
    if not mailbox or not settings.BOUNCE_MARKS:
        return mailbox
    name, _at, domain = mailbox.rpartition("@")
    schema = current_schema()
    marked = f"{name}+b-{schema}-{number}-{_signature(schema, number)}"
    # RFC 5321 allows no more; then the Message-ID must do.
    return f"{marked}@{domain}" if len(marked) <= _LONGEST_NAME else mailbox


def mail_of(address: str) -> tuple[str, int] | None:
    """Schema and number of the mail that such an address names; None for any other."""
    name = address.strip().strip("<>").rpartition("@")[0].lower()
    found = _MARK.search(name.rpartition("+")[2])
    if found is None or not constant_time_compare(_signature(found[1], int(found[2])), found[3]):
        return None
    return found[1], int(found[2])


def _signature(schema: str, number: int) -> str:
    return salted_hmac(_SALT, f"{schema}:{number}", algorithm="sha256").hexdigest()[:_DIGITS]
