"""What each figure is called and what exactly it counts: one sentence, the same on the page and in every file."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure. `name` stands in addresses; `counts` says first what is counted, then what is not."""

    name: str
    label: Promise
    counts: Promise
    order: int = 50


_definitions: dict[str, Definition] = {}


def define(name: str, label: Promise, counts: Promise, *, order: int = 50) -> Definition:
    """Make a figure known: it stands on the page of words from then on."""
    if name in _definitions:
        raise ValueError(f"There is a figure “{name}” already.")
    _definitions[name] = Definition(name, label, counts, order)
    return _definitions[name]


def definitions() -> list[Definition]:
    """All of them in their order."""
    return sorted(_definitions.values(), key=lambda each: each.order)
