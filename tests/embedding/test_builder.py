"""The builder: from an address of the portal or a form to lines that show exactly that."""

import html
import re

import pytest

from core.access import Role
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.preferences.test_pages import filled

BUILDER = "/redaktion/einbetten/"


@pytest.fixture
def editor(ahausen, signed_in):
    return signed_in(ahausen, Role.EDITOR)


def lines(page):
    return [html.unescape(each) for each in re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.S)]


def source(text):
    return html.unescape(re.search(r'src="([^"]+)"', text)[1])


def test_it_begins_with_the_search_and_says_that_nobody_may_show_it_yet(editor):
    page = editor.get(BUILDER).content.decode()
    plain, growing = lines(page)
    assert source(plain) == "http://ahausen.localhost:8000/embed/suche/"
    assert 'integrity="sha384-' in growing
    assert "<chancenportal-embed>" in growing
    assert plain in growing
    assert "<script" not in plain
    assert "Noch darf keine Website" in page
    assert '<iframe class="embedding__frame" src="/embed/suche/?vorschau=1"' in page


def test_what_is_built_is_what_is_shown(editor, ahausen, visitor):
    with inside(ahausen):
        topic = Category.objects.create(name="Musik")
        an_offer(title="Geige", categories=[topic])
        an_offer(title="Laufen")
        Preferences.objects.update(embed_hosts=["www.verein.example"])
    pasted = f"http://ahausen.localhost:8000/angebote/?kategorie={topic.pk}&seite=3&ansicht=karte&sprache=en"
    page = editor.get(BUILDER, {"was": "liste", "adresse": pasted, "stil": "akzent", "anzahl": "5", "hoehe": "400"})
    plain, _growing = lines(page.content.decode())
    assert 'height="400"' in plain
    address = source(plain)
    assert address == f"http://ahausen.localhost:8000/embed/liste/?stil=akzent&anzahl=5&kategorie={topic.pk}&sprache=en"
    shown = visitor("ahausen").get(address.removeprefix("http://ahausen.localhost:8000")).content.decode()
    assert "Geige" in shown
    assert "Laufen" not in shown
    assert "www.verein.example" in page.content.decode()
    by_form = editor.get(BUILDER, {"was": "liste", "kategorie": topic.pk, "q": "Geige"}).content.decode()
    assert source(lines(by_form)[0]).endswith(f"/embed/liste/?q=Geige&kategorie={topic.pk}")


def test_one_offer_and_one_provider_by_their_addresses(editor, ahausen):
    with inside(ahausen):
        offer, provider = an_offer(title="Geige"), a_provider(name="Verein")
    for kind, thing in (("angebot", offer), ("anbieter", provider)):
        page = editor.get(BUILDER, {"was": kind, "adresse": f"https://ahausen.localhost{thing.get_absolute_url()}"})
        # The host the editor's browser names counts, too.
        assert source(lines(page.content.decode())[0]).endswith(f"/embed/{kind}/{thing.pk}/")
        wrong = editor.get(BUILDER, {"was": kind, "adresse": "/angebote/"}).content.decode()
        assert lines(wrong) == []
        assert "Bitte fügen Sie hier die Adresse" in wrong


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/angebote/",
        "javascript:alert(1)",
        "http://[",
        "/redaktion/",
        "x" * 3000,
        "//evil.example/angebote/",
    ],
)
def test_other_addresses_are_refused_with_a_sentence(editor, address):
    answer = editor.get(BUILDER, {"was": "liste", "adresse": address})
    assert answer.status_code == 200
    assert lines(answer.content.decode()) == []
    assert 'role="alert"' in answer.content.decode()


def test_nothing_typed_breaks_out_of_the_lines(editor):
    page = editor.get(BUILDER, {"was": "suche", "q": '"><script>alert(1)</script>'}).content.decode()
    plain, _growing = lines(page)
    assert plain.count("<") == 2
    assert "alert(1)</script>" not in page.replace(html.escape(plain), "")


def test_the_rule_keeps_host_names_and_refuses_others(editor, ahausen):
    rule = "/redaktion/einstellungen/einbetten/"

    def save(text):
        return editor.post(rule, {**filled(editor.get(rule).content.decode()), "embed_hosts": text})

    save("https://www.stadt.de/start\n*.verein.example, www.stadt.de")
    with inside(ahausen):
        assert Preferences.load().embed_hosts == ["www.stadt.de", "*.verein.example"]
    page = editor.get(rule).content.decode()
    assert "www.stadt.de\n*.verein.example</textarea>" in page
    refused = save("www.stadt.de\n*")
    assert "ist keine Website" in refused.content.decode()
    save("")
    with inside(ahausen):
        assert Preferences.load().embed_hosts == []
