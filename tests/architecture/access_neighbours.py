"""A neighbouring municipality for `access.csv`."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from neighbours.models import Agreement, IndexedDocument, IndexedOffer, IndexedTown, Roof
from tenants.lifecycle.making import create_municipality
from tenants.models import Municipality
from tenants.running.context import PUBLIC, current_schema, inside_public

_EMPTY = {"groups": [], "languages": [], "topics": [], "codes": [], "dates": b"", "volunteering": False}
_TEXTS = ("summary", "cost_text", "title_key")


def next_door() -> dict[str, Any]:
    """The names that access.csv uses in braces: what is agreed and shown, and what waits for an answer."""
    with inside_public():
        town = Municipality.objects.filter(slug="nachbarstadt").first()
    fresh = town is None
    town = town or create_municipality("nachbarstadt", name="Nachbarstadt", host="nachbarstadt.localhost")
    us = Municipality.objects.get(slug=current_schema() if current_schema() != PUBLIC else "ahausen")
    if fresh:
        Roof.objects.create(municipality=town)
        IndexedTown.objects.create(municipality=town, schema_name=town.slug, filled_at=timezone.now())
        offer = IndexedOffer.objects.create(
            municipality=town, number=7, slug="segeln", title="Segeln", provider="Segelverein", cost_kind="unknown",
            venue="on_site", accessibility="unknown", schedule_kind="none", places=[[49.2, 7.1, True, "", "", "", ""]],
            **_EMPTY, **dict.fromkeys(_TEXTS, ""),
        )  # fmt: skip
        IndexedDocument.objects.create(offer=offer, title_vector="", vector=f"'#{town.pk}'")
    mine = Agreement.objects.filter(first=town, second=us)
    if not mine.exists():
        _agreement(us, town, 0, 50, state="agreed", second_agreed_at=timezone.now(), second_agreed_as="editor")
        _agreement(town, us, 100, 150)
        _agreement(town, us, 0, 50, kind="roof", proposed_by="operator")
    return {
        "neighbour_offer": IndexedOffer.objects.get(municipality=town),
        "proposal": mine.get(kind="neighbour"),
        "roof": Roof.objects.get(municipality=town),
        "roof_membership": mine.get(kind="roof"),
    }


def _agreement(first: Municipality, second: Municipality, begins: int, ends: int, **more: Any) -> None:
    today = timezone.localdate()
    Agreement.objects.create(
        **{
            "kind": "neighbour",
            "first": first,
            "second": second,
            "valid_from": today + timedelta(days=begins),
            "valid_until": today + timedelta(days=ends),
            "proposed_by": "first",
            "first_agreed_at": timezone.now(),
            "first_agreed_as": "editor",
            **more,
        }
    )
