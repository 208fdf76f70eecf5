"""Who writes the pages of which kind of paper. Rooms above register theirs."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from portal.printing.models import Paper
from portal.printing.written import Written

if TYPE_CHECKING:
    from portal.printing.kit import first_hours, letters, posters
    from portal.printing.programme import writing as programmes
else:
    programmes = lazy("portal.printing.programme.writing")
    posters, letters = lazy("portal.printing.kit.posters"), lazy("portal.printing.kit.letters")
    first_hours = lazy("portal.printing.kit.first_hours")

Kind = Paper.Kind
Writer = Callable[[Paper, Path, date], Written]
_others: dict[Paper.Kind, Writer] = {}


def register(kind: Paper.Kind, writer: Writer) -> None:
    """Let another room write this kind of paper."""
    _others[kind] = writer


def write(paper: Paper, folder: Path, day: date) -> Written:
    """Write the pages of a paper into a folder."""
    if other := _others.get(Kind(paper.kind)):
        return other(paper, folder, day)
    rooms: dict[str, Any] = {
        Kind.PROGRAMME: programmes,
        Kind.POSTER: posters,
        Kind.POSTCARD: posters,
        Kind.FLYER: posters,
        Kind.LETTERS: letters,
        Kind.SHEET: first_hours,
    }
    written: Written = rooms[paper.kind].write(paper, folder, day)
    return written
