"""The frame and the components as rendered pages."""

import re
from collections.abc import Callable

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, override_settings

from tenants.models import Municipality
from tenants.running.context import inside
from theming.cards import Badge, OfferCard
from theming.services import current_theme
from theming.templatetags.cards import offer_card

Visitor = Callable[[str], Client]


@pytest.fixture
def guide(ahausen: Municipality, visitor: Visitor) -> str:
    answer = visitor("ahausen").get("/stil/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_style_guide_shows_every_component(guide: str) -> None:
    for part in ("hero", "tiles", "card__title", "facts", "pages", "crumbs", "tabs", "empty", "alert", "options"):
        assert f'class="{part}' in guide or f" {part}" in guide, part


def test_the_frame_has_what_everybody_needs(guide: str) -> None:
    assert '<html lang="de" dir="ltr" data-kern-theme="light">' in guide
    assert '<a class="skip" href="#inhalt">Zum Inhalt springen</a>' in guide
    assert guide.count("<h1") == 1
    assert guide.count("<main") == 1
    assert "Betrieben mit der Chancenportal-Plattform" in guide


def test_only_a_municipality_that_allows_it_is_shown_dark(ahausen: Municipality, visitor: Visitor) -> None:
    allowed = visitor("ahausen").get("/stil/?dunkel=1").content.decode()
    assert "data-kern-theme" not in allowed
    assert 'content="light dark"' in allowed


def test_an_error_page_without_a_look_is_as_dark_as_the_readers_system(ahausen: Municipality) -> None:
    plain = render_to_string("404.html")
    assert "theming/dark" in plain
    assert "data-kern-theme" not in plain
    assert 'content="light dark"' in plain
    with inside(ahausen):
        own = render_to_string("500.html", {"municipality": ahausen, "theme": current_theme()})
    assert "theming/dark" not in own
    assert 'data-kern-theme="light"' in own, "it allows no dark display"


def test_a_visitors_page_touches_no_session(ahausen: Municipality, visitor: Visitor) -> None:
    answer = visitor("ahausen").get("/stil/")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_nothing_comes_from_elsewhere(guide: str) -> None:
    # The other languages of a page are addresses of its own host, written out; nothing is loaded from them.
    loaded = re.findall(r'<(?:link(?! rel="alternate")|script|img|use)[^>]+(?:href|src)="([^"]+)"', guide)
    assert loaded
    assert [url for url in loaded if not url.startswith(("/", "?", "data:"))] == []


def test_a_missing_page_of_a_municipality_wears_its_look(ahausen: Municipality, visitor: Visitor) -> None:
    answer = visitor("ahausen").get("/gibt-es-nicht/")
    assert answer.status_code == 404
    assert "Chancenportal Stadt Ahausen" in answer.content.decode()
    assert 'role="search"' in answer.content.decode()


def test_an_unknown_host_is_told_no_name(ahausen: Municipality, bedorf: Municipality, visitor: Visitor) -> None:
    answer = Client(HTTP_HOST="gibt-es-nicht.localhost").get("/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "Ahausen" not in text
    assert "Bedorf" not in text
    assert "Unter dieser Adresse gibt es kein Portal" in text


@pytest.mark.parametrize("page", ["403.html", "404.html", "500.html", "503.html", "404_unknown_host.html"])
def test_error_pages_need_neither_database_nor_request(page: str) -> None:
    assert "<h1>" in render_to_string(page)


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="Kurz.")
    days = forms.MultipleChoiceField(
        label="Tage", choices=[("mo", "Montag")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="Einverstanden")


def test_a_form_ties_help_and_error_to_its_field() -> None:
    html = str(Sample({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "<legend>Tage" in html
    assert 'class="check" type="checkbox" name="days" value="mo"' in html


def test_what_visitors_type_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    card = offer_card(
        OfferCard(evil, evil, 1, evil, evil, evil, evil, evil, evil, evil, evil, evil, evil, (Badge(evil),))
    )
    box = render_to_string("components/search_box.html", {"value": evil})
    assert "<script>" not in card + box


def test_paging_keeps_the_other_parameters_and_vanishes_on_one_page() -> None:
    page = Paginator(range(100), 10).page(5)
    html = render_to_string("components/pagination.html", {"page": page, "query": "q=a&kategorie=1"})
    assert 'href="?q=a&amp;kategorie=1&amp;seite=6"' in html
    assert 'aria-current="page"' in html
    only = render_to_string("components/pagination.html", {"page": Paginator([1], 10).page(1)})
    assert "<nav" not in only


@override_settings(DEMO=False)
def test_an_icon_nobody_knows_falls_back_instead_of_breaking_the_page() -> None:
    assert "#puzzle" in render_to_string("components/icon.html", {"name": "gibt-es-nicht"})
