"""Two people changed one text: what both wanted, and where they clash. Children lists count as one value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.revisions.tokens import Content, Marks, mark_of, marks_of


@dataclass(frozen=True, slots=True)
class Merged:
    """`content` has both changes, mine where they clash. `conflicts` are the keys where they clash, `theirs` those
    that were taken over from the other side."""

    content: Content
    conflicts: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Three sides in full."""
    return merge_marked(marks_of(base), mine, theirs)


def merge_marked(base: Marks, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """As `merge`, knowing only the digests of what both started from.

    `mine` may say less than all; what it does not say stays as theirs. A key without a digest clashes if it differs.
    """
    content, conflicts, taken = dict(theirs), list[str](), list[str]()
    for name, value in mine.items():
        if name in theirs and theirs[name] == value:
            continue
        started = base.get(name)
        if name in theirs and started is not None and started == mark_of(value):
            taken.append(name)
            continue
        if name in theirs and started != mark_of(theirs[name]):
            conflicts.append(name)
        content[name] = value
    return Merged(content, tuple(conflicts), tuple(taken))


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's unsubmitted text beside what is there now (`head`: what waits, or the row).

    `content` is theirs with what others changed in the meantime; `clashing` are the keys both changed, where `content`
    has the person's own words and `head` the others'. `marks` are the digests of the head as far as it was taken in.
    """

    head: Content
    content: Content
    marks: Marks
    clashing: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()

    @property
    def current(self) -> Content:
        """What to show as “there now”: the others' words where both changed something."""
        return {**self.content, **{name: self.head[name] for name in self.clashing}}


def standing(head: Content, working: Content | None = None, marks: Marks | None = None) -> Standing:
    """Where somebody's working text (with the digests it started from) stands on the head; without one, the head."""
    now = marks_of(head)
    if working is None:
        return Standing(head, dict(head), now)
    merged = merge_marked(marks or {}, working, head)
    open_marks = {name: (marks or {}).get(name, "") for name in merged.conflicts}
    return Standing(head, merged.content, {**now, **open_marks}, merged.conflicts, merged.theirs)


def saved_onto(before: Standing, mine: Mapping[str, Any], seen: Marks) -> tuple[Standing, tuple[str, ...]]:
    """The standing after somebody saves `mine`, having seen the digests `seen`; and the keys where that would overwrite
    what they have not seen (then nothing may be saved)."""
    current = before.current
    merged = merge_marked(seen, mine, current)
    settled = {name for name in before.clashing if name in mine and seen.get(name) == mark_of(before.head[name])}
    # Untouched where both changed it before: the person's own words stay, and the clash stays open.
    left = [name for name in before.clashing if name not in settled and name not in merged.conflicts]
    content = {**merged.content, **{name: before.content[name] for name in left}}
    marks = {**before.marks, **{name: mark_of(before.head[name]) for name in settled}}
    clashing = tuple(name for name in before.clashing if name not in settled)
    theirs = before.theirs + tuple(name for name in merged.theirs if name not in left)
    return Standing(before.head, content, marks, clashing, theirs), merged.conflicts
