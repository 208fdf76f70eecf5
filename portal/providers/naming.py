"""Organisations by the names people type. Of several of one name the number tells which: “Turnverein (12)”."""

import re
from collections import defaultdict
from collections.abc import Iterable

from core.text import fold

_NUMBERED = re.compile(r".*?\s*\((\d{1,18})\)")


class Naming:
    """Some organisations, told apart. `pairs`: number and name of each."""

    def __init__(self, pairs: Iterable[tuple[int, str]]) -> None:
        self._names = dict(pairs)
        self._same: defaultdict[str, list[int]] = defaultdict(list)
        for pk, name in self._names.items():
            self._same[fold(name)].append(pk)

    def all(self) -> list[str]:
        """What can be chosen, in the order that was given."""
        return [self.name(pk) for pk in self._names]

    def name(self, pk: int) -> str:
        """What is typed for it; nothing for one that is not among them."""
        name = self._names.get(pk)
        if name is None:
            return ""
        return name if len(self._same[fold(name)]) == 1 else f"{name} ({pk})"

    def meant(self, typed: str) -> list[int]:
        """Those that may be meant: one where it is clear, none where nothing has that name."""
        numbered = _NUMBERED.fullmatch(typed)
        if numbered and int(numbered[1]) in self._names:
            return [int(numbered[1])]
        return self._same.get(fold(typed), [])
