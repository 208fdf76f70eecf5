"""Which event of tonight is which of last night. Most calendars keep their UIDs; some make new ones every time.

In this order: the same UID; the same title and beginning; a title that only one of those left has on either side. So
an event with a new UID that was also moved is still known, and two courses of one name are never taken for each other.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from portal.calendars.reading.mapping import Mapped

Pairs = list[tuple[Any, Mapped]]


def matched(known: Sequence[Any], found: Sequence[Mapped]) -> tuple[Pairs, list[Any], list[Mapped]]:
    """Pairs of what was known and what it is now, what is known and not there, what is there and not known.

    `known` has `uid`, `title_key` and `start_key` as `Mapped` has.
    """
    pairs: Pairs = []
    old, new = list(known), list(found)
    for key in (_uid, _title_and_start, _title):
        old, new = _paired(old, new, key, pairs)
    return pairs, old, new


def _uid(each: Any) -> Hashable:
    return each.uid or None


def _title_and_start(each: Any) -> Hashable:
    return (each.title_key, each.start_key) if each.title_key else None


def _title(each: Any) -> Hashable:
    return each.title_key or None


def _paired(
    old: list[Any], new: list[Mapped], key: Callable[[Any], Hashable], pairs: Pairs
) -> tuple[list[Any], list[Mapped]]:
    """Pair what is the only one of its key on both sides; give back the rest."""
    before, now = _by(old, key), _by(new, key)
    gone, come = set[int](), set[int]()
    for name, several in before.items():
        others = now.get(name, [])
        if name is not None and len(several) == len(others) == 1:
            pairs.append((several[0], others[0]))
            gone.add(id(several[0]))
            come.add(id(others[0]))
    return [each for each in old if id(each) not in gone], [each for each in new if id(each) not in come]


def _by(several: Iterable[Any], key: Callable[[Any], Hashable]) -> dict[Hashable, list[Any]]:
    found: dict[Hashable, list[Any]] = defaultdict(list)
    for each in several:
        found[key(each)].append(each)
    return found


def named_once(found: Iterable[Mapped]) -> list[Mapped]:
    """The events with names that nobody else has: a calendar without UIDs, or with one for all, gets names of ours."""
    used, named = set[str](), list[Mapped]()
    for each in found:
        uid = each.uid or f"~{each.title_key}~{each.start_key}"
        if uid in used:
            uid = f"{uid[:300]}~{each.start_key}~{each.title_key[:100]}"
        number, base = 2, uid
        while uid in used:
            uid, number = f"{base[:480]}~{number}", number + 1
        used.add(uid)
        named.append(each if uid == each.uid else _renamed(each, uid))
    return named


def _renamed(each: Mapped, uid: str) -> Mapped:
    return Mapped(uid, each.content, each.title_key, each.start_key, each.first, each.last, each.problem)
