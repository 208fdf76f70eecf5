"""Reading the mailbox of what comes back, by IMAP.

What was understood is deleted there; everything else is marked as read and stays for a person. A process killed in the
middle reads the same again, which changes nothing.
"""

import email
import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email.policy import default

from django.conf import settings
from django.db import InterfaceError, OperationalError

from mail.bouncing.answers import offered
from mail.bouncing.notices import notice_in
from mail.bouncing.noting import note

SECONDS = 30
# In one go; what is left waits for the next.
MOST = 200
# Enough for the notice and the header lines of what came back; a mail of 50 MB is not fetched whole.
MOST_BYTES = 200_000
logger = logging.getLogger(__name__)


class MailboxError(Exception):
    """The mailbox cannot be read: who runs the platform reads why in the log, and the next run tries again."""


@contextmanager
def _opened() -> Iterator[imaplib.IMAP4]:
    kind = imaplib.IMAP4_SSL if settings.BOUNCE_IMAP_TLS else imaplib.IMAP4
    try:
        box = kind(settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT, timeout=SECONDS)
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(str(error)) from error
    try:
        box.login(settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD)
        box.select("INBOX")
        yield box
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxError(str(error)) from error
    finally:
        _close(box)


def _close(box: imaplib.IMAP4) -> None:
    """Also after a refused sign-in: the connection would stay open until the process ends."""
    try:
        box.logout()
    except (OSError, imaplib.IMAP4.error):
        box.shutdown()


def read_mailbox() -> int:
    """Take note of everything new in the mailbox: of our mails that came back, and of answers. Returns how many were
    understood. Raises MailboxError."""
    with _opened() as box:
        return _read(box)


def _read(box: imaplib.IMAP4) -> int:
    _answer, found = box.uid("SEARCH", "UNSEEN")
    numbers = (found[0] or b"").decode().split()[:MOST]
    ours = 0
    for number in numbers:
        understood = _take_note(box, number)
        ours += understood
        box.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen \Deleted)" if understood else r"(\Seen)")
    if ours:
        box.expunge()
    return ours


def _take_note(box: imaplib.IMAP4, number: str) -> bool:
    _answer, data = box.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
    raw = next((part[1] for part in data if isinstance(part, tuple)), b"")
    try:
        message = email.message_from_bytes(raw, policy=default)
        notice = notice_in(message)
        answered = notice is None and offered(message)
    except (OperationalError, InterfaceError):
        # The mail stays new, for the next run.
        raise
    except Exception:
        # The parser stumbles over what some programs write; the mail stays in the mailbox for a person.
        logger.exception("A mail in the mailbox of what comes back cannot be read (UID %s).", number)
        return False
    return answered or (notice is not None and note(notice))
