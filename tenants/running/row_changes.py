"""Which rows of a municipality changed lately: a short history for what is brought up to date instead of built anew.

Kept only of municipalities of which this process follows something, from the oldest version anything followed has, and
at most `MOST_IDS` ids of each: what is older than the history is built anew.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

# The ids of rows, or None: anything in the room may have changed.
Changed = frozenset[int] | None
MOST_IDS = 10_000


@dataclass(slots=True)
class _History:
    """What changed after `begin`, by number, and the versions of what is followed."""

    begin: int
    followed: dict[str, int]
    changes: deque[tuple[int, str, Changed]] = field(default_factory=deque)
    ids: int = 0

    def add(self, number: int, room: str, ids: Changed) -> None:
        self.changes.append((number, room, ids))
        self.ids += len(ids) if ids else 1
        while self.ids > MOST_IDS:
            self._drop()

    def trim(self) -> None:
        """Forget what is in everything that is followed."""
        oldest = min(self.followed.values())
        while self.changes and self.changes[0][0] <= oldest:
            self._drop()

    def _drop(self) -> None:
        self.begin, _room, ids = self.changes.popleft()
        self.ids -= len(ids) if ids else 1


class Histories:
    """By schema; all under the lock of the listener."""

    def __init__(self) -> None:
        self._by_schema: dict[str, _History] = {}

    def add(self, schema: str, number: int, room: str, ids: str) -> None:
        """A change was heard; `ids` are separated by commas, none means the whole room."""
        if schema in self._by_schema:
            rows = frozenset(map(int, ids.split(","))) if ids else None
            self._by_schema[schema].add(number, room, rows)

    def follow(self, schema: str, name: str, number: int) -> None:
        """Something is being built as of this number, the last one that was heard; it is noted what changes after."""
        self._by_schema.setdefault(schema, _History(number, {})).followed.setdefault(name, number)

    def advance(self, schema: str, name: str, number: int) -> None:
        """It is built: nobody needs to know again what it holds."""
        history = self._by_schema.get(schema)
        if history is not None and name in history.followed:
            history.followed[name] = max(number, history.followed[name])
            history.trim()

    def forget(self, gone: Callable[[str, str], bool]) -> None:
        """Drop the names that are not kept any more, and what nobody follows."""
        for schema, history in list(self._by_schema.items()):
            for name in [name for name in history.followed if gone(schema, name)]:
                del history.followed[name]
            if not history.followed:
                del self._by_schema[schema]

    def since(self, schema: str, number: int, rooms: Iterable[str]) -> Mapping[str, Changed] | None:
        """What changed in these rooms after a number; None where the history does not reach so far."""
        history = self._by_schema.get(schema)
        if history is None or number < history.begin:
            return None
        found: dict[str, Changed] = {}
        wanted = frozenset(rooms)
        for when, room, ids in history.changes:
            if when > number and room in wanted:
                before = found.get(room, frozenset())
                found[room] = None if ids is None or before is None else before | ids
        return found
