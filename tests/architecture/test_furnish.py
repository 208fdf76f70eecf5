"""The objects behind the reviewed addresses also belong to whichever town they are asked for: benchmarks take two."""

import pytest

from onboarding.models import Acceptance
from support.models import Visit
from tenants.running.context import inside, inside_public
from tests.architecture.access_town import furnish, people, united
from tests.conftest import municipality


@pytest.mark.django_db
def test_two_towns_are_furnished_side_by_side_each_with_its_own():
    for slug in ("bedorf", "ahausen"):
        with inside(municipality(slug)):
            things = furnish(people())
        with inside_public():
            assert Acceptance.objects.get(pk=things["acceptance"].pk).municipality.slug == slug
            assert Visit.objects.get(pk=things["visit"].pk).municipality.slug == slug


def test_no_name_stands_for_two_things():
    assert united({"a": 1}, {"b": 2}) == {"a": 1, "b": 2}
    with pytest.raises(AssertionError, match="'b'"):
        united({"a": 1, "b": 2}, {"b": 3})
