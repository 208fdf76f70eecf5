"""What somebody started from, small enough for a hidden field.

Old autosaves leave nothing behind, yet a merge needs three sides. A short digest of every key is enough: a side whose
value still has the digest did not touch the key.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Content = dict[str, Any]
Marks = dict[str, str]


def mark_of(value: Any) -> str:
    """A short digest of one value; equal for equal JSON."""
    return f"{zlib.crc32(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()):08x}"


def marks_of(content: Mapping[str, Any]) -> Marks:
    """The digest of every key."""
    return {name: mark_of(value) for name, value in content.items()}


@dataclass(frozen=True, slots=True)
class Base:
    """The revision (0: none, the row itself), its version and the digests of what a form was filled with."""

    revision: int = 0
    version: int = 0
    marks: Marks = field(default_factory=dict)

    def written(self) -> str:
        """For a hidden field."""
        parts = [f"{name}:{mark}" for name, mark in sorted(self.marks.items())]
        return ";".join([f"{self.revision}.{self.version}", *parts])


def read(written: str) -> Base:
    """The base a form carried; a broken one knows nothing, so that every difference is noticed."""
    head, *parts = written.split(";")
    revision, _dot, version = head.partition(".")
    if not (revision.isdecimal() and version.isdecimal() and len(head) < 40):
        return Base()
    pairs = (part.partition(":") for part in parts)
    return Base(int(revision), int(version), {name: mark for name, _colon, mark in pairs if name and mark})
