"""Numbers of things that were merged into others: they go on leading somewhere."""

from collections.abc import Iterable, Mapping

from django.db import models

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


def followed(model: type[models.Model], numbers: Iterable[int]) -> list[int]:
    """The numbers of today, each once; what was never merged stays as it is."""
    known = moved(model)
    return list(dict.fromkeys(known.get(each, each) for each in numbers))
