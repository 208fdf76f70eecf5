"""Rows of pages and settings with anything in their columns that the tables take."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from hypothesis import strategies as st

from core.models import HtmlField
from portal.translation.languages import CODES
from tests.revisions.generated import days, letters, markup

SQUARE = {"type": "Polygon", "coordinates": [[[7.0, 49.0], [7.1, 49.0], [7.1, 49.1], [7.0, 49.0]]]}
# Columns whose tables want more of them than their type says.
OWN: dict[str, st.SearchStrategy[Any]] = {
    "slug": st.sampled_from(["tagesmuetter", "ferien", "ueber-uns-2"]),
    "title": st.sampled_from(["Ferien", "Ärger & Öl", "<b>kein Fett</b>"]),
    "portal_name": st.sampled_from(["Chancen", "Bildung für alle"]),
    "words": st.sampled_from([["Kita", "Kindergarten"], ["Süß", "lecker", "köstlich"]]),
    "postcode": st.sampled_from(["", "66111", "01067"]),
    "brand_color": st.sampled_from(["#00519e", "#ff0000"]),
    "accent_color": st.sampled_from(["#123456", "#abcdef"]),
    "latitude": st.none(),
    "longitude": st.none(),
    "link": st.sampled_from(["", "/ueber-uns/", "https://a.example/"]),
    "link_label": st.just("Mehr"),
    "offered": st.sampled_from([["de"], ["de", "tr"], list(CODES)]),
    "endpoint": st.sampled_from(["https://a.example", "https://b.example"]),
    "tile_url": st.just(""),
    "min_zoom": st.integers(6, 8),
    "max_zoom": st.integers(12, 18),
    "outline": st.sampled_from([None, SQUARE]),
    "made_on": st.sampled_from(["2025-01-01", "2025-02-03"]),
    "reviewed_on": st.sampled_from(["2026-01-01", "2026-02-03"]),
    "age": st.none() | st.integers(0, 99),
    "target_group": st.none(),
    "usual_radius": st.integers(1, 50),
    "radius_steps": st.sampled_from([[2, 5, 10], [1, 20]]),
    "stale_after_months": st.integers(1, 12),
    "ends_soon_weeks": st.integers(1, 8),
    "page_size": st.sampled_from([10, 20, 30]),
    "search_filters": st.sampled_from([["topic", "when"], ["place"], []]),
    "search_flags": st.sampled_from([["free"], ["free", "online"], []]),
    "figures_months": st.integers(0, 24),
}


def _text(column: Any) -> st.SearchStrategy[str]:
    if isinstance(column, models.EmailField):
        return st.sampled_from(["", "a@b.example"])
    if isinstance(column, models.URLField):
        return st.sampled_from(["", "https://c.example/d"])
    return st.text(letters, max_size=min(column.max_length or 40, 30))


def value_of(column: Any) -> st.SearchStrategy[Any]:
    """Anything for a column."""
    if column.name in OWN:
        return OWN[column.name]
    if column.choices:
        return st.sampled_from([key for key, _label in column.flatchoices])
    for kind, strategy in (
        (HtmlField, markup),
        (models.BooleanField, st.booleans()),
        (ArrayField, st.just([])),
        (models.DateField, st.none() | days if column.null else days),
        (models.ForeignKey, st.none()),
        (models.IntegerField, st.integers(0, 300)),
        (models.FloatField, st.floats(0, 40, allow_nan=False)),
    ):
        if isinstance(column, kind):
            return strategy
    return _text(column)


def values(model: Any, names: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Anything for these columns; pictures are the tests' own."""
    columns = [model._meta.get_field(name) for name in names]
    return st.fixed_dictionaries(
        {
            column.name: value_of(column)
            for column in columns
            if not isinstance(column, models.FileField) and not column.name.endswith(("width", "height"))
        }
    )
