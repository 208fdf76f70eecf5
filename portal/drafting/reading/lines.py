"""What was seen on a page: words in lines, with where and how large they stand and how sure the eye was."""

from dataclasses import dataclass, field

# A text layer, or what somebody typed: nothing was guessed.
SURE = 100.0


@dataclass(frozen=True, slots=True)
class Word:
    """One word; `sure` between 0 and 100."""

    text: str
    sure: float = SURE


@dataclass(frozen=True, slots=True)
class Line:
    """One line. Places and sizes in parts of a thousand of the page's height; 0 where nobody knows."""

    words: tuple[Word, ...]
    top: float = 0
    height: float = 0
    left: float = 0
    right: float = 0
    page: int = 0
    heading: bool = False

    @property
    def text(self) -> str:
        """The words as they stand."""
        return " ".join(word.text for word in self.words)

    @property
    def sure(self) -> float:
        """How sure the eye was on the whole."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.sure * len(word.text) for word in self.words) / letters if letters else 0.0


@dataclass(slots=True)
class Sheet:
    """All lines of a flyer or page in the order of reading; `seen`: by an eye that may err (a text recognition)."""

    lines: list[Line] = field(default_factory=list)
    seen: bool = False

    @property
    def text(self) -> str:
        """Everything, a line a line."""
        return "\n".join(line.text for line in self.lines)


def sheet_of(text: str) -> Sheet:
    """Lines of plain text."""
    rows = [tuple(Word(each) for each in row.split()) for row in text.splitlines()]
    return Sheet([Line(words, top=number * 10.0) for number, words in enumerate(rows) if words])
