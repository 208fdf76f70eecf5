"""What of a calendar's change reaches the offer: whatever nobody changed by hand.

Three sides, as ever: what was last taken from the calendar, what it says now, what the offer says. Where the offer no
longer says what it said right after the last taking, a person wrote it. Keys that mean one thing go together: who
changed the place by hand does not get half of another one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Content = Mapping[str, Any]
UNITS: tuple[tuple[str, ...], ...] = (
    ("title",),
    ("summary",),
    ("description",),
    ("registration_url",),
    ("schedule_kind", "schedules"),
    ("schedule_note",),
    ("venue", "online_url", "locations"),
    ("categories",),
    ("target_groups",),
    ("cost_kind", "cost_amount", "cost_text"),
)
KEYS = tuple(key for unit in UNITS for key in unit)
# Found out from the address, now or later: no word of anybody's.
_FOUND_OUT = frozenset({"latitude", "longitude", "precision", "district"})


@dataclass(frozen=True, slots=True)
class Merged:
    """`changes` for the offer; `by_hand`: the first keys of what a person wrote and the calendar says otherwise."""

    changes: dict[str, Any] = field(default_factory=dict)
    by_hand: tuple[str, ...] = ()


def merged(*, taken: Content, now: Content, kept: Content, head: Content) -> Merged:
    """`taken`, `now`: the calendar's words last taken over, and now. `kept`, `head`: the offer's then, and now."""
    changes: dict[str, Any] = {}
    by_hand: list[str] = []
    for each in UNITS:
        # What the calendar says nothing of (dates nobody understands) is left alone.
        unit = [key for key in each if key in now]
        if all(same(key, now.get(key), head.get(key)) for key in unit):
            continue
        if any(key in kept and not same(key, kept[key], head.get(key)) for key in unit):
            by_hand.append(unit[0])
        elif any(not same(key, now.get(key), taken.get(key)) for key in unit):
            changes |= {key: now[key] for key in unit}
    return Merged(changes, tuple(by_hand))


def same(key: str, one: Any, other: Any) -> bool:
    """Whether two values of a key mean the same."""
    if key == "locations":
        return [_said(each) for each in one or ()] == [_said(each) for each in other or ()]
    return bool(one == other) or (not one and not other)


def _said(place: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in place.items() if name not in _FOUND_OUT and value}
