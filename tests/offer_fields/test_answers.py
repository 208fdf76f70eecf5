"""Answers as they are kept: one spelling, only to questions that exist, back as they were."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.offer_fields import answers
from portal.offer_fields.reading import offer_fields
from portal.offer_fields.services import retire, save_field
from portal.offers import editing, snapshot
from tests.factories import an_offer
from tests.offer_fields.conftest import asked
from tests.revisions.conftest import Cast, cast  # noqa: F401

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(json | st.dictionaries(st.integers(-2, 40).map(str), json, max_size=6))
def test_whatever_is_given_has_one_spelling(value):
    once = answers.canonical(value)
    assert answers.canonical(once) == once
    assert all(key.isdecimal() and value not in ("", [], None) for key, value in once.items())


@pytest.mark.parametrize(
    ("given_as", "kept"),
    [
        ({"7": " Turn\u00adschuhe \r\n"}, {"7": "Turnschuhe"}),
        ({"07": "a", "x": "b", "-1": "c"}, {"7": "a"}),
        ({"7": [3, "2", 3, "x"]}, {"7": [2, 3]}),
        ({"7": False, "8": "", "9": [], "10": None, "11": {"a": 1}, "12": 3.5}, {"7": False}),
        (None, {}),
        ("nichts", {}),
    ],
)
def test_what_is_kept(given_as, kept):
    assert answers.canonical(given_as) == kept


def test_an_offer_says_what_it_was_told(cast: Cast):  # noqa: F811
    here = asked()
    offer = an_offer(provider=cast.club, categories=[cast.sport], summary="x")
    said = {
        str(here.bring.pk): "Turnschuhe",
        str(here.care.pk): False,
        str(here.level.pk): [here.choice("Könner")],
        str(here.help.pk): sorted([here.choice("Ringschleife"), here.choice("Gebärden")]),
    }
    wanted = {**snapshot.take(offer), "extras": said}
    assert snapshot.apply(offer, wanted).left_out == ()
    offer.refresh_from_db()
    assert snapshot.take(offer) == snapshot.canonical(wanted)
    (told,) = snapshot.differences({**wanted, "extras": {}}, wanted)
    assert told.new == ("Mitzubringen: Turnschuhe", "Kinderbetreuung: nein", "Stufe: Könner",
                        "Hilfen: Ringschleife, Gebärden")  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.django_db
def test_what_does_not_fit_a_question_is_left_out_and_said(cast: Cast, data):  # noqa: F811
    """Against the plain rules: a text for text, yes or no for yes or no, known answers for a list, one where one."""
    here = offer_fields() if offer_fields().extras else (asked(), offer_fields())[1]
    keys = st.sampled_from([each.key for each in here.extras] + ["99999"])
    ids = [choice.pk for each in here.extras for choice in each.choices] + [99999]
    value = st.booleans() | st.sampled_from(["", "Text", "x" * 501]) | st.lists(st.sampled_from(ids), max_size=3)
    told = answers.canonical(data.draw(st.dictionaries(keys, value, max_size=5)))
    kept, fewer = answers.known(told, here)
    by_key = here.by_key
    expected = {}
    for key, each in told.items():
        extra = by_key.get(key)
        kind = extra.kind if extra else ""
        if (kind == "text" and isinstance(each, str)) or (kind == "yes_no" and isinstance(each, bool)):
            expected[key] = each
        if kind == "choice" and isinstance(each, list):
            own = [pk for pk in each if pk in {choice.pk for choice in extra.choices}]
            if own:
                expected[key] = own if extra.several else own[:1]
    assert kept == expected
    assert fewer == (expected != told)


def test_a_difference_tells_also_what_nobody_asks_any_more(cast: Cast):  # noqa: F811
    offer = an_offer(provider=cast.club)
    old = snapshot.take(offer)
    assert snapshot.differences(old, {**old, "extras": {"424242": "weg"}})[0].new == (
        "etwas, das es nicht mehr gibt: weg",
    )


def test_a_text_of_before_there_were_own_details_still_applies(cast: Cast):  # noqa: F811
    offer = an_offer(provider=cast.club, categories=[cast.sport])
    older = {name: value for name, value in snapshot.take(offer).items() if name != "extras"}
    snapshot.apply(offer, {**older, "title": "Neu"})
    assert (offer.title, offer.extras) == ("Neu", {})


def test_an_answer_that_goes_is_retired_where_it_was_chosen(cast: Cast):  # noqa: F811
    here = asked()
    expert = here.choice("Könner")
    an_offer(provider=cast.club, extras={str(here.level.pk): [expert]})
    save_field(here.level, ["Mitte", "Neu"], by="test")
    left = {each.name: each.retired for each in here.level.choices.all()}
    assert left == {"Mitte": False, "Neu": False, "Könner": True}
    save_field(here.level, ["Neu", "Könner"], by="test")
    assert {each.name: (each.pk == expert, each.retired) for each in here.level.choices.all()} == {
        "Neu": (False, False), "Könner": (True, False)}  # fmt: skip


def test_what_is_retired_stays_in_the_text(cast: Cast):  # noqa: F811
    here = asked()
    offer = an_offer(provider=cast.club, categories=[cast.sport], summary="x",
                     extras={str(here.bring.pk): "Ball"})  # fmt: skip
    retire(here.bring, retired=True, by="test")
    editing.autosave(offer, {"title": "Anders"}, by=cast.editor, base=editing.begin(offer, by=cast.editor).base)
    editing.submit(offer, by=cast.editor)
    offer.refresh_from_db()
    assert (offer.title, offer.extras) == ("Anders", {str(here.bring.pk): "Ball"})
