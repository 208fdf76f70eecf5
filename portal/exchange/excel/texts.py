"""Between the plain text of a cell and the simple HTML of a description."""

import re
from html import unescape

import nh3
from django.utils.html import escape

from core.html import clean_html

_BREAK = re.compile(r"\s*<br[^>]*>\s*", re.IGNORECASE)
_ITEM = re.compile(r"\s*<li[^>]*>\s*(?:<p[^>]*>)?", re.IGNORECASE)
_BLOCK_END = re.compile(r"\s*</(?:p|h\d|ul|ol|blockquote)>\s*", re.IGNORECASE)
_MANY = re.compile(r"\n{3,}")


def to_html(plain: str) -> str:
    """Paragraphs at blank lines, line breaks elsewhere; every sign means itself. Sanitised as the field will be."""
    paragraphs = [part for part in re.split(r"\n\s*\n", plain) if part.strip()]
    markup = "".join(f"<p>{escape(part.strip()).replace(chr(10), '<br>')}</p>" for part in paragraphs)
    return clean_html(markup)


def to_plain(markup: str) -> str:
    """The words with their paragraphs; list items begin with a dash. `to_html` of it is the same without markup."""
    # Source line breaks mean nothing in HTML.
    flat = re.sub(r"\s+", " ", markup)
    flat = _BREAK.sub("\n", flat)
    flat = _ITEM.sub("\n- ", flat)
    flat = _BLOCK_END.sub("\n\n", flat)
    plain = unescape(nh3.clean(flat, tags=set()))
    return _MANY.sub("\n\n", "\n".join(line.strip() for line in plain.split("\n"))).strip()


def has_markup(markup: str) -> bool:
    """Whether the HTML says more than paragraphs and line breaks can."""
    return re.search(r"<(?!/?(?:p|br)\b)", markup) is not None


def cut(text: str, length: int) -> str:
    """The beginning of a text, cut between words, with an ellipsis; at most `length` signs."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    shorter = head.rsplit(" ", 1)[0] if not text[length - 1].isspace() else head
    return f"{(shorter or head).rstrip(' ,;:-–')}…"
