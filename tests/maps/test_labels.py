"""Names on drawn maps: inside their shapes, never over one another or over a circle."""

import pytest

from portal.maps.geometry import Box, Frame, is_inside
from portal.maps.labels import Spot, labels_of, middle_of
from portal.maps.outlines import Area


def square(name, west, south, size=0.2):
    ring = [
        (west, south),
        (west + size, south),
        (west + size, south + size),
        (west, south + size),
        (west, south),
    ]
    return Area(1, name, [ring], {})


FRAME = Frame(Box(49.0, 7.0, 49.6, 7.6), width=480, lowest=300, highest=480)


def test_the_middle_of_a_square_is_its_centre_of_gravity():
    east, north, size = middle_of(square("A", 7.0, 49.0).rings[0])
    assert (round(east, 6), round(north, 6), round(size, 6)) == (7.1, 49.1, 0.04)


def test_each_name_stands_in_its_own_shape():
    areas = [square("Mitte", 7.0, 49.0), square("Nord", 7.0, 49.4), square("Ost", 7.4, 49.2)]
    labels = {label.name: label for label in labels_of(areas, FRAME, [])}
    assert set(labels) == {"Mitte", "Nord", "Ost"}
    for area in areas:
        east, north, _size = middle_of(area.rings[0])
        x, y = FRAME.place(north, east)
        assert (labels[area.name].x, labels[area.name].y) == (pytest.approx(x, abs=0.1), pytest.approx(y, abs=0.1))
        assert is_inside(north, east, area.rings)


def test_a_name_gives_way_to_a_circle_and_is_left_out_where_there_is_no_room():
    area = square("Mitte", 7.2, 49.2)
    east, north, _size = middle_of(area.rings[0])
    x, y = FRAME.place(north, east)
    circle = Spot(x, y, 24, 24)
    (label,) = labels_of([area], FRAME, [circle])
    assert abs(label.y - y) > 12
    assert labels_of([area], FRAME, [Spot(x, y, 480, 480)]) == []


def test_of_two_at_the_same_place_the_larger_one_keeps_the_middle():
    small, large = square("Klein", 7.25, 49.25, 0.1), square("Groß", 7.2, 49.2, 0.2)
    first, second = labels_of([small, large], FRAME, [])
    assert first.name == "Groß"
    assert abs(first.y - second.y) >= 13
