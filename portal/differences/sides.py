"""What stands on the two sides of a compared text: marked, spoken, and folded to what changed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.revisions.kinds import Mark, Piece

# Unchanged paragraphs that are shown before and after a changed one.
AROUND = 1
NOTHING = SafeString("")
_BLOCK_LEVEL = ("<p", "<ul", "<ol", "<blockquote")
_HEADING = re.compile(r"<(/?)h[234]>")
_MARKED = re.compile(r"<(ins|del)>([^<]*)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as safe HTML, or the sentence on so many that are the same on both sides."""

    html: SafeString = NOTHING
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Both sides of a text."""

    old: tuple[Block, ...]
    new: tuple[Block, ...]


def folded(pieces: Sequence[Piece]) -> Pair:
    """The changed paragraphs with one before and after; the others as a number."""
    old: list[Block] = []
    new: list[Block] = []
    for shown, number, piece in _runs(pieces):
        if not shown:
            words = ngettext(
                "… %(number)d paragraph that is the same", "… %(number)d paragraphs that are the same", number
            )
            block = Block(skipped=words % {"number": number})
            old.append(block)
            new.append(block)
            continue
        if piece.old:
            old.append(Block(printed(piece.old)))
        if piece.new:
            new.append(Block(printed(piece.new)))
    return Pair(tuple(old), tuple(new))


def _runs(pieces: Sequence[Piece]) -> Iterable[tuple[bool, int, Piece]]:
    """Each piece to be shown, and for each run of others how many there are (a single one is shown)."""
    near = set[int]()
    for number, piece in enumerate(pieces):
        if piece.mark != Mark.SAME:
            near.update(range(number - AROUND, number + AROUND + 1))
    hidden: list[Piece] = []
    for number, piece in enumerate(pieces):
        if number not in near:
            hidden.append(piece)
            continue
        yield from _left_out(hidden)
        hidden = []
        yield True, 1, piece
    yield from _left_out(hidden)


def _left_out(hidden: list[Piece]) -> Iterable[tuple[bool, int, Piece]]:
    if len(hidden) == 1:
        yield True, 1, hidden[0]
    elif hidden:
        yield False, len(hidden), hidden[0]


def printed(markup: str) -> SafeString:
    """Safe markup of a comparison as it stands on the page: spoken marks, no headings, always within a block."""
    said = _HEADING.sub(lambda found: "</strong></p>" if found[1] else "<p><strong>", spoken(markup))
    if said.startswith("<li"):
        said = f"<ul>{said}</ul>"
    elif not said.startswith(_BLOCK_LEVEL):
        said = f"<p>{said}</p>"
    return SafeString(said)


def spoken(markup: str) -> str:
    """With words for those who do not see how it is marked."""
    hidden, closing = '<span class="visually-hidden">', '<span class="visually-hidden">]</span>'
    for name, opening in (("ins", _("[new: ")), ("del", _("[gone: "))):
        markup = markup.replace(f"<{name}>", f"<{name}>{hidden}{escape(opening)}</span>")
        markup = markup.replace(f"</{name}>", f"{closing}</{name}>")
    return markup


def whole(lines: Iterable[str], name: str = "") -> tuple[Block, ...]:
    """Lines as they are; with `name` (ins, del) all of them marked."""
    opened, closed = (f"<{name}>", f"</{name}>") if name else ("", "")
    return tuple(Block(printed(f"<p>{opened}{escape(line)}{closed}</p>")) for line in lines)


def words_changed(pieces: Iterable[Piece]) -> tuple[int, int]:
    """How many words are new, and how many gone."""
    new = sum(_words(piece.new, "ins") for piece in pieces)
    return new, sum(_words(piece.old, "del") for piece in pieces)


def _words(markup: str, name: str) -> int:
    return sum(len(_WORD.findall(text)) for mark, text in _MARKED.findall(markup) if mark == name)
