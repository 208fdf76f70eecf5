"""A page in another language keeps it in every link of ours, and in nothing else."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.translation.rewriting import Place, keep_language, keep_language_in_page
from tests.effort import effort

HERE = Place("http://ahausen.localhost:8000", "ar")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/", "/?sprache=ar"),
        ("/angebote/?q=kurs", "/angebote/?q=kurs&sprache=ar"),
        ("/angebote/#ergebnis", "/angebote/?sprache=ar#ergebnis"),
        ("/angebote/?q=a#b", "/angebote/?q=a&sprache=ar#b"),
        ("?seite=2", "?seite=2&sprache=ar"),
        ("?", "?sprache=ar"),
        ("weiter/", "weiter/?sprache=ar"),
        ("http://ahausen.localhost:8000/kontakt/", "http://ahausen.localhost:8000/kontakt/?sprache=ar"),
        ("http://ahausen.localhost:8000", "http://ahausen.localhost:8000?sprache=ar"),
        ("/angebote/?q=1.5", "/angebote/?q=1.5&sprache=ar"),
    ],
)
def test_an_address_of_ours_keeps_the_language(before, after):
    assert keep_language(before, HERE) == after


@pytest.mark.parametrize(
    "address",
    [
        "",
        "#inhalt",
        "//fremd.example/",
        "https://fremd.example/angebote/",
        "http://ahausen.localhost:8000.fremd.example/",
        "http://ahausen.localhost:80001/",
        "mailto:a@b.example",
        "tel:+49681",
        "javascript:alert(1)",
        "data:text/plain,x",
        "/static/theming/app.js",
        "/media/offers/x.webp",
        "/theme/abc.css",
        "/angebote/1-x/termine.ics",
        "/sitemap.xml",
        "/angebote/?sprache=tr",
        "/angebote/?q=x&sprache=tr",
        "/angebote/?q=x&amp;sprache=tr",
        "\\\\fremd.example",
    ],
)
def test_any_other_address_stays_as_it_is(address):
    assert keep_language(address, HERE) == address


def test_a_parameter_that_only_ends_like_ours_is_not_taken_for_it():
    assert keep_language("/angebote/?leichte_sprache=1", HERE).endswith("&sprache=ar")


PAGE = """<!DOCTYPE html><html><head>
<link rel="stylesheet" href="/theme/a.css"><link rel="canonical" href="http://ahausen.localhost:8000/angebote/">
<link rel="alternate" hreflang="tr" href="http://ahausen.localhost:8000/angebote/?sprache=tr">
<script type="application/ld+json">{"url": "<a href=\\"/x/\\">"}</script>
<!-- <a href="/kommentar/"> --></head><body>
<a class="x" href="/angebote/?a=1&amp;b=2">A</a><a href='/anbieter/'>B</a><a href="#x">C</a>
<a href="/kontakt/" hreflang="de">D</a><a href="https://fremd.example/">E</a><a title="a > b" href="/f/">F</a>
<a href="/g/?q=&#x27;">G</a><img src="/media/x.webp" alt="href=&quot;/z/&quot;">
<form method="get" action="/angebote/" data-hx-get="/angebote/"><input name="q"></form>
<form action="/suche/"><input type="hidden" name="sprache" value="ar"></form>
<form method="post" action="/konto/abmelden/"><button formaction="/h/">H</button></form>
<form method="post"><input></form><form action="https://fremd.example/suche"><input></form>
<div data-hx-get="/teil/" data-hx-target="#x"></div><div id="karte" data-points-url="/karte/punkte/"></div>
<input data-suggest="/suche/vorschlag/"><a href="/i/" data-hx-push-url="true">I</a>
<textarea><a href="/text/"></textarea>
</body></html>"""


def test_links_and_forms_of_a_page_keep_the_language():
    page = keep_language_in_page(PAGE, HERE)
    for part in (
        'href="/angebote/?a=1&amp;b=2&amp;sprache=ar"',
        "href='/anbieter/?sprache=ar'",
        'title="a > b" href="/f/?sprache=ar"',
        'href="/g/?q=&#x27;&amp;sprache=ar"',
        'rel="canonical" href="http://ahausen.localhost:8000/angebote/?sprache=ar"',
        'data-hx-get="/angebote/"><input type="hidden" name="sprache" value="ar"><input name="q">',
        'action="/konto/abmelden/?sprache=ar"',
        'formaction="/h/?sprache=ar"',
        'data-hx-get="/teil/?sprache=ar"',
        'data-points-url="/karte/punkte/?sprache=ar"',
        'data-suggest="/suche/vorschlag/?sprache=ar"',
        'data-hx-push-url="true"',
    ):
        assert part in page


def test_what_is_not_a_link_of_ours_is_not_touched():
    page = keep_language_in_page(PAGE, HERE)
    for part in (
        '<link rel="stylesheet" href="/theme/a.css">',
        'hreflang="tr" href="http://ahausen.localhost:8000/angebote/?sprache=tr"',
        '{"url": "<a href=\\"/x/\\">"}',
        '<a href="/kommentar/">',
        '<a href="/kontakt/" hreflang="de">',
        'href="https://fremd.example/"',
        '<form action="https://fremd.example/suche"><input></form>',
        '<form method="post"><input></form>',
        '<textarea><a href="/text/"></textarea>',
        'src="/media/x.webp" alt="href=&quot;/z/&quot;"',
    ):
        assert part in page
    assert page.count('type="hidden"') == 2


_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="<>\"'&\x00\r"), max_size=12)
_ADDRESS = st.one_of(
    st.sampled_from(["/", "/angebote/", "?seite=2", "#x", "//a.example/", "https://a.example/b", "/media/a.png", ""]),
    st.builds("/{}/?q={}#{}".format, _TEXT, _TEXT, _TEXT),
    st.builds("https://fremd.example/{}".format, _TEXT),
)
_TAG = st.builds(
    '<{} {}="{}" title="{}">{}'.format,
    st.sampled_from(["a", "form", "form method=post", "button", "div", "link rel=stylesheet"]),
    st.sampled_from(["href", "action", "formaction", "data-hx-get", "src", "data-x-url"]),
    _ADDRESS,
    _TEXT,
    _TEXT,
)


@settings(max_examples=200)
@given(st.lists(_TAG, max_size=8).map("".join))
def test_doing_it_twice_changes_nothing(page):
    once = keep_language_in_page(page, HERE)
    assert keep_language_in_page(once, HERE) == once


@settings(max_examples=200)
@given(st.text(max_size=400))
def test_text_without_tags_of_ours_comes_out_unchanged(page):
    if "<" not in page:
        assert keep_language_in_page(page, HERE) == page


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def _tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(page)
    return [each for each in parser.found if each[1].get("name") != "sprache"]


@settings(max_examples=200)
@given(st.lists(_TAG, max_size=8).map("".join))
def test_only_the_language_is_added_whatever_the_page(page):
    for (tag, before), (tag_after, after) in zip(_tags(page), _tags(keep_language_in_page(page, HERE)), strict=True):
        assert tag == tag_after
        for name, value in before.items():
            changed = after[name]
            if changed == value:
                continue
            assert parse_qs(urlsplit(changed or "").query)["sprache"] == ["ar"]
            assert not (value or "").startswith(("https://fremd", "//", "/media/", "#"))
            assert (changed or "").replace("&sprache=ar", "").replace("?sprache=ar", "") == (value or "").replace(
                "?#", "#"
            ) or "?" in (value or "")


def test_a_page_of_fifty_kilobytes_costs_about_a_millisecond():
    card = (
        '<li><article class="card card--list kategorie-3"><div class="card__body"><p class="card__kind">Thema</p>'
        '<h3 class="card__title"><a href="/angebote/123-deutsch-fuer-den-alltag/">Deutsch für den Alltag</a></h3>'
        '<ul class="card__facts"><li class="card__when"><svg class="icon" aria-hidden="true">'
        '<use href="/static/theming/vendor/icons.svg#calendar"></use></svg><span>Di., 24.11.</span></li></ul>'
        '<label class="option"><input class="check" type="checkbox" name="kategorie" value="1"></label></div>'
    )
    page = card * (50_000 // len(card))
    # A hundred pages, and three times what they take on the quiet machine.
    assert effort(lambda: [keep_language_in_page(page, HERE) for _ in range(100)]) < 0.3
