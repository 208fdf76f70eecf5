"""A municipality into which the small dump is taken over, and the files that belong to it."""

import pytest
from PIL import Image

from portal.exchange.typo3.dump import Dump
from portal.exchange.typo3.takeover import take_over
from tenants.running.context import inside
from tests.exchange.typo3.tools import SMALL


@pytest.fixture
def here(ahausen):
    with inside(ahausen):
        yield ahausen


@pytest.fixture
def imported(here):
    return take_over(here, Dump(SMALL))


@pytest.fixture
def fileadmin(tmp_path):
    """What `--files` names: one logo, one picture; the file outside lies beside it."""
    folder = tmp_path / "web" / "fileadmin" / "offer" / "1"
    folder.mkdir(parents=True)
    Image.new("RGB", (40, 30), "teal").save(folder / "logo.png")
    (tmp_path / "etc").mkdir()
    Image.new("RGB", (40, 30)).save(tmp_path / "etc" / "passwd", format="PNG")
    return tmp_path / "web"
