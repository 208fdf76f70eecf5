"""A pin to move: by buttons without scripts, by drag and arrow keys with them. For any place with coordinates.

A page shows `components/pin.html` with `pin_of`, and gives what was sent to `moved`.
"""

from collections.abc import Mapping
from typing import Any

from gazetteer.germany import is_in_germany
from gazetteer.services import middle_of
from portal.maps.pins import STEPS, WAYS, Pin, pin_at, shifted, step_of, written
from portal.preferences.models import Preferences
from portal.providers.fields import Precision

__all__ = ["STEPS", "Pin", "moved", "pin_of", "start_of"]
Place = dict[str, Any]


def start_of(place: Place) -> tuple[float, float] | None:
    """Where a pin begins: at the place, else in the middle of its postcode, else of the municipality."""
    if place.get("latitude") is not None:
        return place["latitude"], place["longitude"]
    middle = middle_of(place["postcode"]) if place.get("postcode") else None
    names = Preferences.current()
    if middle is None and names.latitude is not None and names.longitude is not None:
        return names.latitude, names.longitude
    return middle


def pin_of(place: Place, step: str = "") -> Pin | None:
    """The pin of a place; None where nobody knows where to begin."""
    spot = start_of(place)
    return pin_at(spot, exact=place.get("precision") == Precision.EXACT, step=step) if spot is not None else None


def moved(place: Place, sent: Mapping[str, Any]) -> Place | None:
    """The place with its pin where somebody put it; None where nothing was moved, or out of the country."""
    spot = start_of(place)
    if "mitte" in sent:
        middle = middle_of(place["postcode"]) if place.get("postcode") else None
        return {**place, **_point(middle, Precision.POSTCODE)} if middle else None
    if sent.get("nach") in WAYS and spot is not None:
        spot = shifted(spot, str(sent["nach"]), step_of(str(sent.get("schritt") or "")))
    else:
        spot = written(sent)
    if spot is None or not is_in_germany(*spot):
        return None
    return {**place, **_point(spot, Precision.EXACT)}


def _point(spot: tuple[float, float], precision: Precision) -> Place:
    return {"latitude": round(spot[0], 6), "longitude": round(spot[1], 6), "precision": precision.value}
