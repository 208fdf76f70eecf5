"""Pictures before and after, with description and credit; all of a page in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.differences.sides import spoken
from portal.media.models import MediaFile
from portal.revisions.kinds import Difference
from theming.images import CARD_WIDTH, scaled_url


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. `url` is empty where the file is gone; `described` and `credited` are safe HTML, empty where there
    is none."""

    url: str
    alt: str
    described: SafeString
    credited: SafeString


Files = Mapping[int, MediaFile]


def files_of(differences: Sequence[Difference]) -> Files:
    """The files all these differences show."""
    wanted = {number for each in differences for number in (*each.media_old, *each.media_new)}
    return MediaFile.objects.in_bulk(wanted) if wanted else {}


def shots(
    each: Difference, before: Mapping[str, Any], after: Mapping[str, Any], files: Files
) -> tuple[tuple[Shot, ...], tuple[Shot, ...]]:
    """Both sides."""
    old, new = (_pictures(content, numbers) for content, numbers in ((before, each.media_old), (after, each.media_new)))
    return (
        tuple(_shot(picture, old, new, number, files, "del") for number, picture in enumerate(old)),
        tuple(_shot(picture, new, old, number, files, "ins") for number, picture in enumerate(new)),
    )


def _pictures(content: Mapping[str, Any], numbers: Sequence[int]) -> list[Mapping[str, Any]]:
    told = content.get("images")
    if told is not None:
        return list(told)
    return [{"media": number, "alt_text": "", "copyright": ""} for number in numbers]


def _shot(
    picture: Mapping[str, Any],
    own: Sequence[Mapping[str, Any]],
    other: Sequence[Mapping[str, Any]],
    number: int,
    files: Files,
    name: str,
) -> Shot:
    same = next((each for each in other if each["media"] == picture["media"]), None)
    if same is None and number < len(other) == len(own):
        same = other[number]
    found = files.get(picture["media"] or 0)
    return Shot(
        url=scaled_url(found.file, CARD_WIDTH) if found is not None else "",
        alt=picture["alt_text"] or _("Picture without a description"),
        described=_said(picture["alt_text"], same["alt_text"] if same is not None else None, name),
        credited=_said(picture["copyright"], same["copyright"] if same is not None else None, name),
    )


def _said(text: str, other: str | None, name: str) -> SafeString:
    if not text or text == other:
        return SafeString(escape(text))
    return SafeString(spoken(f"<{name}>{escape(text)}</{name}>"))
