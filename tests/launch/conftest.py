"""Clusters of the tests' own, each in a folder of its own and stopped at the end."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launch.postgres import Cluster


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database that was started once and stopped: making one takes longer than most tests."""
    made = Cluster(tmp_path_factory.mktemp("made") / "pg")
    made.start()
    made.stop()
    return made.home


@pytest.fixture
def copied(made_once: Path) -> Callable[[Path], Cluster]:
    """A cluster in a new folder that was started before, as after the first `make run`."""

    def copy(home: Path) -> Cluster:
        home.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", str(made_once), str(home)], check=True)
        return Cluster(home)

    return copy


@pytest.fixture
def cluster(tmp_path: Path, copied: Callable[[Path], Cluster]) -> Iterator[Cluster]:
    """Below pytest's own folder, which is closed to others: as under /root."""
    made = copied(tmp_path / "pg")
    yield made
    made.stop()


@pytest.fixture
def new_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """The same, not even made yet."""
    made = Cluster(tmp_path / "pg")
    yield made
    made.stop()


@pytest.fixture
def open_cluster() -> Iterator[Cluster]:
    """In a folder that everybody may enter, not made yet."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Cluster(Path(folder) / "pg")
        yield made
        made.stop()
