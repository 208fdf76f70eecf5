"""The demo's shared catalogue is in its second release, with differences of every kind to take."""

from demo.catalogue import adopt_some, fill_catalogue
from portal.taxonomy.adoption import services
from shared_categories import reading
from shared_categories.comparing import Change
from shared_categories.content import open_changes
from shared_categories.models import Use
from tenants.running.context import inside, inside_public


def test_it_is_in_its_second_release_with_something_of_everything(db):
    fill_catalogue()
    fill_catalogue()
    assert reading.newest_number() == 2
    found = reading.compare(reading.release(1), reading.release(2))
    assert {each.change for each in found} == set(Change)
    with inside_public():
        assert open_changes() == 0


def test_one_town_has_differences_to_take(ahausen, bedorf):
    fill_catalogue()
    adopt_some(["ahausen", "bedorf"])
    adopt_some(["ahausen", "bedorf"])
    with inside(bedorf):
        keys = {each.key for each in services.outlook().waiting}
        assert {"K-025.name", "K-073.parent", "Z-027.removed"} <= keys
        assert services.current().waiting >= 3
    with inside(ahausen):
        assert services.current().taken == 0
    # The operator sees at once who has adopted what, not after the first night.
    with inside_public():
        assert Use.objects.filter(municipality=bedorf, code="K-065").exists()
        assert not Use.objects.filter(municipality=ahausen).exists()
