"""What somebody wrote in an answer: without what they answer to, without signature, as plain text.

The markers are those that mail programs put above the quoted mail in German and English. Every line is looked at once,
so a mail of any shape takes time in proportion to its length.
"""

import re
from email.message import EmailMessage, Message

from core.html import clean_html
from core.richtext import to_text

_DASHES = re.compile(r"\s*-{2,}\s*(Original|Ursprüngliche|Weitergeleitete|Forwarded)", re.IGNORECASE)
_WROTE = re.compile(r"(schrieb|wrote)\s?.{0,200}:\s*\Z", re.IGNORECASE)
_WROTE_BEGINS = re.compile(r"(Am|On|Le|Op)\s.{4,}", re.IGNORECASE)
_HEADING = re.compile(r"\s*\*?(Von|From|Gesendet|Sent|Datum|Date|An|To|Betreff|Subject)\*?:\s", re.IGNORECASE)
_RULE = re.compile(r"_{10,}\s*\Z")
_LONGEST_LINE = 400


def answer_in(message: EmailMessage) -> str:
    """The text; empty where there is none."""
    return _without_quote(_words(message))


def is_automatic(message: Message) -> bool:
    """A holiday reply, a list, a notice: nobody wrote it."""
    said = str(message.get("Auto-Submitted", "no")).strip().lower()
    bulk = str(message.get("Precedence", "")).strip().lower() in {"bulk", "junk", "list", "auto_reply"}
    return said != "no" or bulk or any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "List-Id"))


def _words(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    data = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(data, bytes):
        return ""
    try:
        text = data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return to_text(clean_html(text)) if part.get_content_type() == "text/html" else text


def _without_quote(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept: list[str] = []
    for number, line in enumerate(lines):
        if line.rstrip() == "--" or _begins_quote(lines, number):
            break
        if not line.startswith(">"):
            kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _begins_quote(lines: list[str], number: int) -> bool:
    """Whether the mail that is answered begins with this line."""
    line = lines[number][:_LONGEST_LINE]
    if _DASHES.match(line) or _RULE.match(line):
        return True
    following = lines[number + 1][:_LONGEST_LINE] if number + 1 < len(lines) else ""
    if _HEADING.match(line) and _HEADING.match(following):
        return True
    # “Am 29. November schrieb Portal <…>:”, which programs break after any word.
    return bool(_WROTE_BEGINS.match(line) and (_WROTE.search(line) or _WROTE.search(f"{line} {following}")))
