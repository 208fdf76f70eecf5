"""From a text and values to a mail: nothing a value holds is ever more than words."""

import pytest

from mail.kinds import Group, Kind, Placeholder
from mail.rendering import letter
from tests.effort import effort

KIND = Kind(
    "probe",
    Group.OFFERS,
    "Probe",
    "an",
    "wann",
    "",
    "",
    {
        "title": Placeholder("Titel", "Yoga"),
        "why": Placeholder("Grund", "x", sometimes=True),
        "link": Placeholder("Link", "https://a.example/", required=True, button="Zum Angebot"),
    },
)


def made(body: str, subject: str = "Betreff", **values: str):
    return letter(KIND, subject, body, {"portal": "P", "title": "Yoga", "link": "https://a.example/7/", **values})


def test_values_are_filled_in_and_never_looked_into():
    found = made("{{title}} bei {{ portal }}", title="{{ link }} {% now 'Y' %} {{ portal }}")
    assert found.text == "{{ link }} {% now 'Y' %} {{ portal }} bei P\n"


def test_markup_in_a_value_stays_words():
    found = made("Hallo {{ title }}", title="<script>alert(1)</script> & <b>")
    assert "<script" not in found.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in found.html
    assert "<script>alert(1)</script> & <b>" in found.text


def test_markup_in_the_text_itself_stays_words():
    assert "<img" not in made('<img src="https://spy.example/x.gif">').html


@pytest.mark.parametrize("broken", ["Yoga\nBcc: alle@example.org", "Yoga\r\nBcc: alle@example.org", "Yoga\u2028Bcc: x"])
def test_a_line_break_in_a_subject_begins_no_header_line(broken):
    found = made("x", subject="Neu: {{ title }}", title=broken)
    assert len(found.subject.splitlines()) == 1
    assert found.subject.startswith("Neu: Yoga Bcc:")


def test_a_subject_has_an_end():
    assert len(made("x", subject="{{ title }}", title="Wort " * 1000).subject) == 200


def test_a_line_that_names_what_is_not_there_goes_without_a_gap():
    text = "Guten Tag,\n\nDer Grund: {{ why }}\n\nBis bald"
    assert made(text, why="").text == "Guten Tag,\n\nBis bald\n"
    assert made(text, why="Regen").text == "Guten Tag,\n\nDer Grund: Regen\n\nBis bald\n"
    assert made(text, why="").html == "<p>Guten Tag,</p><p>Bis bald</p>"


def test_what_nobody_fills_stays_to_be_noticed():
    assert made("{{ unbekannt }}").text == "{{ unbekannt }}\n"


def test_addresses_become_links_without_the_sentence_around_them():
    html = made("Siehe {{ link }}, oder (https://b.example/ä?x=1&y=2).").html
    assert '<a href="https://a.example/7/">https://a.example/7/</a>,' in html
    assert '<a href="https://b.example/ä?x=1&amp;y=2">https://b.example/ä?x=1&amp;y=2</a>).' in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", 'https://a.example/" onclick="x'])
def test_nothing_but_an_address_of_the_web_becomes_a_link_or_a_button(address):
    html = made("{{ link }}", link=address).html
    assert "button" not in html
    assert "onclick=" not in html.replace("&quot;", "").split(" onclick")[0]
    assert 'href="javascript' not in html
    assert 'href="data' not in html


def test_a_link_alone_on_its_line_becomes_a_button_that_says_where_it_leads():
    html = made("Hier:\n\n{{ link }}\n\nDanke").html
    assert html == (
        '<p>Hier:</p><p class="go"><a class="button" href="https://a.example/7/">Zum Angebot</a></p>'
        '<p class="address"><a href="https://a.example/7/">https://a.example/7/</a></p><p>Danke</p>'
    )
    assert "Hier:\n\nhttps://a.example/7/\n\nDanke" in made("Hier:\n\n{{ link }}\n\nDanke").text


def test_paragraphs_of_a_value_are_paragraphs():
    assert made("{{ title }}", title="eins\nzwei\n\ndrei").html == "<p>eins<br>zwei</p><p>drei</p>"


def test_lines_of_dashes_part_what_stands_above_from_below():
    assert made("a\n-----\nb").html == "<p>a</p><hr><p>b</p>"


@pytest.mark.parametrize(
    "hostile", ["{{" * 50_000, "https://" * 12_000, "\n \n" * 30_000, "<" * 100_000, "a\u0300" * 50_000]
)
def test_a_hundred_kilobytes_of_anything_are_done_at_once(hostile):
    assert effort(lambda: made("{{ title }}", title=hostile)) < 2
    assert effort(lambda: made(hostile)) < 2
