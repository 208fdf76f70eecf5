"""At which addresses with a number in them something answers: a registry, filled by the rooms when the process starts.

Who lets an old address lead elsewhere asks here first, because a redirect where something answers is never reached.
"""

import re
from collections.abc import Callable, Collection, Iterable

_lookups: list[tuple[re.Pattern[str], Callable[[Collection[int]], Iterable[int]]]] = []


def register(pattern: str, there: Callable[[Collection[int]], Iterable[int]]) -> None:
    """`pattern` finds the number in an address; `there` tells which of many numbers are there, in one statement."""
    _lookups.append((re.compile(pattern), there))


def answered(paths: Iterable[str]) -> set[str]:
    """Those of these addresses at which something answers; a statement a kind, and only for kinds that occur."""
    found: set[str] = set()
    asked = list(paths)
    for pattern, there in _lookups:
        numbers = {path: int(match[1]) for path in asked if (match := pattern.match(path))}
        known = set(there(set(numbers.values()))) if numbers else set()
        found |= {path for path, number in numbers.items() if number in known}
    return found
