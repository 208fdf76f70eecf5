"""Parts of the globe by the names of map tiles: each tile has four below it, named by one more digit (a quadkey).

A section is some of them in one word, “1202102-0.12.331”: what all names begin with, then their ends. No tables.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Tiles = NDArray[np.int64]
# About ten metres.
DEEPEST = 22
# Fields of a drawing are fewer, and an address must stay one.
MOST = 400
LONGEST = 3000
# A section is told in tiles up to so many times as wide as the fields it is made of.
_LARGEST_STEPS = 3
_SECTION = re.compile(r"([0-3]{0,22})-([0-3]{0,22}(?:\.[0-3]{0,22})*)")


def tiles_of(latitudes: Iterable[float], longitudes: Iterable[float], zoom: int) -> Tiles:
    """The number of the tile each point lies in: its row and its column, interleaved, so that a tile's number is a
    quarter of those below it."""
    lats, lons = np.asarray(latitudes, np.float64), np.asarray(longitudes, np.float64)
    size = 1 << zoom
    squeezed = np.radians(np.clip(lats, -85.0, 85.0))
    x = np.clip(((lons / 360 + 0.5) * size).astype(np.int64), 0, size - 1)
    y = np.clip(((0.5 - np.arcsinh(np.tan(squeezed)) / (2 * np.pi)) * size).astype(np.int64), 0, size - 1)
    number: Tiles = np.zeros(len(x), np.int64)
    for bit in range(zoom):
        number |= ((x >> bit) & 1) << (2 * bit) | ((y >> bit) & 1) << (2 * bit + 1)
    return number


def name_of(number: int, zoom: int) -> str:
    """The quadkey of a tile."""
    return "".join(str(number >> 2 * place & 3) for place in reversed(range(zoom)))


def covering(owners: Mapping[int, Hashable], zoom: int, *, least: int = 1) -> dict[Hashable, list[str]]:
    """For each owner of tiles the names of the fewest tiles that hold all of its own and none of anybody else's.

    `owners` by the tile's number at `zoom`; an owner of None gets no names. No tile is larger than one at `least` (1 or
    more: the whole globe has no name).
    """
    found: dict[Hashable, list[str]] = defaultdict(list)
    left = dict(owners)
    for steps in range(min(_LARGEST_STEPS, zoom - least), -1, -1):
        held: dict[int, set[Hashable]] = defaultdict(set)
        for number, owner in owners.items():
            held[number >> 2 * steps].add(owner)
        alone = {number: next(iter(who)) for number, who in held.items() if len(who) == 1}
        for number in sorted({each >> 2 * steps for each in left} & alone.keys()):
            found[alone[number]].append(name_of(number, zoom - steps))
        left = {each: owner for each, owner in left.items() if each >> 2 * steps not in alone}
    return {owner: names for owner, names in found.items() if owner is not None}


def section_of(names: Iterable[str]) -> str:
    """Some tiles in one word; empty for none."""
    chosen = sorted(set(names))
    if not chosen:
        return ""
    first, last = chosen[0], chosen[-1]
    shared = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return f"{first[:shared]}-{'.'.join(name[shared:] for name in chosen)}"


@lru_cache(maxsize=512)
def names_in(section: str) -> tuple[str, ...]:
    """The tiles of a section; none where it cannot be understood."""
    found = _SECTION.fullmatch(section) if len(section) <= LONGEST else None
    if found is None:
        return ()
    names = sorted({found[1] + end for end in found[2].split(".")})
    fitting = all(1 <= len(name) <= DEEPEST for name in names)
    return tuple(names) if fitting and len(names) <= MOST else ()


def lie_in(section: str, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the points lie in a section; those that are nowhere (not a number) do not."""
    known = np.flatnonzero(~np.isnan(latitudes))
    lats, lons = latitudes[known].astype(np.float64), longitudes[known].astype(np.float64)
    inside = np.zeros(len(known), bool)
    names = names_in(section)
    for zoom in {len(name) for name in names}:
        wanted = [int(name, 4) for name in names if len(name) == zoom]
        inside |= np.isin(tiles_of(lats, lons, zoom), wanted)
    mask = np.zeros(len(latitudes), bool)
    mask[known[inside]] = True
    return mask
