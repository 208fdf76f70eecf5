"""What rooms above say about a rule: its effect in the town's own numbers, and more to set it with than a field.

Registered when a room's app is ready. An effect is asked with the rules as they would be and as they are, inside the
municipality, and needs one bounded statement at most; it answers with whole sentences.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.preferences.models import Preferences

Effect = Callable[[Preferences, Preferences], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Panel:
    """More than a field: a template below the rule's fields with what `context` gives it (`panel` there), and `act`,
    which reads its own inputs from what was sent: what the fields shall be, and whether a button of its was pressed.

    `styles` and `scripts` are templates for the page's head.
    """

    template: str
    context: Callable[[Preferences, Mapping[str, Any]], Any]
    act: Callable[[Mapping[str, Any]], tuple[dict[str, Any], bool]]
    styles: str
    scripts: str


_effects: dict[str, list[Effect]] = {}
PANELS: dict[str, Panel] = {}


def register(rule: str, effect: Effect) -> None:
    """Let an effect speak for a rule; several speak in the order of the rooms."""
    _effects.setdefault(rule, []).append(effect)


def register_panel(rule: str, panel: Panel) -> None:
    """Give a rule its panel."""
    if rule in PANELS:
        raise ValueError(f"The rule {rule} has a panel already.")
    PANELS[rule] = panel


def said_of(rule: str, wished: Preferences, kept: Preferences) -> list[str]:
    """What following the wish would mean; empty where no room has something to say."""
    return [sentence for effect in _effects.get(rule, []) for sentence in effect(wished, kept)]
