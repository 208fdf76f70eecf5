"""Further open data than the offers themselves. Rooms above register theirs; the page and the catalogue name them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file: its path, what it holds, and what kind it is (`csv`, `json`)."""

    path: str
    title: Promise
    kind: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Some files about one thing. `name` is its anchor on the page, `daily` how often it changes: else at any time."""

    name: str
    title: Promise
    about: Promise
    files: Sequence[DataFile]
    daily: bool = True


_datasets: list[Dataset] = []


def register(dataset: Dataset) -> None:
    """Have it named on the page of open data and in the catalogue."""
    if any(each.name == dataset.name for each in _datasets):
        raise ValueError(f"There is a set of data “{dataset.name}” already.")
    _datasets.append(dataset)


def datasets() -> list[Dataset]:
    """All of them, in the order in which they were registered."""
    return list(_datasets)
