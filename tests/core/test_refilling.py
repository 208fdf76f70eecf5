"""A page's form as somebody had filled it in, written down by hand."""

from html import unescape

import pytest
from django.http import QueryDict

from core.refilling import refilled
from core.typed import Typed

AT = "/redaktion/etwas/"


def _back(html, typed, action=AT):
    return refilled(f'<form method="post" action="{action}">{html}</form>', Typed(AT, AT, QueryDict(typed)))


@pytest.mark.parametrize(
    ("html", "typed", "then"),
    [
        ('<input name="a" value="alt">', "a=neu+%26+%22gut%22", '<input name="a" value="neu &amp; &quot;gut&quot;">'),
        (
            "<textarea name=a>\nalt</textarea>",
            "a=eins%0Azwei+%3Cb%3E",
            "<textarea name=a>\neins\nzwei &lt;b></textarea>",
        ),
        ('<input type="checkbox" name="a" value="1">', "a=1", '<input type="checkbox" name="a" value="1" checked>'),
        ('<input type="checkbox" name="a" checked>', "b=1", '<input type="checkbox" name="a">'),
        (
            "<select name=a><option value=1 selected>Eins<option value=2>Zwei</select>",
            "a=2",
            '<select name=a><option value="1">Eins<option value="2" selected>Zwei</select>',
        ),
        ('<input type="password" name="a" value="">', "a=geheim", '<input type="password" name="a" value="">'),
        (
            '<details><input name="a" value=""></details>',
            "a=neu",
            '<details open><input name="a" value="neu"></details>',
        ),
        ('<details><input name="a" value="so"></details>', "a=so", '<details><input name="a" value="so"></details>'),
    ],
)
def test_each_kind_of_field(html, typed, then):
    found, _left = _back(html, typed)
    assert unescape(found.removeprefix(f'<form method="post" action="{AT}">').removesuffix("</form>")) == unescape(then)


RICH = '<textarea name="text" data-richtext data-html="&lt;p&gt;Alt&lt;/p&gt;">\nAlt</textarea>'


def test_the_bar_of_formats_begins_with_what_it_had_sent_and_with_nothing_unsafe():
    markup = "%3Cp%3ENeu+%3Cstrong%3Efett%3C%2Fstrong%3E%3Cscript%3Ex%3C%2Fscript%3E%3C%2Fp%3E"
    found, left = _back(RICH, f"text=Neu+fett&text_html={markup}")
    assert 'data-html="&lt;p&gt;Neu &lt;strong&gt;fett&lt;/strong&gt;&lt;/p&gt;"' in found
    assert ">\nNeu fett</textarea>" in found
    assert left == []


def test_without_a_bar_it_begins_with_what_was_typed_into_the_plain_field():
    found, _left = _back(RICH, "text=Neu%0A%0AZwei")
    assert 'data-html="&lt;p&gt;Neu&lt;/p&gt;&lt;p&gt;Zwei&lt;/p&gt;"' in found


def test_words_without_a_field_are_given_back_to_copy():
    _html, left = _back('<input name="a" value="">', "a=x&b=Ein+ganzer+Satz&c=7")
    assert left == ["Ein ganzer Satz"]
    assert _back("", "b=Ein+ganzer+Satz", action="/anderswo/")[1] == ["Ein ganzer Satz"]


def test_of_several_forms_alike_it_is_the_one_with_the_same_hidden_value():
    lines = "".join(
        f'<form action="{AT}"><input type="hidden" name="pk" value="{pk}"><input name="a" value=""></form>'
        for pk in (1, 2)
    )
    found, _left = refilled(lines, Typed(AT, AT, QueryDict("pk=2&a=neu")))
    assert found.partition('value="2"')[2].count('value="neu"') == 1
    assert found.count('value="neu"') == 1
