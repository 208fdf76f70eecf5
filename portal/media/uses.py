"""Who points at files. Each room with pointers registers how to ask it; this one knows none of them."""

from collections.abc import Callable, Iterable

Ask = Callable[[], Iterable[int]]
_USERS: dict[str, Ask] = {}


def register(name: str, ask: Ask) -> None:
    """`ask` returns the ids of all MediaFile rows that something of this name points at, in one statement."""
    _USERS[name] = ask


def used() -> set[int]:
    """The ids of all files that anything points at."""
    return {each for ask in _USERS.values() for each in ask()}
