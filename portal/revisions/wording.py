"""What changed in a longer text, paragraph by paragraph and word by word, in bounded time.

Tags are tokens of their own, so that formatting and links are compared with the words. Paragraphs are matched first,
then the words of changed ones. What would take too long to compare is told in full, both sides.
"""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape

from core.html import sanitized
from portal.revisions.kinds import Mark, Piece

# Products of lengths: what SequenceMatcher needs at worst, some tenths of a second.
MOST_PARAGRAPHS = 250_000
MOST_WORDS = 160_000
# For all changed paragraphs of a text together.
MOST_WORDS_IN_ALL = 1_000_000
LIKE_ENOUGH = 0.4
_MARKS = frozenset({"ins", "del"})
_BLOCK = re.compile(r"(?<=</p>)|(?<=</li>)|(?<=</h2>)|(?<=</h3>)|(?<=</h4>)|(?<=</blockquote>)|(?<=<br>)|\n{2,}")
_TOKEN = re.compile(r"<[^>]+>|&\w+;|\w+|\s+|.", re.DOTALL)


def compare_markup(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two texts with (clean) markup; none where they are too long to compare."""
    return _compare(_blocks(old), _blocks(new))


def compare_text(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two plain texts."""
    return _compare([escape(line) for line in old.split("\n")], [escape(line) for line in new.split("\n")])


def safe(markup: str) -> str:
    """Markup of a comparison as it may be printed: whatever was put together, nothing else gets through."""
    return sanitized(markup, marks=_MARKS)


def _blocks(markup: str) -> list[str]:
    return [block for block in (part.strip() for part in _BLOCK.split(markup)) if block]


def _compare(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    if len(old) * len(new) > MOST_PARAGRAPHS:
        return ()
    budget = _Budget(MOST_WORDS_IN_ALL)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces += [Piece(Mark.SAME, safe(block)) for block in old[i1:i2]]
        else:
            pieces += _replaced(old[i1:i2], new[j1:j2], budget)
    return tuple(pieces)


class _Budget:
    """How much comparing is still allowed."""

    def __init__(self, left: int) -> None:
        self.left = left

    def allows(self, size: int) -> bool:
        if size > MOST_WORDS or size > self.left:
            return False
        self.left -= size
        return True


def _replaced(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[Piece]:
    """Paragraphs at the same place are compared by words; what is left over is gone or new."""
    pieces: list[Piece] = []
    for before, after in zip(old, new, strict=False):
        changed = _words(before, after, budget)
        pieces += [changed] if changed else [_gone(before), _added(after)]
    pieces += [_gone(block) for block in old[len(new) :]]
    pieces += [_added(block) for block in new[len(old) :]]
    return pieces


def _gone(block: str) -> Piece:
    return Piece(Mark.GONE, safe(block))


def _added(block: str) -> Piece:
    return Piece(Mark.NEW, safe(block))


def _words(old: str, new: str, budget: _Budget) -> Piece | None:
    """One paragraph with its changes; None where there is too little in common or too much to compare."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if not budget.allows(len(before) * len(after)):
        return None
    if not _alike(before, after):
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    parts = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append("".join(before[i1:i2]))
            continue
        parts.append(_marked(before[i1:i2], "del", keep_tags=False))
        parts.append(_marked(after[j1:j2], "ins", keep_tags=True))
    return Piece(Mark.CHANGED, safe("".join(parts)))


def _alike(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether they share enough words to be read side by side; paragraphs without words only differ in markup."""
    old, new = (Counter(token for token in tokens if token[0].isalnum()) for tokens in (before, after))
    total = old.total() + new.total()
    return total == 0 or 2 * (old & new).total() >= LIKE_ENOUGH * total


def _marked(tokens: Sequence[str], name: str, *, keep_tags: bool) -> str:
    """Words inside <ins> or <del>; tags outside of them, those of the old text left out."""
    parts, words = [], ""
    for token in [*tokens, "<>"]:
        if not token.startswith("<") or len(token) == 1:
            words += token
            continue
        if words:
            parts.append(f"<{name}>{words}</{name}>")
        if keep_tags and token != "<>":  # noqa: S105 - no password
            parts.append(token)
        words = ""
    return "".join(parts)
