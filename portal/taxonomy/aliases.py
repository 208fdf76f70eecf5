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


def held(model: type[models.Model], numbers: Sequence[int]) -> list[int]:
    """The numbers of today, without those that lead nowhere any more. Inside a transaction: they stay until its end."""
    for _before_and_after_whoever_merged_them_just_now in range(2):
        wanted = followed(model, numbers)
        there = existing(model, wanted)
        if len(there) == len(wanted):
            break
    return [each for each in wanted if each in there]


def followed(model: type[models.Model], numbers: Iterable[int]) -> list[int]:
    """The numbers of today, each once; what was never merged stays as it is."""
    known = moved(model)
    return list(dict.fromkeys(known.get(each, each) for each in numbers))
