"""The middle of the map among the municipality's rules: found by a place's name, and moved as a pin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gazetteer.services import middle_of, nearest_postcode, places_named
from portal.maps.pins import WAYS, Pin, pin_at, shifted, step_of, written
from portal.preferences.effects import Panel, register, register_panel
from portal.preferences.models import Preferences

STEPS = (100, 500, 2000)
USUAL_STEP = 500
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Centre:
    """What the panel shows."""

    pin: Pin | None
    steps: tuple[int, ...]
    sought: str
    unknown: bool


def spot_named(words: str) -> tuple[float, float] | None:
    """The middle of a postcode or a place of this name, the largest first."""
    plain = " ".join(words.replace("\0", " ").split())[:LONGEST]
    if not plain:
        return None
    if plain.isdecimal():
        return middle_of(plain)
    place = next(iter(places_named(plain)), None)
    return (place.latitude, place.longitude) if place else None


def _context(wished: Preferences, sent: Mapping[str, Any]) -> Centre:
    pin = None
    if wished.latitude is not None and wished.longitude is not None:
        spot = (wished.latitude, wished.longitude)
        pin = pin_at(spot, exact=True, step=str(sent.get("schritt", "")), steps=STEPS, usual=USUAL_STEP)
    sought = str(sent.get("mitte_ort", ""))
    unknown = "mitte_suchen" in sent and spot_named(sought) is None
    return Centre(pin, STEPS, sought, unknown)


def _act(sent: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    spot, pressed = written(sent), False
    if sent.get("nach") in WAYS and spot is not None:
        step = step_of(str(sent.get("schritt", "")), STEPS, USUAL_STEP)
        spot, pressed = shifted(spot, str(sent["nach"]), step), True
    elif "mitte_suchen" in sent:
        spot, pressed = spot_named(str(sent.get("mitte_ort", ""))) or spot, True
    if spot is None:
        return {}, pressed
    return {"latitude": round(spot[0], 6), "longitude": round(spot[1], 6)}, pressed


def _nearest(wished: Preferences, kept: Preferences) -> list[str]:
    if wished.latitude is None or wished.longitude is None:
        return [_("So far nobody has set it: the map shows all offers, and holidays are unknown.")]
    found = nearest_postcode(wished.latitude, wished.longitude)
    if found is None:
        return []
    return [_("Then it lies near %(place)s.") % {"place": f"{found.code} {', '.join(found.names[:1])}".strip()}]


register("centre", _nearest)
register_panel(
    "centre",
    Panel("maps/_centre.html", _context, _act, styles="maps/_pin_styles.html", scripts="maps/_pin_scripts.html"),
)
