"""Two cells, and a municipality that moves."""

import pytest

from tenants.lifecycle.making import create_municipality
from tests.cells.two_cells import two_cells
from tests.cells.watching import HOST
from tests.tenants.town import furnish


@pytest.fixture
def town():
    """One with rows of every kind, files and waiting work, which only the first cell knows."""
    made = create_municipality("umzug", name="Stadt Umzug", host=HOST)
    furnish(made)
    return made


@pytest.fixture
def cells(tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    with two_cells(folder) as made:
        yield made
