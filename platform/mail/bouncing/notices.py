"""Reading what comes back: which mail it was and what the mail server there says.

Standard notices (RFC 3464) are read with Python's own email package. Servers that write as they like are left to
flufl.bounce, GNU Mailman's collection of their ways. What is no such notice (holiday replies, answers of people) is
nothing to us.
"""

import re
from dataclasses import dataclass
from email.message import EmailMessage, Message
from typing import TYPE_CHECKING, cast

from core.lazy import lazy
from mail.bouncing.envelope import mail_of

if TYPE_CHECKING:
    from flufl import bounce as flufl
else:
    flufl = lazy("flufl.bounce")

MOST_SAID = 500
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_NOBODY = re.compile(r"no such|unknown|(does|do) not exist|doesn.t exist|not found|no mailbox|unbekannt", re.IGNORECASE)
_ID = re.compile(r"<[^<>\s]{3,200}>")
# Enhanced status codes (RFC 3463) that say: there is no such mailbox, and there will be none.
_NO_SUCH = {("1", each) for each in ("0", "1", "2", "3", "6", "10")} | {("2", "1"), ("4", "4")}
_ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "X-Failed-Recipients")


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail came back. Found by `mark` (schema and number), else by one of `ids`. `gone`: there is no such mailbox."""

    mark: tuple[str, int] | None
    ids: tuple[str, ...]
    said: str
    gone: bool


def notice_in(message: EmailMessage) -> Notice | None:
    """None for what tells of no mail that came back, or only of one that is late."""
    mark = _mark(message)
    report = _failed_recipient(message)
    if report is not None:
        said, status = report
        return Notice(mark, _ids(message), said[:MOST_SAID], gone=_is_gone(status))
    if _is_report(message) or _is_answer(message):
        return None
    if flufl.scan_message(cast("Message", message)):
        said = _first_words(message)
        found = _STATUS.search(said)
        return Notice(mark, _ids(message), said[:MOST_SAID], gone=found is None or _is_gone(found[0]))
    return None


def _is_gone(status: str) -> bool:
    found = _STATUS.match(status.strip())
    return found is not None and found[1] == "5" and (found[2], found[3]) in _NO_SUCH


def says_gone(said: str) -> bool:
    """Whether a mail server's refusal of a recipient (“550 5.1.1 no such user”) means that there is none. Without an
    enhanced code its words must say so: 550 is also said of senders that somebody blocks."""
    found = _STATUS.search(said)
    return _is_gone(found[0]) if found else bool(_NOBODY.search(said))


def _is_report(message: EmailMessage) -> bool:
    return message.get_content_type() == "multipart/report"


def _is_answer(message: EmailMessage) -> bool:
    """A holiday reply, or a person."""
    return "auto-replied" in str(message.get("Auto-Submitted", "")).lower()


def _mark(message: EmailMessage) -> tuple[str, int] | None:
    for name in _ADDRESSED:
        for value in message.get_all(name, []):
            for address in str(value).split(","):
                if found := mail_of(address.rpartition("<")[2]):
                    return found
    return None


def _failed_recipient(message: EmailMessage) -> tuple[str, str] | None:
    """What the server said of the first recipient that failed for good, and the status code."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _inner(part):
            if str(block.get("Action", "")).strip().lower() == "failed":
                status = str(block.get("Status", "")).strip()
                diagnostic = str(block.get("Diagnostic-Code", "")).partition(";")[2] or status
                return " ".join(diagnostic.split()) or "failed", status
    return None


def _inner(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []


def _ids(message: EmailMessage) -> tuple[str, ...]:
    """Message-IDs the notice names: of the mail that came back first, then of what it answers."""
    found: list[str] = []
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for inner in _inner(part)[:1]:
                found += _ID.findall(str(inner.get("Message-ID", "")))
        elif kind == "text/rfc822-headers":
            found += _ids_in_text(_text(part))
    for name in ("In-Reply-To", "References"):
        found += _ID.findall(str(message.get(name, "")))
    if not _is_report(message):
        found += _ids_in_text(_first_words(message, most=20_000, fold=False))
    return tuple(dict.fromkeys(found))


def _ids_in_text(text: str) -> list[str]:
    return [
        each
        for line in text.splitlines()
        if line.strip().lower().startswith("message-id:")
        for each in _ID.findall(line)
    ]


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""


def _first_words(message: EmailMessage, *, most: int = MOST_SAID, fold: bool = True) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            text = _text(part)[:most]
            return " ".join(text.split()) if fold else text
    return ""
