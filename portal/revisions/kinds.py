"""What the engine must be told of each kind of text; rooms above register theirs when they are ready."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from django.db import models

from portal.revisions.models import Desk, Revision
from portal.revisions.signals import Event
from portal.revisions.tokens import Content

__all__ = ["Applied", "Content", "Difference", "Kind", "Mark", "Piece", "Problem", "Rules", "kind", "register"]


class Mark(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of a compared text as safe HTML, with <ins> and <del> where it changed within; `old` and `new` are
    the two sides of it for showing them beside one another, empty where it stands on one side only."""

    mark: Mark
    html: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs, in words for people: lines before and after, and the comparison of longer texts.

    `kind`: text, html, choice, list, dates, places, images, hours, facts. `media_*`: pictures to show, by id.
    `too_long`: the texts are told in full, because comparing them would take too long.
    """

    name: str
    label: str
    kind: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()
    media_old: tuple[int, ...] = ()
    media_new: tuple[int, ...] = ()
    too_long: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is missing before a text may be submitted, and in which key of its snapshot."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a snapshot when it was written to its row: what the row says now, and sentences on what had to be
    left out."""

    content: Content
    left_out: tuple[str, ...] = ()


class Rules(Protocol):
    """How the subject's own states and people go together with its revisions."""

    def lock(self, pk: int) -> Any:
        """The row, locked until the transaction ends; raises its DoesNotExist."""

    def follows(self, row: Any) -> bool:
        """Whether saves go to the row at once, because nobody but its people sees it."""

    def is_bound(self, row: Any) -> bool:
        """Whether the row is public, or may become so again as it stands: only an applied revision changes its text."""

    def is_editable(self, row: Any) -> bool:
        """Whether its text may be changed at all at present (not in the bin, for example)."""

    def may_edit(self, by: Any, row: Any) -> bool: ...

    def may_submit(self, by: Any, row: Any) -> bool: ...

    def may_decide(self, by: Any, row: Any, revision: Revision) -> bool: ...

    def desk(self, row: Any, by: Any) -> Desk:
        """Who must decide on what this person submits or has approved; NOBODY: it is applied at once."""

    def is_editor(self, by: Any) -> bool:
        """Whether the editors need not be told what this person applies."""

    def written_by(self, row: Any, author: int | None) -> None:
        """Note on the row whose text it is about to get; it is saved with the text."""

    def entered(self, row: Any, event: Event, *, by: Any, reason: str = "", approved: bool = False) -> None:
        """Move the row's own state along, and save it."""


def _nothing_open(_row: Any) -> list["Problem"]:
    return []


@dataclass(frozen=True)
class Kind:
    """One kind of text and its snapshots. `upgrades[n]` makes format n + 1 of format n; `related` (children) and
    `links` (many-to-many) are what `take` reads besides the row, for fetching many."""

    name: str
    label: Any
    model: type[models.Model]
    format: int
    take: Callable[[Any], Content]
    apply: Callable[[Any, Content, Collection[str] | None], Applied]
    canonical: Callable[[Mapping[str, Any]], Content]
    differences: Callable[[Content, Content], list[Difference]]
    missing: Callable[[Content], list[Problem]]
    rules: Rules
    related: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    upgrades: Mapping[int, Callable[[Content], Content]] = field(default_factory=dict)
    # What is open about the row besides its text, before anything may be submitted.
    open_points: Callable[[Any], list[Problem]] = _nothing_open

    def upgrade(self, content: Content, format: int) -> Content:  # noqa: A002 - what the column is called
        """A snapshot of an older format as one of the present."""
        for number in range(format, self.format):
            content = self.upgrades[number](content)
        return self.canonical(content)

    def content_of(self, revision: Revision) -> Content:
        """A revision's content in the present format."""
        if revision.format == self.format:
            content: Content = revision.content
            return content
        return self.upgrade(revision.content, revision.format)


_KINDS: dict[str, Kind] = {}


def register(made: Kind) -> Kind:
    """Let the engine work on a kind."""
    _KINDS[made.name] = made
    return made


def kind(name: str) -> Kind:
    """The kind of this name."""
    return _KINDS[name]
