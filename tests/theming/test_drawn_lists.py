"""Cards of offers and the tick boxes of the filters, drawn once for all pages, are those of this page."""

from dataclasses import replace

from django.test import override_settings
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import Spoken
from portal.search.form import Option
from portal.search.templatetags.search_options import option_box, options
from theming.cards import Badge, OfferCard
from theming.templatetags.cards import offer_card

NAMES = st.sampled_from(["Sport", "<i>Chor</i>", Spoken("Sport"), Spoken("Sport", "en"), "12"])
LEAVES = st.builds(
    Option, st.sampled_from(["1", "2"]), NAMES, st.booleans(), st.one_of(st.none(), st.integers(0, 3))
)  # fmt: skip
TREES = st.builds(replace, LEAVES, children=st.lists(LEAVES, max_size=2).map(tuple))
CARDS = st.builds(
    OfferCard,
    title=NAMES,
    url=st.just("/angebote/1-chor/"),
    id=st.sampled_from([0, 1]),
    category=st.sampled_from(["", "Musik", Spoken("Music", "en")]),
    when=st.sampled_from(["", "Mo 15:00"]),
    place=st.sampled_from(["", "12"]),
    badges=st.lists(st.builds(Badge, NAMES, st.sampled_from(["", "info"])), max_size=2).map(tuple),
    title_marks=st.sampled_from([(), ((0, 2),), ((1, 2),)]),
)
LANGUAGES = st.sampled_from(["de", "en", "ar"])


def anew(draw, *given, language):
    """As it is drawn where nothing is kept."""
    with override_settings(DEBUG=True), translation.override(language):
        return draw(*given)


def kept(draw, *given, language):
    with translation.override(language):
        return draw(*given)


@settings(max_examples=200)
@given(st.lists(st.tuples(LANGUAGES, st.lists(TREES, max_size=3)), min_size=1, max_size=4))
def test_tick_boxes_have_the_names_and_numbers_of_their_page(pages):
    for language, choices in pages:
        assert kept(options, choices, "kategorie", language=language) == anew(
            options, choices, "kategorie", language=language
        )
        for each in choices:
            assert kept(option_box, each, "x", language=language) == anew(option_box, each, "x", language=language)


def test_the_numbers_stand_where_they_belong():
    below = (Option("2", "Chor", False, 7), Option("3", "Band", False, None))
    drawn = str(
        kept(options, [Option("1", "Musik", True, 12, below), Option("4", "Sport", False, 0)], "k", language="de")
    )
    found = [part.partition("</span>")[0] for part in drawn.split("data-number>")[1:]]
    assert found == ["12", "7", "", "0"]
    assert drawn.count("option--empty") == 1
    assert "\0" not in drawn


@settings(max_examples=200)
@given(st.lists(st.tuples(LANGUAGES, CARDS, st.sampled_from(["list", "tile"])), min_size=1, max_size=5))
def test_cards_are_those_of_their_offer_and_page(pages):
    for language, card, layout in pages:
        assert kept(offer_card, card, layout, language=language) == anew(offer_card, card, layout, language=language)
