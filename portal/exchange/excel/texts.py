"""Between the plain text of a cell and the simple HTML of a description."""

from collections.abc import Iterable

from django.utils.html import escape

from core.html import blocks_of, clean_html

_BLOCKS = frozenset({"p", "ul", "ol", "blockquote", "h2", "h3", "h4"})
_PLAIN = frozenset({"p", "br"})


def to_html(plain: str) -> str:
    """Paragraphs at blank lines, line breaks elsewhere; every sign means itself. Sanitised as the field will be."""
    paragraphs: list[list[str]] = [[]]
    for line in plain.split("\n"):
        if line.strip():
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    markup = "".join(f"<p>{'<br>'.join(escape(line) for line in _stripped(part))}</p>" for part in paragraphs if part)
    return clean_html(markup)


def _stripped(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip().split("\n")


def to_plain(markup: str) -> str:
    """The words with their paragraphs; list items begin with a dash. `to_html` of it is the same without markup."""
    lines: list[list[str]] = [[]]
    for kind, what in blocks_of(markup):
        if kind == "text":
            lines[-1].append(what)
        elif kind == "begin" and what == "br":
            lines.append([])
        elif kind == "begin" and what == "li":
            lines.append(["- "])
        elif kind == "end" and what in _BLOCKS:
            lines += [[], []]
    return _joined(" ".join("".join(line).split()) for line in lines)


def _joined(lines: Iterable[str]) -> str:
    """The lines with at most one empty one between two, none at the ends."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def has_markup(markup: str) -> bool:
    """Whether the HTML says more than paragraphs and line breaks can."""
    return any(kind != "text" and what not in _PLAIN for kind, what in blocks_of(markup))


def cut(text: str, length: int) -> str:
    """The beginning of a text, cut between words, with an ellipsis; at most `length` signs."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    shorter = head.rsplit(" ", 1)[0] if not text[length - 1].isspace() else head
    return f"{(shorter or head).rstrip(' ,;:-–')}…"
