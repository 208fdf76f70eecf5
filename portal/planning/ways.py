"""How far it is to the next offer: which part of a district lies within a distance of one, as the crow flies."""

from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from portal.maps.outlines import areas
from tenants.running.changes import remembered

if TYPE_CHECKING:
    import numpy as np
    import shapely
else:
    np, shapely = lazy("numpy"), lazy("shapely")

# So many points each way are laid over a district; those outside of its outline do not count.
GRID = 16
_METRES_OF_A_DEGREE = 111_195


def grids() -> dict[int, Any]:
    """Points spread evenly over each district that has an outline: latitude and longitude; remembered."""
    return remembered("planning.grids", _grids, rooms=("maps", "taxonomy"))


def _grids() -> dict[int, Any]:
    found = {}
    for area in areas():
        if area.district_id is not None:
            rings = [np.array(ring, np.float64) for ring in area.rings if len(ring) > 2]
            found[area.district_id] = _points_in(rings)
    return found


def _points_in(rings: list[Any]) -> Any:
    both = np.concatenate(rings)
    (west, south), (east, north) = both.min(axis=0)[:2], both.max(axis=0)[:2]
    part = (np.arange(GRID) + 0.5) / GRID
    lon, lat = (each.ravel() for each in np.meshgrid(west + part * (east - west), south + part * (north - south)))
    inside = np.zeros(len(lon), bool)
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring[:, :2], np.roll(ring[:, :2], -1, axis=0), strict=True):
            if y1 != y2:
                crosses = ((lat < y1) != (lat < y2)) & (lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1)
                inside ^= crosses
    return np.stack([lat[inside], lon[inside]], axis=1)


def within(latitudes: Any, longitudes: Any, kilometres: float) -> dict[int, float]:
    """Which percentage of each district's ground has one of these places within the distance."""
    places = np.unique(np.round(np.stack([latitudes, longitudes], axis=1), 3), axis=0)
    known = {pk: points for pk, points in grids().items() if len(points)}
    if not len(places) or not known:
        return dict.fromkeys(known, 0.0)
    # East and north in the same measure, so that the nearest of thousands is found without asking each.
    narrower = np.cos(np.radians(places[:, 0].mean()))
    tree = shapely.STRtree(shapely.points(places[:, 1] * narrower, places[:, 0]))
    return {pk: _share(points, places, tree, narrower, kilometres) for pk, points in known.items()}


def _share(points: Any, places: Any, tree: Any, narrower: float, kilometres: float) -> float:
    asked = shapely.points(points[:, 1] * narrower, points[:, 0])
    nearest = places[tree.query_nearest(asked, all_matches=False)[1]]
    north = (points[:, 0] - nearest[:, 0]) * _METRES_OF_A_DEGREE
    east = (points[:, 1] - nearest[:, 1]) * _METRES_OF_A_DEGREE * np.cos(np.radians(points[:, 0]))
    near = north**2 + east**2 <= (kilometres * 1000) ** 2
    return round(100 * float(near.mean()), 1)
