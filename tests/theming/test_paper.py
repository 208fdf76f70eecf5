"""What is printed has the published look, light, with the fonts as files."""

import pytest

from tenants.running.context import inside
from theming.models import Theme
from theming.paper import paper_look
from theming.showing import Shown, showing
from theming.tokens import contrast


@pytest.mark.parametrize(
    ("font", "family"), [("fira", "Fira Sans"), ("atkinson", "Atkinson Hyperlegible"), ("system", "Fira Sans")]
)
def test_it_is_light_readable_and_has_its_fonts(ahausen, font, family):
    with inside(ahausen):
        Theme.objects.update(
            brand_color="#ffe600", font=font, corner="rund", dark_mode_allowed=True, organisation="Stadt Ahausen",
            street="Markt 1", postcode="66111", city="Ahausen",
        )  # fmt: skip
        look = paper_look()
    assert (look.brand, look.radius) == ("#ffe600", "1.5rem")
    assert look.colours.ground == "#ffffff"
    assert contrast(look.colours.action, look.colours.ground) >= 4.5
    assert look.address == ("Stadt Ahausen, Markt 1, 66111 Ahausen",)
    assert {each.family for each in look.fonts} == {family}
    assert len(look.fonts) == 4
    assert all(each.path.is_file() for each in look.fonts)


def test_a_draft_is_shown_within_its_block_and_never_after(ahausen):
    with inside(ahausen):
        draft = Theme(portal_name="Entwurf")
        with pytest.raises(ZeroDivisionError), showing(Shown(draft, [], draft.stylesheet(), "/x.css")):
            assert paper_look().name == "Entwurf"
            raise ZeroDivisionError
        assert paper_look().name == "Chancenportal Stadt Ahausen"
