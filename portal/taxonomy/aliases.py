"""Numbers of things that were merged into others: they go on leading somewhere."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import models

from portal.revisions.children import existing
from portal.taxonomy.models import Alias
from tenants.running.changes import remembered

NONE: Mapping[int, int] = {}


def moved(model: type[models.Model]) -> Mapping[int, int]:
    """Former numbers of a kind to those of today."""
    return remembered("taxonomy.aliases", _load, rooms=("taxonomy",)).get(model._meta.model_name or "", NONE)


def _load() -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for kind, old, new in Alias.objects.values_list("kind", "old", "new"):
        found.setdefault(kind, {})[old] = new
    return found


class Holding:
    """Which of some numbers of a kind lead somewhere today, asked once for the many texts that name them. Inside a
    transaction: what is there stays until its end."""

    def __init__(self, model: type[models.Model], numbers: Iterable[int]) -> None:
        named = list(dict.fromkeys(numbers))
        self._today, self._there = NONE, frozenset[int]()
        if not named:
            return
        for _before_and_after_whoever_merged_them_just_now in range(2):
            self._today = moved(model)
            wanted = self.followed(named)
            self._there = frozenset(existing(model, wanted))
            if len(self._there) == len(wanted):
                break

    def followed(self, numbers: Iterable[int]) -> list[int]:
        """The numbers of today, each once."""
        return list(dict.fromkeys(self._today.get(each, each) for each in numbers))

    def held(self, numbers: Iterable[int]) -> list[int]:
        """Of these, those that are there."""
        return [each for each in self.followed(numbers) if each in self._there]

    def of_today(self, number: int) -> int | None:
        """What one of them is today, or None."""
        return next(iter(self.held([number])), None)


def held(model: type[models.Model], numbers: Sequence[int]) -> list[int]:
    """The numbers of today, without those that lead nowhere any more. Inside a transaction: they stay until its end."""
    return Holding(model, numbers).held(numbers)


def followed(model: type[models.Model], numbers: Iterable[int]) -> list[int]:
    """The numbers of today, each once; what was never merged stays as it is."""
    known = moved(model)
    return list(dict.fromkeys(known.get(each, each) for each in numbers))
