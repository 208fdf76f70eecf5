"""Applications and papers of the contract, for `test_access.py`."""

from typing import Any

from django.utils import timezone

from onboarding.models import Acceptance, Application, PaperVersion
from onboarding.services import _key
from tenants.models import Municipality
from tenants.running.context import PUBLIC, current_schema, inside_public

_GIVEN = {"federal_state": "SL", "person": "Sabine Thul", "email": "thul@merzig.example"}


def contracted() -> dict[str, Any]:
    """What the pages of the contract have at addresses, of where we are (Ahausen on the operator's side)."""
    schema = current_schema()
    with inside_public():
        paper, _new = PaperVersion.objects.get_or_create(kind="avv", number=1, defaults={"text": "# Vertrag"})
        tom, _new = PaperVersion.objects.get_or_create(kind="tom", number=1, defaults={"text": "# Maßnahmen"})
        town = Municipality.objects.get(slug="ahausen" if schema == PUBLIC else schema)
        said = {"slug": "ahausen", "municipality_name": "Ahausen", "person": "A", "office": "B", "email": "a@x.example"}
        acceptance, _new = Acceptance.objects.get_or_create(
            paper=tom, municipality=town, defaults={**said, "pdf": b"%PDF-", "sha256": "x"}
        )
    return {"contract_paper": paper, "acceptance": acceptance}


def applying() -> dict[str, Any]:
    """What the pages of applications have at addresses."""
    now = timezone.now()
    new = Application.objects.create(name="Losheim", slug="losheim", **_GIVEN)
    town = Municipality.objects.get(slug="ahausen")
    return {
        "application": Application.objects.create(
            name="Merzig", slug="merzig", state="confirmed", confirmed_at=now, **_GIVEN
        ),
        "application_made": Application.objects.create(
            name="Ahausen", slug="ahausen", state="made", confirmed_at=now, made_at=now, municipality=town, **_GIVEN
        ),
        "application_token": _key.sign(str(new.pk)),
        **contracted(),
    }
