"""Clusters of the tests' own, each in a fresh folder and stopped at the end."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch.postgres import Cluster


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Below pytest's own folder, which is closed to others: as under /root."""
    made = Cluster(tmp_path / "pg")
    yield made
    made.stop()


@pytest.fixture
def open_cluster() -> Iterator[Cluster]:
    """In a folder that everybody may enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Cluster(Path(folder) / "pg")
        yield made
        made.stop()
