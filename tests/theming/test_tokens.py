"""Whatever colour an editor picks, everything stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theming.tokens import (
    BLACK,
    KERN_SURFACES,
    MIXES,
    STRONG_TEXT,
    WHITE,
    contrast,
    mix,
    oklch,
    palette,
    readable_pair,
    to_hex,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
AA = 4.5


@given(colours, colours, st.booleans())
def test_links_and_buttons_are_readable_on_every_ground(brand: str, accent: str, dark: bool) -> None:
    p = palette(brand, accent, dark=dark)
    for ground in (p.ground, p.soft, p.tint, KERN_SURFACES[dark]):
        assert contrast(p.action, ground) >= AA
        assert contrast(p.text, ground) >= STRONG_TEXT
        assert contrast(p.muted, ground) >= AA
    for ground in (p.ground, p.soft, p.tint):
        assert contrast(p.heading, ground) >= STRONG_TEXT


@given(colours, st.booleans())
def test_a_button_label_is_readable_hovered_and_pressed(brand: str, dark: bool) -> None:
    p = palette(brand, brand, dark=dark)
    for share in (0.0, *MIXES[dark]):
        assert contrast(p.on_action, mix(p.action, BLACK if dark else WHITE, share)) >= AA


@given(colours, colours, st.booleans())
def test_text_on_the_brand_the_accent_and_the_footer_is_readable(brand: str, accent: str, dark: bool) -> None:
    p = palette(brand, accent, dark=dark)
    assert contrast(p.on_brand, p.brand) >= AA
    assert contrast(p.on_accent, p.accent) >= AA
    assert contrast(p.on_deep, p.deep) >= STRONG_TEXT
    assert contrast(p.text, p.accent_tint) >= AA


@given(colours, st.booleans())
def test_a_category_in_any_colour_is_readable_on_its_tint_and_on_the_page(colour: str, dark: bool) -> None:
    pair = readable_pair(colour, dark=dark)
    p = palette("#1d5a8f", "#f2a900", dark=dark)
    for ground in (pair.background, p.ground, p.soft, p.tint):
        assert contrast(pair.foreground, ground) >= AA
    assert contrast(pair.strong, pair.background) >= STRONG_TEXT


@given(colours)
def test_a_colour_survives_the_way_to_oklch_and_back(colour: str) -> None:
    back = to_hex(oklch(colour))
    assert all(abs(int(colour[i : i + 2], 16) - int(back[i : i + 2], 16)) <= 1 for i in (1, 3, 5))


def test_the_brand_itself_is_kept_exact_and_the_button_keeps_its_hue() -> None:
    p = palette("#e2001a", "#ffcc00", dark=False)
    assert (p.brand, p.accent) == ("#e2001a", "#ffcc00")
    assert abs(oklch(p.action).hue - oklch("#e2001a").hue) < 5
    assert oklch(p.action).chroma > 0.18, "darkened, not greyed"


def test_a_colour_that_is_already_readable_is_not_touched() -> None:
    assert palette("#1d5a8f", "#f2a900", dark=False).action == "#1d5a8f"


@pytest.mark.parametrize("wrong", ["", "red", "#fff", "#12345g", "e2001a", "#e2001a;}"])
def test_anything_but_six_hex_digits_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        oklch(wrong)
