"""What a municipality takes along besides its schema and its files: what shared tables of its old cell hold of it."""

import json
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from tenants.models import DomainClaim, Municipality, MunicipalityFigures
from tenants.signals import arrived, leaving

CLAIMS, FIGURES, CREATED = "tenants.claims", "tenants.figures", "tenants.created"
Luggage = dict[str, Any]


def packed(municipality: Municipality) -> Luggage:
    """In the transaction that closes it. Raises RefusedError where somebody does not let it go."""
    found: Luggage = {
        CLAIMS: _rows(DomainClaim, municipality),
        FIGURES: _rows(MunicipalityFigures, municipality),
        CREATED: municipality.created_at.isoformat(),
    }
    for _receiver, answer in leaving.send(packed, schema_name=municipality.schema_name):
        if answer is not None:
            name, what = cast("tuple[str, Any]", answer)
            found[name] = what
    return found


def added(luggage: Luggage, more: Luggage) -> Luggage:
    """Both: of what comes as a list all of it, else what was packed first."""
    return {
        name: [*luggage[name], *more.get(name, [])] if isinstance(luggage[name], list) else luggage[name]
        for name in luggage
    } | {name: more[name] for name in more.keys() - luggage.keys()}


def unpacked(municipality: Municipality, luggage: Luggage) -> None:
    """In the transaction that opens it; what is there already stays as it is."""
    Municipality.objects.filter(pk=municipality.pk).update(created_at=luggage[CREATED])
    _make(DomainClaim, municipality, luggage[CLAIMS])
    _make(MunicipalityFigures, municipality, luggage[FIGURES])
    arrived.send(unpacked, schema_name=municipality.schema_name, luggage=luggage)


def _make(model: type[models.Model], municipality: Municipality, rows: list[dict[str, Any]]) -> None:
    made = [model(municipality=municipality, **row) for row in rows]
    model._default_manager.bulk_create(made, ignore_conflicts=True)


def _rows(model: type[models.Model], municipality: Municipality) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in {"id", "municipality_id"}]
    found = model._default_manager.filter(municipality=municipality).values(*names)
    rows: list[dict[str, Any]] = json.loads(json.dumps(list(found), cls=DjangoJSONEncoder))
    return rows
