"""Where a place somebody typed is: our own districts and towns first, then every German postcode and place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text import fold
from gazetteer.loading import distance_km
from gazetteer.models import STATES, Place, Postcode
from gazetteer.names import Asked, asked, key, stem
from gazetteer.services import is_same_name, middle_of, only_place_of, places_named, postcodes_at
from portal.preferences.models import Preferences
from portal.search.own_places import own_place, part_of_town, told_place

EARTH_KM = 6371.0
# Farther away than this, a place is hardly meant by who looks for something here.
FAR_KM = 40.0
# Two places of one name are two places when they are so far apart.
SAME_KM = 15.0
MOST_OTHERS = 5
# People.
CITY = 50_000
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """Another place that may be meant; `words` is what to type for it."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Area:
    """A circle on the map, and the words that name its middle.

    Everything in a town of one of these names is in it, however far; without any, in the town or postcode of the words.
    `name` is what was understood, where that must be told, and `others` what else could be meant.
    """

    latitude: float
    longitude: float
    km: int
    words: str
    towns: frozenset[str] = frozenset()
    name: str = ""
    others: tuple[Choice, ...] = ()
    # From where distances are told, where it is not the middle: the postcode that came with the town.
    seen_from: Spot | None = None

    @property
    def postcode(self) -> str:
        """The postcode, where the words are one."""
        return "" if self.towns else self.words

    @property
    def town_keys(self) -> frozenset[str]:
        """The towns that belong to it, as names are compared."""
        return self.towns or frozenset({key(self.words) or fold(self.words)})


@dataclass(frozen=True, slots=True)
class _Found:
    """What a name means: where it is, its names, and whether it must be told."""

    spot: Spot
    towns: frozenset[str]
    name: str
    told: bool = False


def find_area(words: str, radius: int | None) -> Area | None:
    """The circle around a postcode, one of our districts or towns, or any German place; None where nobody knows it.

    The same place gives the same circle however it is spelled, with its postcode or without. A few queries at most:
    what is ours, then the gazetteer, which remembers.
    """
    words = " ".join(words.split())
    meant = asked(words)
    if not meant.name and meant.postcode:
        # A postcode that is all of a place is that place.
        meant = Asked(only_place_of(meant.postcode), meant.postcode)
    km = radius or Preferences.current().usual_radius
    home = _home() if meant.name else None
    found = _named(meant, home) if meant.name else None
    if found is not None:
        others = _others(meant, found, home)
        name = found.name if found.told or others else ""
        return Area(*found.spot, km, words, found.towns, name, others, middle_of(meant.postcode))
    middle = middle_of(meant.postcode) if meant.postcode else None
    return Area(*middle, km=km, words=meant.postcode) if middle else None


def _named(meant: Asked, home: Spot | None) -> _Found | None:
    """One of ours, else the place of this name nearest to us (or to the postcode), else what titles call so."""
    at_code = middle_of(meant.postcode) if meant.postcode else None
    own = own_place(meant.name)
    if own is not None and _is_there(own.spot, meant, at_code):
        return _Found(own.spot, frozenset({own.key}), own.name)
    places = _places(meant, at_code or home)
    if (part := _quarter_of_town(meant, places)) is not None:
        return part
    place = places[0] if places else None
    exactly = at_code is not None or bool(meant.state)
    far = not exactly and (place is None or (home is not None and distance_km(home, _spot(place)) > FAR_KM))
    # Who types the name of a city means the city, although “Halle” and “Essen” are words as well.
    known_to_all = any(each.population >= CITY and is_same_name(meant.name, each) for each in places)
    quarter = told_place(meant.name) if far and not known_to_all else None
    if quarter is not None:
        name = _("%(place)s, as it is called here") % {"place": quarter.name}
        return _Found(quarter.spot, frozenset({quarter.key}), name, told=True)
    if place is None:
        return _in_a_town(meant)
    own = own_place(stem(meant.name)) if _has_addition(meant) else None
    if own is not None and distance_km(own.spot, _spot(place)) <= SAME_KM:
        # “Völklingen/Saar”: the gazetteer's place and ours are one.
        return _Found(own.spot, frozenset({own.key}), own.name)
    names = frozenset({place.key, key(stem(place.name))})
    return _Found(_spot(place), names, _choices([place])[0].label if far else place.name, told=far)


def _has_addition(meant: Asked) -> bool:
    return key(stem(meant.name)) != key(meant.name)


def _quarter_of_town(meant: Asked, places: Sequence[Place]) -> _Found | None:
    """“Saarbrücken/Malstatt”, “Saarbrücken (Malstatt)”: what the gazetteer would take for Saarbrücken, as it takes what
    only tells places of one name apart, is the quarter where offers say so."""
    if not _has_addition(meant) or any(place.key == key(meant.name) for place in places):
        return None
    found = part_of_town(meant.name)
    quarter = told_place(found[0]) if found else None
    return _Found(quarter.spot, frozenset({quarter.key}), quarter.name, told=True) if quarter else None


def _is_there(spot: Spot, meant: Asked, at_code: Spot | None) -> bool:
    """Whether a place of ours is where the postcode and the state say."""
    if at_code is not None:
        return distance_km(at_code, spot) <= FAR_KM
    in_state = [place for place in _places(meant, spot) if place.state == meant.state] if meant.state else []
    return not in_state or distance_km(_spot(in_state[0]), spot) <= FAR_KM


def _in_a_town(meant: Asked) -> _Found | None:
    """A part nobody knows of one of our towns: “Saarbrücken-Dudweiler” is where offers say Dudweiler, else the town."""
    found = part_of_town(meant.name)
    if found is None:
        return None
    part, town = found
    quarter = told_place(part) or own_place(town)
    return _Found(quarter.spot, frozenset({quarter.key}), quarter.name, told=True) if quarter else None


def _home() -> Spot | None:
    names = Preferences.current()
    if names.latitude is None or names.longitude is None:
        return None
    return names.latitude, names.longitude


def _places(meant: Asked, near: Spot | None) -> list[Place]:
    found = places_named(meant.name, near=near)
    there = [place for place in found if place.state == meant.state]
    return there or found


def _spot(place: Place) -> Spot:
    return place.latitude, place.longitude


def _others(meant: Asked, found: _Found, home: Spot | None) -> tuple[Choice, ...]:
    """What else could be meant: other places of this name; or, where a postcode came with a town that has several, only
    the surroundings of the postcode."""
    if meant.postcode:
        if middle_of(meant.postcode) is None or only_place_of(meant.postcode):
            return ()
        return (Choice(_("only around postcode %(code)s") % {"code": meant.postcode}, meant.postcode),)
    if meant.state:
        return ()
    kept: list[Place] = []
    for place in _places(meant, home):
        spots = [found.spot, *map(_spot, kept)]
        apart = all(distance_km(_spot(place), spot) > SAME_KM for spot in spots)
        if apart and is_same_name(meant.name, place) and len(kept) < MOST_OTHERS:
            kept.append(place)
    return tuple(_choices(kept))


def _choices(places: Sequence[Place]) -> list[Choice]:
    """Places by the names that tell them apart: with their postcode, else with their state. One query at most."""
    known = postcodes_at(tuple(sorted({place.name for place in places}))) if places else ()
    found = []
    for place in places:
        codes = [each for each in known if place.name in each.names and _km(each, place) <= SAME_KM]
        code = min(codes, key=lambda each: (_km(each, place), each.code), default=None)
        state = STATES[place.state]
        words = f"{code.code} {place.name}" if code else f"{place.name}, {state}"
        found.append(Choice(f"{words} ({state})" if code else words, words))
    return found


def _km(postcode: Postcode, place: Place) -> float:
    return distance_km((postcode.latitude, postcode.longitude), _spot(place))
