"""A municipality with a topic, an organisation and a program that writes for it."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from portal.interfaces import limits
from portal.providers.models import Provider
from portal.taxonomy.models import Category, District, TargetGroup
from portal.tokens import services
from portal.tokens.models import Scope, Token
from tenants.running.context import inside
from tests.factories import a_provider

OFFERS = "/api/v1/offers/"


@dataclass
class Program:
    """A program with its secret, as its HTTP library sees the service."""

    client: Client
    secret: str
    token: Token
    provider: Provider
    topic: int
    group: int
    district: int

    def ask(self, method: str, path: str, said: Any = None, **headers: str) -> Any:
        content = said if isinstance(said, bytes | str) else json.dumps(said)
        given = {"authorization": f"Bearer {self.secret}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        kind = given.pop("content-type", "application/json")
        return self.client.generic(method, path, content if said is not None else b"", kind, headers=given)

    def post(self, said: Any, **headers: str) -> Any:
        return self.ask("POST", OFFERS, said, **headers)

    def patch(self, pk: int, said: Any, **headers: str) -> Any:
        return self.ask("PATCH", f"{OFFERS}{pk}/", said, **headers)

    def delete(self, pk: int, **headers: str) -> Any:
        return self.ask("DELETE", f"{OFFERS}{pk}/", **headers)

    def state(self, pk: int) -> Any:
        return self.ask("GET", f"{OFFERS}{pk}/state/")

    def said(self, **more: Any) -> dict[str, Any]:
        """An offer that has all it needs."""
        return {
            "title": "Yoga am Abend",
            "summary": "Für alle.",
            "category_ids": [self.topic],
            "locations": [{"street": "Weg 1", "postcode": "66111"}],
            **more,
        }


@pytest.fixture(autouse=True)
def without_a_limit(monkeypatch):
    monkeypatch.setattr(limits, "MOST", 10**9)
    monkeypatch.setattr(limits, "MOST_WITH_TOKEN", 10**9)


@pytest.fixture
def make_program(visitor):
    def make(town: Any, provider: Provider | None = None, **fields: Any) -> Program:
        with inside(town):
            topic = Category.objects.filter(name="Bewegung").first() or Category.objects.create(name="Bewegung")
            group, _fresh = TargetGroup.objects.get_or_create(name="Alle Menschen")
            district, _fresh = District.objects.get_or_create(name="Nord")
            owner = provider or a_provider(name="Turnverein")
            token = Token(name="Kursverwaltung", **{"scope": Scope.WRITE, **fields})
            secret = services.give(token, [owner], by=None)
        return Program(visitor(town.slug), secret, token, owner, topic.pk, group.pk, district.pk)

    return make


@pytest.fixture
def program(ahausen, make_program):
    return make_program(ahausen)
