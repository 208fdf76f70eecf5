"""What a municipality takes along besides its schema and its files: what shared tables of its old cell hold of it."""

import json
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from tenants.carried import carried
from tenants.models import Municipality
from tenants.signals import arrived, leaving

ROWS = "rows"
Luggage = dict[str, Any]


def packed(municipality: Municipality) -> Luggage:
    """In the transaction that closes it. Raises RefusedError where somebody does not let it go."""
    found: Luggage = {ROWS: {label: _rows(kind, municipality) for label, kind in carried().items()}}
    for _receiver, answer in leaving.send(packed, schema_name=municipality.schema_name):
        if answer is not None:
            name, what = cast("tuple[str, Any]", answer)
            found[name] = what
    return found


def added(luggage: Luggage, more: Luggage) -> Luggage:
    """Both. What comes as a list was taken out of its table, so all of it counts; all else was only read, so it is as
    it was read last."""
    return {
        **luggage,
        **{name: [*luggage.get(name, []), *what] if isinstance(what, list) else what for name, what in more.items()},
    }


def unpacked(municipality: Municipality, luggage: Luggage) -> None:
    """In the transaction that opens it in its new cell; what is there already stays as it is."""
    known = carried()
    for label, rows in luggage[ROWS].items():
        kind = known[label]
        made = [kind(municipality=municipality, **row) for row in rows]
        kind._default_manager.bulk_create(made, ignore_conflicts=True)
    given_back(municipality, luggage)


def given_back(municipality: Municipality, luggage: Luggage) -> None:
    """In the transaction that opens it in its old cell again, where only what was taken is missing."""
    arrived.send(given_back, schema_name=municipality.schema_name, luggage=luggage)


def _rows(kind: type[models.Model], municipality: Municipality) -> list[dict[str, Any]]:
    names = [field.attname for field in kind._meta.concrete_fields if field.attname not in {"id", "municipality_id"}]
    found = kind._default_manager.filter(municipality=municipality).order_by("pk").values(*names)
    rows: list[dict[str, Any]] = json.loads(json.dumps(list(found), cls=DjangoJSONEncoder))
    return rows
