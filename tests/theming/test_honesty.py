"""What is said of the colours is what the pages do, for any colours."""

from hypothesis import example, given
from hypothesis import strategies as st

from theming.honesty import FAINT, NEEDED, Fate, Use, findings, rounded
from theming.tokens import contrast, palette

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def fate(brand: str, accent: str, use: Use) -> Fate:
    return next(each.fate for each in findings(brand, accent, dark_allowed=True) if each.use == use)


@given(colours, colours)
@example("#ffffff", "#ffffff")
@example("#000000", "#000000")
def test_it_says_what_is_used_and_nothing_below_what_is_needed(brand, accent):
    light, dark = (palette(brand, accent, dark=each) for each in (False, True))
    found = {each.use: each for each in findings(brand, accent, dark_allowed=True)}
    assert found[Use.ACTION].used == light.action
    assert found[Use.DARK_ACTION].used == dark.action
    for use in (Use.ACTION, Use.DARK_ACTION):
        each = found[use]
        assert each.after >= NEEDED
        assert (each.fate == Fate.KEPT) == (each.used == brand)
        assert each.fate == Fate.KEPT or each.before < each.after
    for use, colour in ((Use.SURFACE, brand), (Use.ACCENT, accent)):
        each = found[use]
        assert each.after >= NEEDED
        assert each.after >= each.other
        assert (each.fate == Fate.FAINT) == (contrast(colour, light.ground) < FAINT)
    assert found[Use.ACCENT_TEXT].fate == Fate.UNUSED


def test_the_examples_of_the_design():
    assert fate("#0b4f8a", "#e8a200", Use.ACTION) == Fate.KEPT
    assert fate("#0b4f8a", "#e8a200", Use.DARK_ACTION) == Fate.LIGHTER
    assert fate("#ffe600", "#e8a200", Use.ACTION) == Fate.DARKER
    assert fate("#ffffff", "#ffffff", Use.ACCENT) == Fate.FAINT
    assert [each.use for each in findings("#0b4f8a", "#e8a200", dark_allowed=False)][-1] == Use.ACCENT_TEXT


def test_a_ratio_is_never_rounded_up():
    assert [rounded(value) for value in (4.46, 4.5, 4.499, 21.0, 1.0)] == [4.4, 4.5, 4.4, 21.0, 1.0]
