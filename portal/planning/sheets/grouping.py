"""Four types of districts by two indicators: above the median of the districts, or not.

So simple that everybody can check it with the table. A district of which one value is not known has no type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

# Which of both indicators is above its median; the letter of the type, and its step of lightness on the map.
TYPES = {(True, True): ("A", 5), (True, False): ("B", 4), (False, True): ("C", 2), (False, False): ("D", 1)}
LETTERS = tuple(letter for letter, _step in TYPES.values())


@dataclass(frozen=True, slots=True)
class Type:
    """One of the four: what it means in words, what the planner calls it, and its districts."""

    letter: str
    step: int
    meaning: str
    name: str
    districts: list[str]


def types_of(
    first: Mapping[int, float | None],
    second: Mapping[int, float | None],
    *,
    labels: tuple[str, str],
    names: Mapping[str, str],
    districts: Mapping[int, str],
) -> tuple[list[Type], dict[int, str]]:
    """The four types in their order, and the letter of each district that has one."""
    middles = [_middle([values.get(pk) for pk in districts]) for values in (first, second)]
    letters: dict[int, str] = {}
    for pk in districts:
        above = [
            None if (value := values.get(pk)) is None or middle is None else value > middle
            for values, middle in zip((first, second), middles, strict=True)
        ]
        if above[0] is not None and above[1] is not None:
            letters[pk] = TYPES[above[0], above[1]][0]
    made = [
        Type(letter, step, _meaning(labels, key), names.get(letter, ""),
             [name for pk, name in districts.items() if letters.get(pk) == letter])
        for key, (letter, step) in TYPES.items()
    ]  # fmt: skip
    return made, letters


def _middle(values: list[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return median(known) if known else None


def _meaning(labels: tuple[str, str], above: tuple[bool, bool]) -> str:
    said = [
        (_("%(what)s: above the median") if is_above else _("%(what)s: not above the median")) % {"what": label}
        for label, is_above in zip(labels, above, strict=True)
    ]
    return "; ".join(said)
