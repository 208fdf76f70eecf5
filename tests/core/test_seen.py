"""Two people at one form: what both wrote is never decided in silence."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.seen import NAME, Seen
from tests.forms import forms_of

DAYS = [("mo", "Montag"), ("di", "Dienstag"), ("mi", "Mittwoch")]


class ItemForm(Seen, forms.Form):
    title = forms.CharField(max_length=30)
    text = forms.CharField(required=False, widget=forms.Textarea)
    days = forms.MultipleChoiceField(required=False, choices=DAYS, widget=forms.CheckboxSelectMultiple)
    open = forms.BooleanField(required=False)
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_title(self) -> str:
        return str(self.cleaned_data["title"]).capitalize()


ROW: dict[str, Any] = {"title": "Fest", "text": "Zeile 1\nZeile 2", "days": ["mo", "di"], "open": True, "key": "k1"}


def opened(row: dict[str, Any], form: ItemForm | None = None) -> dict[str, list[str]]:
    """What a browser sends of the form when nobody touches it."""
    shown = form or ItemForm(initial=row)
    fields = forms_of(f'<form method="post">{shown.as_p()}</form>', "/")[0].fields
    return {name: [value.replace("\n", "\r\n") for value in values] for name, values in fields.items()}


def sent(row: dict[str, Any], fields: dict[str, list[str]], **changed: list[str]) -> ItemForm:
    """It comes back while the row says this."""
    data = QueryDict(mutable=True)
    for name, values in {**fields, **changed}.items():
        data.setlist(name, values)
    return ItemForm(data, initial=row)


def test_what_only_somebody_else_changed_stays():
    fields = opened(ROW)
    now = {**ROW, "text": "Neu", "days": ["mi"], "open": False}
    form = sent(now, fields, title=["sommerfest"])
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {**now, "title": "Sommerfest"}


def test_both_wrote_and_the_second_is_asked_once():
    fields = opened(ROW)
    now = {**ROW, "title": "Herbstfest", "days": ["mi"]}
    with override("de"):
        form = sent(now, fields, title=["Sommerfest"], open=[])
        assert form.errors == {
            "title": [
                "Jemand anderes hat das inzwischen geändert. Dort steht jetzt: „Herbstfest“. Hier steht Ihre Fassung; "
                "speichern Sie noch einmal, wenn sie gelten soll."
            ]
        }
    again = opened(now, form)
    assert (again["title"], again["days"]) == (["Sommerfest"], ["mi"])
    assert "open" not in again
    second = sent(now, again)
    assert second.is_valid(), second.errors
    assert second.cleaned_data["title"] == "Sommerfest"
    assert (second.cleaned_data["days"], second.cleaned_data["open"]) == (["mi"], False)


def test_a_choice_is_told_by_its_name():
    with override("de"):
        form = sent({**ROW, "days": ["mi", "di"]}, opened(ROW), days=["mo"])
        assert "Dort steht jetzt: „Mittwoch, Dienstag“." in form.errors["days"][0]


def test_the_same_words_from_both_are_no_question():
    assert sent({**ROW, "title": "Sommerfest"}, opened(ROW), title=["Sommerfest"]).is_valid()


@pytest.mark.parametrize("said", [[], [""], ["{"], ["[1]"], ['{"title": 7}'], ['{"nirgends": "x"}']])
def test_a_form_that_does_not_say_what_it_saw_is_taken_as_ever_or_asked(said):
    form = sent(ROW, opened(ROW), **{NAME: said, "title": ["Sommerfest"]})
    assert form.is_valid() is (said != ['{"title": 7}'])


words = st.sampled_from(["Fest", "Sommerfest", "Herbst", "Winter"])


@given(words, words, words)
def test_nobody_writes_over_what_they_have_not_seen(before, theirs, mine):
    """Saved is mine only where theirs was what I saw, or the same."""
    row = {**ROW, "title": before}
    form = sent({**row, "title": theirs}, opened(row), title=[mine])
    if mine in {before, theirs}:
        assert form.is_valid()
        assert form.cleaned_data["title"] == theirs
    else:
        assert form.is_valid() is (theirs == before)
