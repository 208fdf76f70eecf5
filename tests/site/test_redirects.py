"""Addresses that moved: where they lead, what is refused, many at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.access import Role
from portal.news.models import NewsItem
from portal.pages.models import Page, Redirect
from portal.site.redirects.services import end_of, judge, same_address
from tenants.running.context import inside
from tests.factories import an_offer

HERE = "/redaktion/weiterleitungen/"


def kept() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old_path", "new_path"))


@pytest.mark.parametrize("address", ["/alt/seite.html", "/alt/seite.html/", "/alt/seite.html?x=1"])
def test_an_old_address_leads_on_for_good(ahausen, visitor, address):
    with inside(ahausen):
        Redirect.objects.create(old_path="/alt/seite.html", new_path="/angebote/?q=ferien")
    answer = visitor("ahausen").get(address)
    assert (answer.status_code, answer.url) == (301, "/angebote/?q=ferien")


def test_a_short_address_of_one_word_leads_on(ahausen, visitor):
    with inside(ahausen):
        Redirect.objects.create(old_path="/ferien", new_path="/angebote/")
    assert visitor("ahausen").get("/ferien/").url == "/angebote/"
    assert visitor("ahausen").get("/ferien", follow=True).redirect_chain[-1][0] == "/angebote/"


def test_umlauts_are_found_as_browsers_send_them(ahausen, visitor):
    with inside(ahausen):
        Redirect.objects.create(old_path="/töpfern-für-alle", new_path="/über/")
    assert visitor("ahausen").get("/t%C3%B6pfern-f%C3%BCr-alle/").url == "/%C3%BCber/"


def test_where_nothing_moved_nothing_is_there(ahausen, visitor):
    assert visitor("ahausen").get("/gibt-es-nicht/").status_code == 404
    with inside(ahausen):
        Redirect.objects.create(old_path="/ferien", new_path="/angebote/")
    # What changes something is never sent on.
    assert visitor("ahausen").post("/ferien/").status_code == 405
    assert visitor("ahausen").post("/alt/ferien/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/a%00", "/%2500/b", "/%ff%fe", "/" + "x" * 3000 + "/", "/a/../b", "/%2f%2fboese.example"]
)
def test_strange_addresses_are_simply_not_there(ahausen, visitor, address):
    with inside(ahausen):
        Redirect.objects.create(old_path="/b", new_path="/angebote/")
    assert visitor("ahausen").get(address).status_code == 404


def test_next_door_it_leads_nowhere(ahausen, bedorf, visitor):
    with inside(ahausen):
        Redirect.objects.create(old_path="/ferien", new_path="/angebote/")
    assert visitor("bedorf").get("/ferien/").status_code == 404


def test_a_page_that_is_there_answers_itself(ahausen, visitor):
    with inside(ahausen):
        Redirect.objects.create(old_path="/kontakt", new_path="/angebote/")
    assert visitor("ahausen").get("/kontakt/").status_code == 200


def test_an_editor_adds_changes_and_deletes_one(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    assert editor.post(f"{HERE}neu/", {"old_path": "/ferien", "new_path": "/angebote/?q=ferien"}).url == HERE
    assert visitor("ahausen").get("/ferien/").url == "/angebote/?q=ferien"
    with inside(ahausen):
        row = Redirect.objects.get()
    editor.post(f"{HERE}{row.pk}/", {"old_path": "/ferien", "new_path": "/anbieter/"})
    assert visitor("ahausen").get("/ferien/").url == "/anbieter/"
    assert editor.post(f"{HERE}{row.pk}/loeschen/").url == HERE
    assert visitor("ahausen").get("/ferien/").status_code == 404
    assert editor.post(f"{HERE}{row.pk}/loeschen/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("ferien", "/angebote/", "id_old_path"),
        ("/", "/angebote/", "id_old_path"),
        ("/angebote", "/anbieter/", "id_old_path"),
        ("/angebote/", "/anbieter/", "id_old_path"),
        ("/kontakt/", "/angebote/", "id_old_path"),
        ("/redaktion/x", "/angebote/", "id_old_path"),
        ("/konto", "/angebote/", "id_old_path"),
        ("/media/a.png", "/angebote/", "id_old_path"),
        ("//boese.example/", "/angebote/", "id_old_path"),
        ("/ferien?x=1", "/angebote/", "id_old_path"),
        ("https://anders.example/ferien", "/angebote/", "id_old_path"),
        ("/ferien", "//boese.example/", "id_new_path"),
        ("/ferien", "/\\boese.example", "id_new_path"),
        ("/ferien", "https://boese.example/", "id_new_path"),
        ("/ferien", "javascript:alert(1)", "id_new_path"),
        ("/ferien", "/ferien", "id_new_path"),
        ("/ferien", "/ferien/", "id_new_path"),
        ("/ferien", "/" + "x" * 500, "id_new_path"),
        ("/fe rien", "/angebote/", "id_old_path"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(ahausen, signed_in, old, new, field):
    answer = signed_in(ahausen, Role.EDITOR).post(f"{HERE}neu/", {"old_path": old, "new_path": new})
    assert answer.status_code == 200
    assert f'href="#{field}"' in answer.content.decode()
    with inside(ahausen):
        assert not Redirect.objects.exists()


def test_addresses_copied_from_the_browser_are_understood(ahausen, signed_in):
    signed_in(ahausen, Role.EDITOR).post(
        f"{HERE}neu/",
        {"old_path": "https://ahausen.localhost/t%C3%B6pfern#oben", "new_path": "https://ahausen.localhost/angebote/"},
    )
    with inside(ahausen):
        assert kept() == {"/töpfern": "/angebote/"}


def test_a_ring_is_refused_and_a_chain_leads_straight_to_its_end(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.post(f"{HERE}neu/", {"old_path": "/b", "new_path": "/c"})
    editor.post(f"{HERE}neu/", {"old_path": "/a", "new_path": "/b/"})
    editor.post(f"{HERE}neu/", {"old_path": "/c/", "new_path": "/angebote/"})
    with inside(ahausen):
        assert kept() == {"/a": "/angebote/", "/b": "/angebote/", "/c/": "/angebote/"}
    assert visitor("ahausen").get("/a/").url == "/angebote/"
    with inside(ahausen):
        row = Redirect.objects.get(old_path="/c/")
    assert editor.post(f"{HERE}{row.pk}/", {"old_path": "/c/", "new_path": "/d"}).status_code == 302
    answer = editor.post(f"{HERE}neu/", {"old_path": "/d", "new_path": "/c"})
    assert "Kreis" in answer.content.decode()
    with inside(ahausen):
        assert "/d" not in kept()


def test_where_an_offer_a_provider_or_news_answer_nothing_leads_elsewhere(ahausen, signed_in):
    """It would never be reached. One that is not public is no reason."""
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        offer = an_offer(title="Töpfern")
        item = NewsItem.objects.create(title="Fest", text="x", day="2026-01-01", released=True)
        draft = NewsItem.objects.create(title="Entwurf", text="x", day="2026-01-01")
        there = [each.get_absolute_url() for each in (offer, offer.provider, item)]
    for address in there:
        answer = editor.post(f"{HERE}neu/", {"old_path": address, "new_path": "/angebote/"})
        assert 'href="#id_old_path"' in answer.content.decode(), address
    lines = "".join(f"{address};/angebote/\n" for address in [*there, draft.get_absolute_url()])
    assert "1 Weiterleitung übernehmen" in editor.post(f"{HERE}tabelle/", {"lines": lines}).content.decode()
    editor.post(f"{HERE}tabelle/", {"lines": lines, "uebernehmen": "1"})
    with inside(ahausen):
        assert kept() == {draft.get_absolute_url(): "/angebote/"}


def test_the_same_address_twice_is_refused(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.post(f"{HERE}neu/", {"old_path": "/ferien", "new_path": "/angebote/"})
    assert editor.post(f"{HERE}neu/", {"old_path": "/ferien/", "new_path": "/anbieter/"}).status_code == 200
    with inside(ahausen):
        assert kept() == {"/ferien": "/angebote/"}


TABLE = (
    "alt;neu\n/a;/b\n/b;/angebote/\n/x;/y\n/y;/x\n/kontakt;/angebote/\n/a/;/anbieter/\nfalsch;/angebote/\n/leer;\n\n"
)


def test_a_table_is_judged_line_by_line_before_anything_is_written(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    page = editor.post(f"{HERE}tabelle/", {"lines": TABLE}).content.decode()
    assert "8 Zeilen gelesen" in page
    assert "2 Weiterleitungen übernehmen" in page
    assert "Das wäre ein Kreis" in page
    with inside(ahausen):
        assert not Redirect.objects.exists()
    for _press in range(2):
        assert editor.post(f"{HERE}tabelle/", {"lines": TABLE, "uebernehmen": "1"}).url == HERE
    with inside(ahausen):
        assert kept() == {"/a": "/angebote/", "/b": "/angebote/"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_files_of_spreadsheets_are_read(ahausen, signed_in, encoding, sign):
    content = f"alt{sign}neu\r\n/töpfern{sign}/angebote/\r\n".encode(encoding)
    editor = signed_in(ahausen, Role.EDITOR)
    sent = {"upload": SimpleUploadedFile("alt.csv", content), "uebernehmen": "1"}
    assert editor.post(f"{HERE}tabelle/", sent).url == HERE
    with inside(ahausen):
        assert kept() == {"/töpfern": "/angebote/"}


@pytest.mark.parametrize("sent", [{}, {"lines": "  "}, {"lines": "/a;/b\n" * 5001}])
def test_tables_that_cannot_be_read_say_why(ahausen, signed_in, sent):
    answer = signed_in(ahausen, Role.EDITOR).post(f"{HERE}tabelle/", sent)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_a_table_changes_what_is_there_and_leads_on_what_led_there(ahausen, signed_in):
    with inside(ahausen):
        Redirect.objects.create(old_path="/eins", new_path="/zwei")
        Redirect.objects.create(old_path="/drei", new_path="/alt")
    lines = "/zwei;/angebote/\n/drei;/anbieter/\n"
    signed_in(ahausen, Role.EDITOR).post(f"{HERE}tabelle/", {"lines": lines, "uebernehmen": "1"})
    with inside(ahausen):
        assert kept() == {"/eins": "/angebote/", "/zwei": "/angebote/", "/drei": "/anbieter/"}


def test_judging_asks_the_same_number_of_statements_for_few_and_many(ahausen):
    def statements(number: int) -> int:
        with CaptureQueriesContext(connection) as found:
            lines = judge([(n, f"/alt-{n}", "/angebote/") for n in range(number)], host="ahausen.localhost")
        assert {line.state for line in lines} == {"new"}
        return len(found)

    with inside(ahausen):
        Page.objects.exists()
        assert statements(2) == statements(600)


def test_the_list_asks_the_same_number_of_statements_for_few_and_many(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        Redirect.objects.create(old_path="/a", new_path="/b")
    editor.get(HERE)

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor.get(HERE).status_code == 200
        return len(found)

    few = statements()
    with inside(ahausen):
        Redirect.objects.bulk_create(Redirect(old_path=f"/alt-{n}", new_path="/neu/") for n in range(80))
    assert statements() == few
    assert "81 Weiterleitungen" in editor.get(HERE).content.decode()
    assert "1 Weiterleitung" in editor.get(f"{HERE}?q=alt-79").content.decode()


def test_with_and_without_a_slash_is_one_address():
    assert [same_address(each) for each in ("/", "/a", "/a/", "/a//")] == ["/", "/a", "/a", "/a"]


def test_an_old_ring_is_told_and_ends():
    with pytest.raises(Exception, match="ring|Kreis"):
        end_of("/a", {"/a": "/b", "/b": "/a"})
