"""The rules go with a municipality that moves."""

import pytest

from portal.preferences.models import Preferences
from tenants.running.context import inside
from tenants.transfer.exporting import export_municipality
from tenants.transfer.restoring import restore_municipality
from tests.conftest import municipality

pytestmark = pytest.mark.usefixtures("own_database")


def test_rules_go_with_an_export(tmp_path):
    with inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(radius_steps=[1, 3], search_filters=["when"], search_flags=[], federal_state="SL")
        before = Preferences.objects.values().get()
    export_municipality("ahausen", tmp_path / "ahausen.zip")
    restore_municipality(tmp_path / "ahausen.zip", slug="kopie", host="kopie.localhost")
    with inside(municipality("kopie")):
        assert Preferences.objects.values().get() == before
    assert (before["radius_steps"], before["search_filters"], before["search_flags"]) == ([1, 3], ["when"], [])
