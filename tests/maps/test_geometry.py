"""Outlines as numbers: whatever stands in a file, and holes."""

from hypothesis import given
from hypothesis import strategies as st

from portal.maps.geometry import OutlineError, is_inside, polygon_of, rings_of

JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "features", "geometry", "geometries"]), inner, max_size=4
        )
        | st.fixed_dictionaries({"type": st.sampled_from(["Polygon", "MultiPolygon", "Feature"]), "coordinates": inner})
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_an_outline_or_refused(thing):
    try:
        made = polygon_of(thing)
    except OutlineError:
        return
    assert polygon_of(made) == made


def test_a_hole_is_outside():
    ring = [[7, 49], [8, 49], [8, 50], [7, 50], [7, 49]]
    hole = [[7.4, 49.4], [7.6, 49.4], [7.6, 49.6], [7.4, 49.6], [7.4, 49.4]]
    rings = rings_of(polygon_of({"type": "Polygon", "coordinates": [ring, hole]}))
    assert is_inside(49.2, 7.2, rings)
    assert not is_inside(49.5, 7.5, rings)
    assert not is_inside(51, 7.5, rings)
