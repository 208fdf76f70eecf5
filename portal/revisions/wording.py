"""What changed in a longer text, paragraph by paragraph and word by word, in bounded time.

Tags are tokens of their own, so that formatting and links are compared with the words. Paragraphs are matched first,
then the words of changed ones. The longest common sequence is rapidfuzz's: its time is the product of both lengths by
64 whatever the texts are (difflib's grows with the cube for hostile ones), and that product is bounded here. What would
take too long to compare is told in full, both sides.
"""

import re
from collections import Counter
from collections.abc import Sequence
from html import escape, unescape
from typing import TYPE_CHECKING

from core.html import sanitized
from core.lazy import lazy
from portal.revisions.kinds import Mark, Piece

if TYPE_CHECKING:
    from rapidfuzz.distance import Indel
else:
    Indel = lazy("rapidfuzz.distance.Indel")

# Products of lengths, after what both share at the beginning and the end: 25 MB and a tenth of a second each.
MOST_PARAGRAPHS = 200_000_000
MOST_WORDS = 200_000_000
# For all changed paragraphs of a text together.
MOST_WORDS_IN_ALL = 600_000_000
# So many signs of a text are compared at all, both sides together.
MOST_SIGNS = 1_000_000
# So many paragraphs of both sides together are told apart; more of them in a text of this length is no text.
MOST_PIECES = 20_000
LIKE_ENOUGH = 0.4
_MARKS = frozenset({"ins", "del"})
_BLOCK = re.compile(r"(?<=</p>)|(?<=</li>)|(?<=</h2>)|(?<=</h3>)|(?<=</h4>)|(?<=</blockquote>)|(?<=<br>)|\n{2,}")
# A time or an amount is one word.
_TOKEN = re.compile(r"<[^<>]+>|&#?\w+;|\d+(?:[:.,]\d+)+|\w+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"<[^<>]+>|[^<.!?]+[.!?]*\s*|.", re.DOTALL)
_ADDRESS = re.compile(r'<a\b[^<>]*?\shref="([^"<>]*)"')
_ENDS_ONLY = re.compile(r"(?:</\w+>\s*)+")

Steps = list[tuple[str, int, int, int, int]]


def compare_markup(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two texts with (clean) markup; none where they are too long to compare."""
    return _compare(_blocks(old), _blocks(new))


def compare_text(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two plain texts."""
    return compare_lines(old.split("\n"), new.split("\n"))


def compare_lines(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    """The pieces of what is told in plain lines."""
    return _compare([escape(line) for line in old], [escape(line) for line in new])


def safe(markup: str) -> str:
    """Markup of a comparison as it may be printed: whatever was put together, nothing else gets through."""
    if "<" not in markup and "&" not in markup:
        return markup
    return sanitized(markup, marks=_MARKS)


def _blocks(markup: str) -> list[str]:
    blocks = (part.strip() for part in _BLOCK.split(markup))
    return [block for block in blocks if block and not _ENDS_ONLY.fullmatch(block)]


def _compare(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    if len(old) + len(new) > MOST_PIECES or sum(map(len, old)) + sum(map(len, new)) > MOST_SIGNS:
        return ()
    budget = _Budget(MOST_WORDS_IN_ALL)
    steps = _steps(old, new, MOST_PARAGRAPHS)
    if steps is None:
        return ()
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in steps:
        if tag == "equal":
            pieces += [_same(block) for block in old[i1:i2]]
        else:
            pieces += _replaced(old[i1:i2], new[j1:j2], budget)
    return tuple(pieces)


def _steps(old: Sequence[str], new: Sequence[str], most: int, budget: "_Budget | None" = None) -> Steps | None:
    """How one becomes the other, as difflib's opcodes; None where that would take too long."""
    numbers: dict[str, int] = {}
    before, after = ([numbers.setdefault(each, len(numbers)) for each in side] for side in (old, new))
    size = _unlike(before, after)
    if size > most or (budget is not None and not budget.allows(size)):
        return None
    found: Steps = []
    for step in Indel.opcodes(before, after):
        tag, i1, i2, j1, j2 = step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end
        if found and tag != "equal" and found[-1][0] != "equal":
            found[-1] = ("replace", found[-1][1], i2, found[-1][3], j2)
        else:
            found.append((tag, i1, i2, j1, j2))
    return found


def _unlike(before: Sequence[int], after: Sequence[int]) -> int:
    """The product of both lengths without what they share at the beginning and at the end."""
    short = min(len(before), len(after))
    start = next((n for n in range(short) if before[n] != after[n]), short)
    end = next((n for n in range(short - start) if before[-1 - n] != after[-1 - n]), short - start)
    return (len(before) - start - end) * (len(after) - start - end)


class _Budget:
    """How much comparing is still allowed."""

    def __init__(self, left: int) -> None:
        self.left = left

    def allows(self, size: int) -> bool:
        if size > self.left:
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


def _same(block: str) -> Piece:
    said = safe(block)
    return Piece(Mark.SAME, said, said, said)


def _gone(block: str) -> Piece:
    return Piece(Mark.GONE, safe(block), old=safe(_marked(_TOKEN.findall(block), "del", keep_tags=True)))


def _added(block: str) -> Piece:
    return Piece(Mark.NEW, safe(block), new=safe(_marked(_TOKEN.findall(block), "ins", keep_tags=True)))


def _words(old: str, new: str, budget: _Budget) -> Piece | None:
    """One paragraph with its changes, by words and, where it is too long for that, by sentences; None where there is
    too little in common or too much to compare."""
    for unit in (_TOKEN, _SENTENCE):
        before, after = unit.findall(old), unit.findall(new)
        if unit is _TOKEN and not _alike(before, after):
            return None
        steps = _steps(before, after, MOST_WORDS, budget)
        if steps is not None:
            return _told(_readable(steps, before), before, after)
    return None


def _told(steps: Steps, before: Sequence[str], after: Sequence[str]) -> Piece:
    both, ours, theirs = [], [], []
    for tag, i1, i2, j1, j2 in steps:
        if tag == "equal":
            kept = "".join(before[i1:i2])
            both.append(kept)
            ours.append(kept)
            theirs.append(kept)
            continue
        both.append(_marked(before[i1:i2], "del", keep_tags=False))
        both.append(_marked(after[j1:j2], "ins", keep_tags=True))
        ours.append(_marked(before[i1:i2], "del", keep_tags=True))
        theirs.append(_marked(after[j1:j2], "ins", keep_tags=True))
    return Piece(Mark.CHANGED, *(safe("".join(each)) for each in (both, ours, theirs)))


def _readable(steps: Steps, before: Sequence[str]) -> Steps:
    """The same with fewer, longer marks: what is only a space or a single word between two changes goes with them."""
    found: Steps = []
    for number, step in enumerate(steps):
        tag, i1, i2, _j1, j2 = step
        inner = tag == "equal" and 0 < number < len(steps) - 1
        slight = inner and _is_slight(before[i1:i2], found[-1], steps[number + 1])
        if slight or (found and tag != "equal" and found[-1][0] != "equal"):
            found[-1] = ("replace", found[-1][1], i2, found[-1][3], j2)
        else:
            found.append(step)
    return found


def _is_slight(
    tokens: Sequence[str], left: tuple[str, int, int, int, int], right: tuple[str, int, int, int, int]
) -> bool:
    if any(token[0] == "<" and len(token) > 1 for token in tokens):
        return False
    words = sum(token[0].isalnum() for token in tokens)
    around = min(max(each[2] - each[1], each[4] - each[3]) for each in (left, right))
    return words == 0 or (words == 1 and around > 4)


def _alike(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether they share enough words to be read side by side; paragraphs without words only differ in markup."""
    old, new = (Counter(token for token in tokens if token[0].isalnum()) for tokens in (before, after))
    total = old.total() + new.total()
    return total == 0 or 2 * (old & new).total() >= LIKE_ENOUGH * total


def _marked(tokens: Sequence[str], name: str, *, keep_tags: bool) -> str:
    """Words inside <ins> or <del>; tags outside of them, those of the old text left out. Where a link leads is told:
    nobody sees it else."""
    parts, words = [], ""
    for token in [*tokens, "<>"]:
        if not token.startswith("<") or len(token) == 1:
            words += token
            continue
        if words:
            parts.append(_within(words, name))
        address = _ADDRESS.match(token)
        if address:
            parts.append(f"<{name}>[{escape(unescape(address.group(1)))}]</{name}> ")
        if keep_tags and token != "<>":  # noqa: S105 - no password
            parts.append(token)
        words = ""
    return "".join(parts)


def _within(words: str, name: str) -> str:
    """Marked without the spaces around, where there are words at all."""
    inner = words.strip()
    if not inner:
        return f"<{name}>{words}</{name}>"
    start, end = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{start}<{name}>{inner}</{name}>{end}"
