"""Asking the gazetteer. Its tables never change while a process runs, so answers are remembered.

Two letters have hundreds of places, and there are many pairs of letters: lists are remembered by their weight.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, TypeVar, cast

from cachetools import LRUCache, cached
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast

from gazetteer import free_days, loading
from gazetteer.loading import Spot, distance_km
from gazetteer.models import Place, Postcode
from gazetteer.names import asked, begins, key, parts, stem, without_umlauts

# So much of a name must be left that is cut short by a full stop.
SHORTEST_CUT = 4
# Farther from any postcode than this, nobody is in Germany.
FARTHEST_KM = 40.0
_MOST_CANDIDATES = 300
# Bytes of one row with its fields, and of all the lists that one question may have remembered.
_ROW = 1_500
_MOST_BYTES = 8 * 2**20
Question = TypeVar("Question", bound=Callable[..., Any])


def _weight(rows: Sequence[object]) -> int:
    return 500 + _ROW * len(rows)


def _remembered(question: Question) -> Question:
    """Decorates a question whose answer is a list of rows."""
    kept: Any = cached(LRUCache(_MOST_BYTES, getsizeof=_weight), lock=Lock())(question)
    return cast("Question", kept)


def load() -> int:
    """Fill the tables with this release's data (see loading.load) and forget older answers."""
    if not loading.is_loaded():
        # Before the edition is noted: a start that is killed in between loads again.
        free_days.load(loading.school_holidays())
    number = loading.load()
    answers: tuple[Any, ...] = (
        _postcode,
        _candidates,
        _beginning,
        _codes_beginning,
        _without_umlauts,
        only_place_of,
        postcodes_at,
    )
    for remembered in answers:
        remembered.cache_clear()
    return number


@lru_cache(maxsize=4096)
def _postcode(code: str) -> Postcode | None:
    return Postcode.objects.filter(code=code).first()


def middle_of(postcode: str) -> Spot | None:
    """Latitude and longitude of a postcode's middle in degrees, or None for an unknown one."""
    found = _postcode(postcode)
    return (found.latitude, found.longitude) if found else None


def names_of(postcode: str) -> list[str]:
    """The places of a postcode, the largest first; none for an unknown one."""
    found = _postcode(postcode)
    return list(found.names) if found else []


@_remembered
def _candidates(first: str) -> tuple[Place, ...]:
    """All places whose name begins with this word."""
    exact = Place.objects.filter(key=first)
    return tuple(exact.union(Place.objects.filter(key__startswith=f"{first} "), all=True))


def places_named(words: str, near: Spot | None = None) -> list[Place]:
    """Places somebody may mean, best first: of equal names the nearest to `near`, without it the largest.

    Understands shortened words (“Neustadt a. d. Weinstr.”), missing additions (“Halle”), a postcode before the name
    a state or a country behind it, and ä as ae or a. Two queries at most.
    """
    meant = asked(words)
    plain, wanted = meant.name, parts(meant.name)
    if not wanted:
        return []
    candidates = _candidates(wanted[0])
    found = [place for place in candidates if begins(wanted, tuple(place.key.split()))]
    if not found:
        # “Sulzbach (Saar)” where the place is only known as Sulzbach: better the wrong addition than no place.
        short = key(stem(plain))
        found = [place for place in candidates if place.key == short]
    if not found:
        found = _written_otherwise(plain)
    return sorted(
        found,
        key=lambda place: (
            bool(meant.state) and place.state != meant.state,
            not _is_meant(wanted, place),
            *_rank(place, near),
        ),
    )


def _written_otherwise(words: str) -> list[Place]:
    """Places whose name was cut short (“Saarbr.”) or written without umlauts (“Saarbrucken”)."""
    wanted = key(words)
    if words.rstrip().endswith(".") and len(wanted) >= SHORTEST_CUT:
        return list(_beginning(wanted))
    return list(_without_umlauts(without_umlauts(wanted)))


@_remembered
def _without_umlauts(wanted: str) -> tuple[Place, ...]:
    plain = Func(F("key"), Value("([aou])e"), Value(r"\1"), Value("g"), function="regexp_replace")
    found = Place.objects.annotate(plain=Cast(plain, TextField())).filter(plain=wanted)
    return tuple(found.order_by("-population", "name")[:_MOST_CANDIDATES])


@lru_cache(maxsize=2048)
def only_place_of(postcode: str) -> str:
    """The name of the place that has this postcode and no other; empty where there is none."""
    found = _postcode(postcode)
    if found is None or len(found.names) != 1:
        return ""
    name: str = found.names[0]
    return name if Postcode.objects.filter(names__contains=[name]).count() == 1 else ""


@_remembered
def postcodes_at(names: tuple[str, ...]) -> tuple[Postcode, ...]:
    """All postcodes that belong to a place of one of these names."""
    return tuple(Postcode.objects.filter(names__overlap=list(names)))


def is_same_name(words: str, place: Place) -> bool:
    """Whether the words are the whole name of a place, with its addition or without."""
    return _is_meant(parts(words), place)


def _is_meant(wanted: tuple[str, ...], place: Place) -> bool:
    """Whether the words are the whole name, or all of it but the addition (“Neustadt”, not “Neustadt-Glewe”)."""
    return len(wanted) in (len(place.key.split()), len(parts(stem(place.name))))


def _rank(place: Place, near: Spot | None) -> tuple[float, int]:
    if near is None:
        return 0.0, -place.population
    # In steps of 3 km: the same place from two sources is told apart by its size, not by a few metres.
    return distance_km(near, (place.latitude, place.longitude)) // 3, -place.population


def nearest_postcode(latitude: float, longitude: float) -> Postcode | None:
    """The postcode whose middle is nearest, or None outside Germany. One query."""
    found = nearest_postcodes([(latitude, longitude)])
    return found[0]


def nearest_postcodes(spots: list[Spot]) -> list[Postcode | None]:
    """The nearest postcode of each spot; one query for all of them."""
    if not spots:
        return []
    lats, lons = [lat for lat, _lon in spots], [lon for _lat, lon in spots]
    around = list(
        Postcode.objects.filter(
            latitude__range=(min(lats) - 0.4, max(lats) + 0.4), longitude__range=(min(lons) - 0.6, max(lons) + 0.6)
        )
    )
    return [_nearest(spot, around) for spot in spots]


def _nearest(spot: Spot, postcodes: list[Postcode]) -> Postcode | None:
    best = min(postcodes, key=lambda each: distance_km(spot, (each.latitude, each.longitude)), default=None)
    if best is None or distance_km(spot, (best.latitude, best.longitude)) > FARTHEST_KM:
        return None
    return best


@_remembered
def _beginning(folded: str) -> tuple[Place, ...]:
    return tuple(Place.objects.filter(key__startswith=folded).order_by("-population", "name")[:_MOST_CANDIDATES])


@_remembered
def _codes_beginning(digits: str) -> tuple[Postcode, ...]:
    return tuple(Postcode.objects.filter(code__startswith=digits).order_by("code")[:_MOST_CANDIDATES])


def suggest_places(prefix: str, near: Spot | None = None, limit: int = 8, *, within: float = float("inf")) -> list[str]:
    """What somebody may be typing: “66111 Saarbrücken” for digits, else names of places; `find_area` knows them all.

    With `near`, what is close comes first; large places are allowed to be farther away, but none farther than `within`
    kilometres. One query at most.
    """
    plain = " ".join(prefix.split())
    if plain.isascii() and plain[:5].isdigit() and len(plain) <= 5:
        codes = [each for each in _codes_beginning(plain) if _away(each, near) <= within]
        return [str(each) for each in sorted(codes, key=lambda each: _away(each, near))[:limit]]
    wanted = key(plain)
    if not wanted:
        return []
    around = [place for place in _beginning(wanted) if _away(place, near) <= within]
    ranked = sorted(around, key=lambda place: _away(place, near) / (1 + place.population) ** 0.5)
    return list(dict.fromkeys(place.name for place in ranked))[:limit]


def _away(where: Place | Postcode, near: Spot | None) -> float:
    """Kilometres from `near`; the same for all without it."""
    return 1.0 if near is None else 1.0 + distance_km(near, (where.latitude, where.longitude))
