"""Differences of longer texts: formatting stays, nothing unsafe gets through, and they end in time."""

import pytest

from portal.revisions.kinds import Mark
from portal.revisions.wording import compare_markup, compare_text, safe
from tests.effort import effort


def marks(pieces):
    return [piece.mark for piece in pieces]


def test_a_changed_word_is_shown_within_its_paragraph_and_the_rest_stays():
    old = "<p>Wir <strong>töpfern</strong> am Montag.</p><p>Kommt alle!</p>"
    new = "<p>Wir <strong>töpfern</strong> am Dienstag.</p><p>Kommt alle!</p><p>Neu hier</p>"
    pieces = compare_markup(old, new)
    assert marks(pieces) == [Mark.CHANGED, Mark.SAME, Mark.NEW]
    assert pieces[0].html == "<p>Wir <strong>töpfern</strong> am <del>Montag</del><ins>Dienstag</ins>.</p>"


def test_a_changed_link_or_format_is_a_change_too():
    old = '<p>Mehr <a href="https://a.example">hier</a></p>'
    assert marks(compare_markup(old, old.replace("a.example", "b.example"))) == [Mark.CHANGED]
    assert marks(compare_markup("<p>Laut</p>", "<p><strong>Laut</strong></p>")) == [Mark.CHANGED]


def test_two_different_paragraphs_are_told_in_full():
    pieces = compare_markup("<p>Ganz und gar alles</p>", "<p>xyz 123 neu</p>")
    assert marks(pieces) == [Mark.GONE, Mark.NEW]


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", "<img src=x onerror=x>", '<a href="javascript:x">k</a>'])
def test_nothing_unsafe_gets_through(bad):
    for pieces in (compare_markup("<p>a</p>", f"<p>{bad}</p>"), compare_text("a b c", f"a b {bad}")):
        printed = "".join(piece.html for piece in pieces)
        assert "<script" not in printed
        assert "<img" not in printed
        assert '<a href="javascript' not in printed
    assert safe("<ins>a</ins><u>b</u>") == "<ins>a</ins>b"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>" + "wort " * 40_000 + "</p>", "<p>" + "wort " * 39_999 + "ort</p>"),
        ("".join(f"<p>Absatz {n} hat Text</p>" for n in range(3000)), "".join(f"<p>{n}</p>" for n in range(3000))),
        ("<p>a</p>" * 480, "<p>b</p>" * 480),
        tuple("".join(f"<p>{words * 90}{n}</p>" for n in range(200)) for words in ("x y ", "y x ")),
        ("<" * 20_000, ">" * 20_000),
    ],
)
def test_long_texts_are_compared_in_bounded_time(old, new):
    assert effort(lambda: compare_markup(old, new)) < 4
