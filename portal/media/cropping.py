"""Which part of a picture is shown: in three words for everybody, as a box for whoever has a script.

A form that lets people choose shows `components/crop.html` with `choice_of`, and gives what was sent to `chosen`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.media.models import MediaFile
from portal.media.pictures import Box
from portal.media.services import cropped

WHOLE, OWN = "ganz", "eigener"
# Where the part begins: at the front, in the middle, at the end of what is left over.
_PLACES = {"anfang": 0.0, "mitte": 0.5, "ende": 1.0}
_HIGH = {
    "anfang": pgettext_lazy("part of a picture", "the upper part"),
    "mitte": pgettext_lazy("part of a picture", "the middle"),
    "ende": pgettext_lazy("part of a picture", "the lower part"),
}
_WIDE = {
    "anfang": pgettext_lazy("part of a picture", "the left part"),
    "mitte": pgettext_lazy("part of a picture", "the middle"),
    "ende": pgettext_lazy("part of a picture", "the right part"),
}
# Two boxes that differ by less are the same: a script rounds.
_NEAR = 0.004
_NEARLY_RIGHT = 0.02


@dataclass(frozen=True, slots=True)
class Choice:
    """What a form shows: the whole picture, the shape its use asks for, the words with the chosen one, its box."""

    source: MediaFile
    shape: float
    words: tuple[tuple[str, str | Promise], ...]
    chosen: str
    box: str


def source_of(file: MediaFile) -> MediaFile:
    """The whole picture that a part was cut from."""
    found = MediaFile.objects.filter(pk=file.original_id).first() if file.original_id else None
    return found or file


def choice_of(file: MediaFile, shape: float) -> Choice:
    """The parts of a picture one can choose; no words where it has the shape already."""
    source = source_of(file)
    ratio = source.width / source.height if source.height else shape
    names = _HIGH if ratio < shape else _WIDE
    fitting = abs(ratio / shape - 1) < _NEARLY_RIGHT
    words: list[tuple[str, str | Promise]] = [(WHOLE, gettext_lazy("The whole picture"))]
    words += [] if fitting else names.items()
    box = box_of(file)
    chosen = word_of(box, source, shape)
    if chosen == OWN:
        words.append((OWN, gettext_lazy("The part chosen so far")))
    return Choice(source, shape, tuple(words), chosen, _written(box) if box else "")


def box_of(file: MediaFile) -> Box | None:
    """The part that a row is of its whole picture; None: all of it."""
    return Box(*file.crop) if file.original_id and file.crop else None


def word_of(box: Box | None, source: MediaFile, shape: float) -> str:
    """The word for a part; `OWN` where none says it."""
    if box is None:
        return WHOLE
    return next((word for word in _PLACES if _same(part_of(word, source, shape), box)), OWN)


def part_of(word: str, source: MediaFile, shape: float) -> Box:
    """The largest part of the shape at the place a word names."""
    ratio = source.width / source.height
    place = _PLACES[word]
    if ratio < shape:
        high = ratio / shape
        return Box(0.0, (1 - high) * place, 1.0, high)
    wide = shape / ratio
    return Box((1 - wide) * place, 0.0, wide, 1.0)


def chosen(file: MediaFile, sent: Mapping[str, Any], *, by: Any, shape: float, prefix: str = "") -> MediaFile | None:
    """The row for the part somebody chose; None where that is what the file already is. ValidationError, with a
    sentence, for a part that is none."""
    source, now = source_of(file), box_of(file)
    wanted = _wanted(sent, source, shape, prefix)
    if wanted is OWN or _same(wanted, now):
        return None
    if wanted is None:
        return source
    return cropped(source, wanted, by=by, shape=shape)


def _wanted(sent: Mapping[str, Any], source: MediaFile, shape: float, prefix: str) -> Any:
    written, word = str(sent.get(f"{prefix}box") or ""), str(sent.get(f"{prefix}part") or "")
    if written:
        return _read(written)
    if word in _PLACES:
        return part_of(word, source, shape)
    return None if word == WHOLE else OWN


def _read(written: str) -> Box:
    try:
        left, top, width, height = (float(each) for each in written.split(","))
        box = Box(left, top, width, height)
    except (ValueError, OverflowError):
        box = Box(0, 0, 0, 0)
    if not box.fits():
        raise ValidationError(_("The part you chose lies outside of the picture. Please choose it again."), code="crop")
    return box


def _written(box: Box) -> str:
    return ",".join(f"{each:.5f}" for each in (box.left, box.top, box.width, box.height))


def _same(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return one is other
    pairs = zip(
        (one.left, one.top, one.width, one.height), (other.left, other.top, other.width, other.height), strict=True
    )
    return all(abs(a - b) < _NEAR for a, b in pairs)
