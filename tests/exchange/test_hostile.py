"""Texts of imports and forms that were made to be slow are read as quickly as honest ones."""

import contextlib
import io
from functools import partial

import pytest

from portal.exchange.addresses import address
from portal.exchange.excel.columns import heading_key
from portal.exchange.excel.names import _key
from portal.exchange.excel.texts import to_html, to_plain
from portal.exchange.typo3.sql import IncompleteError, Source, statement
from portal.exchange.typo3.values import opening_hours, youtube
from portal.feedback.spam import links_in
from portal.translation.rewriting import Place, keep_language_in_page
from tests import hostile
from tests.effort import effort

LENGTH = 200_000


def film(text):
    with contextlib.suppress(ValueError):
        youtube(text)


def dump(text):
    with contextlib.suppress(IncompleteError):
        statement(Source(io.BytesIO(text.encode("utf-8", "replace"))))


def links_of_a_page(text):
    keep_language_in_page(text, Place("http://ahausen.localhost", "en"))


@pytest.mark.parametrize(
    "read", [address, heading_key, _key, to_html, to_plain, opening_hours, film, dump, links_in, links_of_a_page]
)
def test_no_text_holds_an_import_or_a_page_up(read):
    taken = {}
    for kind, made in hostile.TEXTS.items():
        text = f"mo {made(LENGTH)}x"
        taken[kind] = effort(partial(read, text))
    assert {kind: seconds for kind, seconds in taken.items() if seconds > 4} == {}


def test_what_was_understood_still_is():
    assert links_in("foo.bar.com, www.a.de, http://b.de/x a-b.org x.y") == 4
    assert address("Straße 1  33378   Ort") == address("Straße 1 33378 Ort")
    assert heading_key("Name (kurz) des (sehr (guten)) Angebots") == "name des sehr angebots"
    assert _key("Sport   ›\n Kurse") == _key("Sport>Kurse") == "sport > kurse"
    assert (
        youtube("https://www.youtube.com/watch?list=x&v=abcdefghijk") == "https://www.youtube.com/watch?v=abcdefghijk"
    )
    assert len(opening_hours("Mo  -  Fr   8:00 -  12 Uhr") or ()) == 5
