"""A municipality that knows a few categories, target groups and districts, and a provider in it."""

from collections.abc import Iterator

import pytest

from portal.providers.models import Provider
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.models import Municipality
from tenants.running.context import inside
from tests.factories import a_provider


@pytest.fixture
def provider(ahausen: Municipality) -> Iterator[Provider]:
    """The test runs inside ahausen."""
    with inside(ahausen):
        leisure = Category.objects.create(name="Freizeit und Kultur")
        education = Category.objects.create(name="Bildung")
        Category.objects.create(name="Sport", parent=leisure)
        Category.objects.create(name="Kurse", parent=leisure)
        Category.objects.create(name="Kurse", parent=education)
        Category.objects.create(name="Kinder, Jugend und Familie")
        for name in ("Kinder", "7-13 Jahre", "Eltern", "Senioren"):
            TargetGroup.objects.create(name=name)
        for name in ("Altstadt", "Bergdorf"):
            District.objects.create(name=name)
        yield a_provider(name="TSV Ahausen")
