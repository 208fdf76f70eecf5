"""What is drawn once looks as if it were drawn anew each time."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Engine
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import Spoken
from theming import drawing
from theming.models import Theme
from theming.rendering import ThemeRenderer

TEXTS = st.sampled_from(["", "1", "True", "<b>Zirkus</b>", "Öffnungszeiten"])
VALUES = st.one_of(
    TEXTS,
    TEXTS.map(SafeString),
    TEXTS.map(Spoken),
    st.sampled_from([0, 1, 1.0, True, False, None, date(2026, 3, 1)]),
    st.just(gettext_lazy("State")),
)
LANGUAGES = ["de", "en", "ar"]


def _drawn_by(tag: str, language: str, label: object, kind: object) -> str:
    template = Engine.get_default().from_string(
        "{% load theming %}"
        + (
            '{% alike "components/badge.html" label=label kind=kind %}'
            if tag == "alike"
            else '{% include "components/badge.html" with label=label kind=kind only %}'
        )
    )
    with translation.override(language):
        return template.render(Context({"label": label, "kind": kind}))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(LANGUAGES), VALUES, VALUES), min_size=1, max_size=8))
def test_alike_draws_what_include_draws(asked):
    for each in asked:
        assert _drawn_by("alike", *each) == _drawn_by("include", *each), each


def test_what_is_given_again_is_not_drawn_again(monkeypatch):
    monkeypatch.setattr(drawing, "_kept", drawing.LRUCache(50, getsizeof=len))
    asked = []

    def draw(text):
        return drawing.drawn("x.html", {"text": text}, lambda: asked.append(text) or SafeString(text * 20))

    assert [draw(each) for each in ("a", "b", "a", "b")] == ["a" * 20, "b" * 20, "a" * 20, "b" * 20]
    assert asked == ["a", "b"]
    # There is room for two: what was asked for the longest ago goes. What is larger than all of it is never kept.
    draw("c")
    draw("b")
    draw("a")
    assert asked == ["a", "b", "c", "a"]
    drawing.drawn("x.html", {"text": "long"}, lambda: SafeString("x" * 51))
    draw("a")
    assert asked == ["a", "b", "c", "a"]


@pytest.mark.parametrize("value", [[1], {"a": 1}, Theme(), (1, [2])])
def test_what_can_change_is_refused(value):
    with pytest.raises(TypeError):
        drawing.drawn("x.html", {"rows": value}, lambda: SafeString(""))


LABELS = st.text("aö<&\"' ", min_size=1, max_size=6)
OPTIONS = st.tuples(st.one_of(st.integers(0, 9), LABELS, st.none()), LABELS)
CHOICES = st.lists(st.one_of(OPTIONS, st.tuples(LABELS, st.lists(OPTIONS, max_size=3))), max_size=6)


ATTRIBUTES = st.dictionaries(st.sampled_from(["id", "class", "required"]), st.one_of(LABELS, st.booleans()), max_size=3)


def _lines(markup: str) -> list[str]:
    return [line.strip() for line in markup.splitlines() if line.strip()]


@settings(max_examples=200)
@given(CHOICES, st.lists(LABELS, max_size=2), st.booleans(), ATTRIBUTES)
def test_a_select_is_the_one_of_django(choices, chosen, several, attributes):
    kind = forms.SelectMultiple if several else forms.Select
    widget = kind(choices=choices)
    ours = widget.render("ort", chosen if several else chosen[:1], attributes, ThemeRenderer())
    theirs = widget.render("ort", chosen if several else chosen[:1], attributes, DjangoTemplates())
    assert _lines(ours) == _lines(theirs)
