"""What the verbs of the engine answer."""

from dataclasses import dataclass, field
from typing import Any

from portal.revisions.models import Desk, Revision
from portal.revisions.tokens import Content


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form starts from. `base` goes into a hidden field. `conflicts`: keys that somebody else changed too since
    the person's last save; `content` has the person's own words there, `current` the others'."""

    content: Content
    base: str
    typed: dict[str, Any] = field(default_factory=dict)
    revision: Revision | None = None
    current: Content = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    reason: str = ""
    """Why the text was returned, where it was."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An autosave. `merged`: keys that were taken over from another window or person; show them anew."""

    revision: Revision | None
    content: Content
    base: str
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of something that was submitted or decided on.

    `already`: it had been done before, nothing happened now. `unchanged`: there was nothing new in it. `left_out`:
    sentences on what could not be applied.
    """

    revision: Revision | None
    applied: bool = False
    waiting: Desk = Desk.NOBODY
    already: bool = False
    unchanged: bool = False
    left_out: tuple[str, ...] = ()
