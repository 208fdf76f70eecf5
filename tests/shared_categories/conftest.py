"""What the tests of the catalogue share."""

import pytest

from shared_categories import services
from shared_categories.models import Entry, Kind
from tenants.running.context import inside_public

BY = "Test"


@pytest.fixture
def public(db):
    """On the operator's side."""
    with inside_public():
        yield


def category(name: str, parent: Entry | None = None, **values: object) -> Entry:
    return services.create(Kind.CATEGORY, by=BY, parent=parent, name=name, **values)
