"""What rooms above have to say on the start page for a while, below its first section: a template and what it shows."""

from collections.abc import Callable, Sequence
from typing import Any

Maker = Callable[[], Sequence[Any]]
_makers: list[tuple[str, Maker]] = []


def notice(template: str, make: Maker) -> None:
    """Put a notice there as long as `make` gives something (`things` of the template). It must cost no statement on a
    page where there is nothing to say."""
    _makers.append((template, make))


def notices() -> list[dict[str, Any]]:
    """Those that have something to say."""
    made = [{"template": template, "things": make()} for template, make in _makers]
    return [each for each in made if each["things"]]
