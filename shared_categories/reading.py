"""What municipalities read: what is issued, and what differs between two releases.

All of it can be asked from inside a municipality. Releases never change, so a process reads each once: what it has
parsed it knows by the digest of its content; which there are it remembers until the database tells of another.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from shared_categories.comparing import Change, Difference, differences
from shared_categories.models import Kind, Release
from shared_categories.values import Link, Snapshot, Value, parsed
from tenants.running.changes import remembered

__all__ = ["Change", "Difference", "Kind", "Link", "Snapshot", "Value", "compare", "newest", "newest_number", "release"]

# Three hundred municipalities follow at most a handful of releases at a time; one weighs about half a megabyte.
MOST_KEPT = 8


@dataclass(frozen=True, slots=True)
class _Head:
    """What a process needs of a release to know whether it has read it already."""

    number: int
    issued_at: datetime
    note: str
    digest: str


def newest() -> Snapshot | None:
    """The release issued last; None before the first."""
    heads = _heads()
    return _snapshot(heads[-1]) if heads else None


def newest_number() -> int:
    """Its number; 0 before the first."""
    heads = _heads()
    return heads[-1].number if heads else 0


def release(number: int) -> Snapshot:
    """One release. Release.DoesNotExist where there is none of this number."""
    for head in _heads():
        if head.number == number:
            return _snapshot(head)
    raise Release.DoesNotExist(f"There is no release {number} of the catalogue.")


def compare(old: Snapshot | None, new: Snapshot) -> list[Difference]:
    """What a release changes for whoever has another one, or none yet."""
    return differences(old.values if old else {}, new.values)


def _heads() -> tuple[_Head, ...]:
    return remembered("catalogue.releases", _read_heads, rooms=("catalogue",), shared=True)


def _read_heads() -> tuple[_Head, ...]:
    rows = Release.objects.order_by("number").values_list("number", "issued_at", "note", "digest")
    return tuple(_Head(*row) for row in rows)


@lru_cache(maxsize=MOST_KEPT)
def _snapshot(head: _Head) -> Snapshot:
    content = Release.objects.values_list("content", flat=True).get(number=head.number)
    return Snapshot(head.number, head.issued_at, head.note, parsed(content))
