"""How a municipality's mails look. The room that keeps its look (theming) says it, on the operator's side a plain one.

A mail is stored as its text and a fragment of HTML without any style; the frame (logo, colours, address) is put round
both when it leaves.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

from tenants.running.context import PUBLIC, current_schema


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is sent along and shown within the HTML as `cid:` and its name."""

    name: str
    data: bytes = field(repr=False)
    subtype: str = "png"


@dataclass(frozen=True, slots=True)
class Dressed:
    """A whole HTML page, the pictures in it, and what stands below the plain text."""

    html: str
    below: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """`portal` is its name; `dress` is told subject, fragment and language."""

    portal: Callable[[], str]
    dress: Callable[[str, str, str], Dressed]


_wardrobe: list[Wardrobe] = []


def said_by(wardrobe: Wardrobe) -> None:
    """Let this say the look of the municipality we are inside. Called once, when the room's app is ready."""
    _wardrobe[:] = [wardrobe]


def portal_name() -> str:
    """The municipality's; on the operator's side the platform's host."""
    return _wardrobe[0].portal() if _wardrobe and current_schema() != PUBLIC else str(settings.BASE_DOMAIN)


def dressed(subject: str, fragment: str, language: str) -> Dressed | None:
    """The page of a mail; None where nobody says the look, and then it goes out as plain text."""
    return _wardrobe[0].dress(subject, fragment, language) if _wardrobe else None
