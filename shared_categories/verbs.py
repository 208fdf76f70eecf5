"""What `manage catalogue` can do: rooms above, which adopt the catalogue, add their verb when they are ready.

register("adopt", Verb(_("adopts …"), arguments, run))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandParser

Words = Any


@dataclass(frozen=True, slots=True)
class Verb:
    """One sub-command. `run` is given the options, returns the closing line, and refuses with RefusedError
    (`tenants.refused`) or ValidationError."""

    help: Words
    arguments: Callable[[CommandParser], None]
    run: Callable[..., str]


_verbs: dict[str, Verb] = {}


def register(name: str, verb: Verb) -> None:
    """Add a verb. Called once, when the room's app is ready."""
    if name in _verbs:
        raise ValueError(f"There is a verb {name} already.")
    _verbs[name] = verb


def verbs() -> dict[str, Verb]:
    """All of them, by name."""
    return dict(sorted(_verbs.items()))
