"""What a municipality takes along besides its schema and its files: what shared tables of its old cell hold of it."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

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
    answers = leaving.send(packed, schema_name=municipality.schema_name)
    return found | dict(answer for _receiver, answer in answers if answer is not None)


def added(luggage: Luggage, more: Luggage) -> Luggage:
    """Both: of what comes as a list all of it, else what was packed first."""
    return {
        name: [*luggage[name], *more.get(name, [])] if isinstance(luggage[name], list) else luggage[name]
        for name in luggage
    } | {name: more[name] for name in more.keys() - luggage.keys()}


def unpacked(municipality: Municipality, luggage: Luggage) -> None:
    """In the transaction that opens it; what is there already stays as it is."""
    Municipality.objects.filter(pk=municipality.pk).update(created_at=luggage[CREATED])
    for model, name in ((DomainClaim, CLAIMS), (MunicipalityFigures, FIGURES)):
        rows = [model(municipality=municipality, **row) for row in luggage[name]]
        model._default_manager.bulk_create(rows, ignore_conflicts=True)
    arrived.send(unpacked, schema_name=municipality.schema_name, luggage=luggage)


def _rows(model: type[DomainClaim] | type[MunicipalityFigures], municipality: Municipality) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in {"id", "municipality_id"}]
    found = model._default_manager.filter(municipality=municipality).values(*names)
    rows: list[dict[str, Any]] = json.loads(json.dumps(list(found), cls=DjangoJSONEncoder))
    return rows
