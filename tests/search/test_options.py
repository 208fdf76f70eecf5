"""Tick boxes are kept but for what a search changes, and look as if they were drawn for it."""

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from core.text import Spoken
from portal.search.form import Option
from portal.search.templatetags.search_options import option_box, options

LABELS = st.sampled_from(["Chor", "Musik & <Tanz>", "Chor ", "1"])
COUNTS = st.sampled_from([None, 0, 1, 1234])
LEAVES = st.builds(Option, st.sampled_from(["1", "2"]), LABELS, st.booleans(), COUNTS)
OPTIONS = st.recursive(
    LEAVES,
    lambda below: st.builds(
        Option, st.sampled_from(["1", "2"]), LABELS, st.booleans(), COUNTS, st.lists(below, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


def plainly(option: Option) -> str:
    return (
        f'<label class="option{" option--empty" if option.count == 0 and not option.checked else ""}">'
        f'<input class="check" type="checkbox" name="x" value="{option.value}"{" checked" if option.checked else ""}>'
        f'<span class="option__text">{escape(option.label)}</span>'
        f'<span class="option__count" data-number>{"" if option.count is None else option.count}</span></label>'
    )


def ticked(option: Option) -> bool:
    return option.checked or any(map(ticked, option.children))


def listed(choices) -> str:
    items = []
    for each in choices:
        below = (
            f'<details class="more more--nested"{" open" if ticked(each) else ""}><summary>'
            f'<span class="visually-hidden">Themen von {escape(each.label)}</span></summary>{listed(each.children)}'
            "</details>"
            if each.children
            else ""
        )
        items.append(f"<li>{plainly(each)}{below}</li>")
    return f'<ul class="options">{"".join(items)}</ul>'


@settings(max_examples=200, deadline=None)
@given(st.lists(OPTIONS, max_size=4), st.lists(OPTIONS, max_size=4))
def test_each_search_has_its_own_ticks_and_numbers(one, other):
    """One after the other, so that the second has what is kept of the first."""
    for each in (one, other, one):
        assert options(each, "x") == listed(each)
        for option in each:
            assert option_box(option, "x") == plainly(option)


def test_a_label_in_another_language_is_drawn_as_such():
    german, arabic = (Option("1", Spoken("Chor", code), False, 3) for code in ("de", "ar"))
    assert 'lang="ar"' not in options([german], "x")
    assert 'lang="ar"' in options([arabic], "x")
    assert 'lang="ar"' not in options([german], "x")
