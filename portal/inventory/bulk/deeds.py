"""What a deed is made of: may it be done with a row, doing it, bringing it back.

`why_not` is asked for thousands of rows at once and needs no statement of its own; `act` and `revert` work on one row
under its lock, inside the transaction of a part, and look again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from portal.inventory.models import Subject

Words = str | Promise
State = dict[str, Any]
Params = Mapping[str, Any]


class ChangedSinceError(Exception):
    """The row is no longer what the deed left behind: bringing it back would undo somebody else's work."""


def _nothing(_params: Params) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Done:
    """What a row was and what it became, as JSON values."""

    before: State
    after: State


@dataclass(frozen=True, slots=True)
class Deed:
    """Something editors do with many rows.

    `question` and `button` are told the number; `done` is what stands in the list of what was done. `asks` names the
    choice it needs besides the rows (see `bulk.asking`); without `revert` it cannot be taken back, and the page says
    so before. `danger`: rows vanish for residents.
    """

    name: str
    subject: Subject
    label: Words
    question: Callable[[int], str]
    button: Callable[[int], str]
    done: Words
    happens: Words
    why_not: Callable[[Any, Params], str]
    act: Callable[[int, Params, Any], Done | None]
    revert: Callable[[int, Done, Any], None] | None = None
    asks: str = ""
    danger: bool = False
    tells: bool = False

    @property
    def goes_back(self) -> bool:
        """Whether it can be taken back. (Templates would call `revert`.)"""
        return self.revert is not None
