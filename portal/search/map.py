"""All results of a search on the map: as a drawing for every browser, as points for those with scripts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gazetteer.models import ATTRIBUTION, Postcode
from gazetteer.services import nearest_postcodes
from portal.maps import quads, tiles
from portal.maps.clusters import CELL, Cluster, clusters
from portal.maps.drawing import draw_areas
from portal.maps.geometry import Box, Frame, is_inside
from portal.maps.labels import Spot, labels_of
from portal.maps.models import MapSettings
from portal.maps.outlines import Area, areas, home_box
from portal.preferences.models import Preferences
from portal.search.parameters import SearchQuery
from portal.search.results import Point, Results
from portal.taxonomy.tree import Tree

# Narrow, so that circles and numbers are large enough where the drawing is shown on a phone.
WIDTH = 480
# Results far away (an excursion to the sea) must not shrink the municipality to a dot.
FARTHEST_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class DrawnCluster:
    """A circle of the drawing with its link; `words` is its name for those who cannot see it."""

    x: float
    y: float
    radius: float
    number: int
    words: str
    place: str
    url: str
    color: str


def map_context(results: Results, names: Preferences) -> dict[str, Any]:
    """Context of search/_map.html: everything found that is somewhere, and how much is nowhere."""
    query = results.search.query
    points = results.points()
    placed = {point.offer_id for point in points}
    shapes = areas()
    drawing = _drawing(points, shapes, results, names)
    missing = results.total - len(placed)
    return {
        "map": {
            **drawing,
            "points_url": f"{results.map_path}.json?{query.link(view='', sort=None)}".rstrip("?"),
            "bubble_url": f"{results.map_path}/",
            "list_url": f"?{query.link(view='')}",
            "online_url": f"?{query.link(view='', online=True)}",
            "placed": len(placed),
            "missing": missing,
            "attribution": ATTRIBUTION,
            **_background(),
        }
    }


def _background() -> dict[str, Any]:
    """What the script needs to know about tiles; nothing where no source is configured."""
    rules = tiles.rules()
    if rules is None:
        return {"tiles": None, "tiles_attribution": ""}
    source = MapSettings.objects.values_list("attribution", flat=True).first() or ""
    return {"tiles": {"min": rules.min_zoom, "max": rules.max_zoom}, "tiles_attribution": source}


def _drawing(points: Sequence[Point], shapes: list[Area], results: Results, names: Preferences) -> dict[str, Any]:
    query = results.search.query
    box = _shown(points, home_box(shapes, names) if results.at_home else None)
    if box is None:
        return {"width": 0, "height": 0, "areas": [], "clusters": [], "labels": [], "box": ""}
    frame = Frame(box.widened(0.04, least=0.004), width=WIDTH, lowest=300, highest=480)
    inside, found, sections = _circles(points, box, frame, query)
    return {
        "width": frame.width,
        "height": frame.height,
        "areas": draw_areas(shapes, frame),
        "clusters": _named(found, sections, shapes, results),
        "labels": labels_of(shapes, frame, (Spot(each.x, each.y, 2 * each.radius, 2 * each.radius) for each in found)),
        "box": f"{box.south:.5f},{box.west:.5f},{box.north:.5f},{box.east:.5f}",
        "outside": len({point.offer_id for point in points} - {point.offer_id for point in inside}),
    }


def _circles(
    points: Sequence[Point], box: Box, frame: Frame, query: SearchQuery
) -> tuple[list[Point], list[Cluster], list[str]]:
    """The points in the drawing, in circles, and for each circle the section of the map that holds its points and
    nobody else's: its link finds exactly what it counts."""
    # Sections of a section lie within it.
    least = max(map(len, quads.names_in(query.section)), default=1)
    zoom = max(least, min(quads.DEEPEST, frame.zoom_for(CELL)))
    fields = quads.tiles_of([p.latitude for p in points], [p.longitude for p in points], zoom).tolist()
    # What shares a field with a point inside is inside, too: half a field could not be found again.
    open_fields = {
        field for point, field in zip(points, fields, strict=True) if box.holds(point.latitude, point.longitude)
    }
    inside = [(point, field) for point, field in zip(points, fields, strict=True) if field in open_fields]
    placed = [(*frame.place(point.latitude, point.longitude), point) for point, _field in inside]
    found = clusters(placed, [field for _point, field in inside])
    owner_of = {point: number for number, cluster in enumerate(found) for point in cluster.members}
    owners = {field: owner_of.get(point) for point, field in zip(points, fields, strict=True)}
    names = quads.covering(owners, zoom, least=least)
    return [point for point, _field in inside], found, [quads.section_of(names[n]) for n in range(len(found))]


def _shown(points: Sequence[Point], home: Box | None) -> Box | None:
    """The municipality and the results around it; without one, all results."""
    if home is None:
        return Box.around([(point.longitude, point.latitude) for point in points])
    allowed = home.widened(FARTHEST_SHARE)
    near = [(each.longitude, each.latitude) for each in points if allowed.holds(each.latitude, each.longitude)]
    return home.together(Box.around(near))


def _named(found: list[Cluster], sections: list[str], shapes: list[Area], results: Results) -> list[DrawnCluster]:
    query, colors = results.search.query, _colors(results.search.tree)
    members = [[point for point in cluster.members if isinstance(point, Point)] for cluster in found]
    middles = [_middle(points) for points in members]
    singles = {points[0].offer_id for points in members if len({point.offer_id for point in points}) == 1}
    urls = results.addresses_of(singles)
    drawn = []
    postcodes = nearest_postcodes(middles)
    for cluster, section, points, middle, postcode in zip(found, sections, members, middles, postcodes, strict=True):
        offers = {point.offer_id for point in points}
        place = _place(middle, shapes, postcode)
        single = next(iter(offers)) if len(offers) == 1 else 0
        url = urls.get(single) or f"?{query.link(view='', section=section)}"
        words = points[0].title if single else _number_words(len(offers), place)
        worn = {colors.get(point.category_id, "") for point in points}
        drawn.append(
            DrawnCluster(
                x=round(cluster.x, 1),
                y=round(cluster.y, 1),
                radius=round(cluster.radius, 1),
                number=len(offers),
                words=words,
                place=place,
                url=url,
                color=worn.pop() if len(worn) == 1 else "",
            )
        )
    return drawn


def _number_words(number: int, place: str) -> str:
    return ngettext("%(number)d result: %(place)s", "%(number)d results: %(place)s", number) % {
        "number": number,
        "place": place,
    }


def _middle(points: list[Point]) -> tuple[float, float]:
    number = len(points)
    return sum(each.latitude for each in points) / number, sum(each.longitude for each in points) / number


def _place(middle: tuple[float, float], shapes: list[Area], postcode: Postcode | None) -> str:
    """How people call the surroundings: the district, else the postcode and its town."""
    for area in shapes:
        if area.name and is_inside(*middle, area.rings):
            return area.name
    return str(postcode) if postcode else _("outside")


def _colors(tree: Tree) -> dict[int, str]:
    """The colour class of each category."""
    return {node.id: node.color_class for node in tree}


def points_data(results: Results) -> dict[str, Any]:
    """The points for the script, without repeating a title: `offers` are [id, title, number of its class], `points`
    [number of its offer, latitude, longitude] with a 1 behind where the position is only roughly known."""
    points = results.points()
    colors = _colors(results.search.tree)
    offers = {point.offer_id: (point.title, colors.get(point.category_id, "")) for point in points}
    used = sorted({color for _title, color in offers.values()})
    numbers = {name: number for number, name in enumerate(used)}
    order = {offer: number for number, offer in enumerate(offers)}
    return {
        "classes": used,
        "offers": [[pk, title, numbers[color]] for pk, (title, color) in offers.items()],
        "points": [
            [order[each.offer_id], round(each.latitude, 5), round(each.longitude, 5)] + ([] if each.exact else [1])
            for each in points
        ],
    }
