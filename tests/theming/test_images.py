"""Copies of pictures go when their picture is gone, and only those."""

import pytest
from django.core.files.storage import default_storage

from tenants.running.context import inside
from tests.theming.test_theme import picture
from theming.images import forget_scaled, write_scaled

pytestmark = pytest.mark.both_stores


def test_copies_go_when_their_picture_is_gone(ahausen, bedorf):

    for where in (ahausen, bedorf):
        with inside(where):
            assert forget_scaled() == 0
            for name in ("offerimage/stays.jpg", "offerimage/goes.jpg"):
                default_storage.save(name, picture(400, 300))
                assert write_scaled(name, 320)
            default_storage.delete("offerimage/goes.jpg")
    with inside(ahausen):
        assert forget_scaled() == 1
        copies = {
            name for name in ("stays", "goes") if default_storage.exists(f"abgeleitet/320/offerimage/{name}.jpg.webp")
        }
        assert copies == {"stays"}
    with inside(bedorf):
        assert default_storage.exists("abgeleitet/320/offerimage/goes.jpg.webp")
