"""Menus of two levels: what editors do with them, and what residents see at the next request."""

import json
import re
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from core.access import Role
from portal.newsletter.models import Newsletter
from portal.pages.models import Menu, Page
from portal.site.menus import services
from portal.site.menus.reading import read_menus
from portal.site.models import Kind, MenuItem, Place
from tenants.running.context import inside

HERE = "/redaktion/menues/"


def header_links(client) -> list[str]:
    """The words of all links and groups of the menu at the top, in order."""
    page = client.get("/").content.decode()
    nav = page[page.index('<ul class="nav">') : page.index('<div class="nav__tools">')]
    found = re.findall(r"<(?:a|summary)\b[^>]*>(.*?)</(?:a|summary)>", nav, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in found]


def heading(label: str) -> MenuItem:
    return MenuItem.objects.create(place=Place.HEADER, kind=Kind.HEADING, label=label, position=9)


def link(label: str, to: str, parent: MenuItem) -> MenuItem:
    return MenuItem.objects.create(place=Place.HEADER, kind=Kind.LINK, label=label, link=to, parent=parent)


def item_of(slug: str) -> MenuItem:
    return MenuItem.objects.get(page__slug=slug)


def test_a_new_municipality_has_search_providers_and_its_pages(ahausen, visitor):
    assert header_links(visitor("ahausen")) == ["Angebote", "Anbieter", "Über uns"]
    with inside(ahausen):
        footer = [node.url for node in read_menus().footer]
    assert footer == ["/kontakt/", "/impressum/", "/datenschutz/", "/barrierefreiheit/", "/nutzungsbedingungen/"]


def test_a_change_shows_at_the_next_request(ahausen, visitor, signed_in):
    editor, reader = signed_in(ahausen, Role.EDITOR), visitor("ahausen")
    assert header_links(reader) == ["Angebote", "Anbieter", "Über uns"]
    answer = editor.post(
        f"{HERE}neu/", {"where": "header", "target": "link", "link": "https://vhs.example/", "label": "VHS"}
    )
    assert answer.status_code == 302
    assert header_links(reader) == ["Angebote", "Anbieter", "Über uns", "VHS"]
    with inside(ahausen):
        item = MenuItem.objects.get(label="VHS")
        assert Entry.objects.get(action="site.menu_added").target == "VHS"
    assert editor.post(f"{HERE}{item.pk}/entfernen/").status_code == 302
    assert header_links(reader) == ["Angebote", "Anbieter", "Über uns"]


def test_an_entry_goes_below_another_and_twice_is_once(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        about, contact = item_of("ueber-uns"), item_of("kontakt")
    editor.post(f"{HERE}{contact.pk}/", {"where": "header", "target": f"seite-{contact.page_id}", "label": ""})
    page = editor.get(HERE).content.decode()
    under = re.search(rf'name="bewegen" value="([0-9.]+)" id="hinein-{contact.pk}"', page)
    assert under
    for _press in range(2):
        answer = editor.post(f"{HERE}verschieben/", {"bewegen": under[1]})
        assert answer.url == f"{HERE}?eintrag={contact.pk}#eintrag-{contact.pk}"
    assert header_links(visitor("ahausen")) == ["Angebote", "Anbieter", "Über uns", "Über uns", "Kontakt"]
    with inside(ahausen):
        assert item_of("kontakt").parent_id == about.pk
        assert Entry.objects.filter(action="site.menu_moved").count() == 1
        assert Page.objects.get(slug="kontakt").menu == Menu.HEADER


def test_up_and_down_are_places_not_steps(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        about = item_of("ueber-uns")
    page = editor.get(HERE).content.decode()
    up = re.search(rf'value="([0-9.]+)" id="hoch-{about.pk}"', page)
    for _press in range(3):
        editor.post(f"{HERE}verschieben/", {"bewegen": up[1]})
    assert header_links(visitor("ahausen")) == ["Angebote", "Über uns", "Anbieter"]


def test_a_third_level_is_refused_with_a_sentence(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        about = item_of("ueber-uns")
        top = heading("Rathaus")
        below = MenuItem.objects.create(place=Place.HEADER, kind=Kind.HEADING, label="Ämter", position=0, parent=top)
    for move in (f"{about.pk}.{below.pk}.0", f"{top.pk}.{about.pk}.0", f"{top.pk}.{top.pk}.0"):
        answer = editor.post(f"{HERE}verschieben/", {"bewegen": move}, follow=True)
        assert 'role="alert"' in answer.content.decode() or "alert--danger" in answer.content.decode()
    with inside(ahausen):
        assert {each.pk: each.parent_id for each in MenuItem.objects.filter(place="header")}[top.pk] is None
        with pytest.raises(ValidationError, match="zwei Ebenen"):
            services.put(about.pk, parent_id=below.pk, position=0, by="test")


@pytest.mark.parametrize(
    "sent", ["", "x", "1.2", "1.2.3.4", "999999.0.0", "-1.0.0", "1.0.99999999999999999999", "²..1"]
)
def test_what_no_button_says_changes_nothing(ahausen, signed_in, sent):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        before = list(MenuItem.objects.order_by("pk").values_list("pk", "parent_id", "position"))
    assert editor.post(f"{HERE}verschieben/", {"bewegen": sent}).url == HERE
    with inside(ahausen):
        assert list(MenuItem.objects.order_by("pk").values_list("pk", "parent_id", "position")) == before


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"where": "header", "target": "link", "label": "Übel", "link": "javascript:alert(1)"}, "id_link"),
        ({"where": "header", "target": "link", "label": "Fremd", "link": "//boese.example/"}, "id_link"),
        ({"where": "header", "target": "link", "label": "Leer", "link": ""}, "id_link"),
        ({"where": "header", "target": "heading", "label": ""}, "id_label"),
        ({"where": "header", "target": "", "label": "x"}, "id_target"),
        ({"where": "unter-999999", "target": "offers"}, "id_where"),
        ({"where": "header", "target": "seite-999999"}, "id_target"),
        ({"where": "header", "target": "heading", "label": "x" * 61}, "id_label"),
    ],
)
def test_bad_entries_are_told_beside_the_field_and_at_the_top(ahausen, signed_in, sent, field):
    answer = signed_in(ahausen, Role.EDITOR).post(f"{HERE}neu/", sent)
    assert answer.status_code == 200
    assert f'href="#{field}"' in answer.content.decode()
    with inside(ahausen):
        assert not MenuItem.objects.filter(label__in=["Übel", "Fremd", "Leer", "x"]).exists()


def test_what_stood_below_a_removed_entry_moves_up(ahausen, visitor, signed_in):
    with inside(ahausen):
        top = heading("Rathaus")
        MenuItem.objects.create(
            place=Place.HEADER, kind=Kind.LINK, label="Ämter", link="/aemter/", position=0, parent=top
        )
    reader = visitor("ahausen")
    assert header_links(reader)[-2:] == ["Rathaus", "Ämter"]
    signed_in(ahausen, Role.EDITOR).post(f"{HERE}{top.pk}/entfernen/")
    assert header_links(reader) == ["Angebote", "Anbieter", "Über uns", "Ämter"]


def test_a_page_that_is_not_public_is_in_no_menu_and_what_is_below_it_stays(ahausen):
    with inside(ahausen):
        about = item_of("ueber-uns")
        MenuItem.objects.create(place=Place.HEADER, kind=Kind.LINK, label="Team", link="/team/", parent=about)
        Page.objects.filter(slug="ueber-uns").update(published=False)
        assert [(node.label, node.url) for node in read_menus().header] == [
            ("", "/angebote/"), ("", "/anbieter/"), ("Team", "/team/"),
        ]  # fmt: skip


def test_a_page_that_is_deleted_leaves_the_menu_and_what_is_below_it_stays(ahausen, visitor, signed_in):
    with inside(ahausen):
        page = Page.objects.create(slug="team", title="Team", menu=Menu.HEADER)
        link("Ämter", "/aemter/", page.menu_items.get())
    signed_in(ahausen, Role.EDITOR).post(f"/redaktion/seiten/{page.pk}/loeschen/")
    assert header_links(visitor("ahausen")) == ["Angebote", "Anbieter", "Über uns", "Ämter"]
    with inside(ahausen):
        assert not Page.objects.filter(slug="team").exists()


def footer_links(client) -> list[str]:
    page = client.get("/").content.decode()
    return re.findall(r'<a href="(/[^"]*)"', page.partition("<footer")[2])


def test_the_first_newsletter_brings_its_entry_and_nothing_leads_to_none(ahausen, visitor, signed_in):
    reader = visitor("ahausen")
    sitemap = "/sitemap-newsletter-1.xml"
    assert "/newsletter/" not in footer_links(reader)
    assert reader.get(sitemap).status_code == 404
    with inside(ahausen):
        letter = Newsletter.objects.create(name="Für Familien", slug="familien")
    assert "/newsletter/" in footer_links(reader)
    listed = reader.get(sitemap).content.decode()
    assert "/newsletter/</loc>" in listed
    assert "/newsletter/familien/</loc>" in listed
    with inside(ahausen):
        Newsletter.objects.update(active=False)
    assert "/newsletter/" not in footer_links(reader)
    assert reader.get(sitemap).status_code == 404
    assert "noch nichts da" in signed_in(ahausen, Role.EDITOR).get(HERE).content.decode()
    with inside(ahausen):
        Newsletter.objects.update(active=True)
        MenuItem.objects.filter(kind=Kind.NEWSLETTER).delete()
        letter.save()
        Newsletter.objects.create(name="Für Ältere", slug="aeltere")
        assert not MenuItem.objects.filter(kind=Kind.NEWSLETTER).exists()


def test_a_heading_with_nothing_below_it_is_not_shown(ahausen):
    with inside(ahausen):
        MenuItem.objects.create(place=Place.FOOTER, kind=Kind.HEADING, label="Leer", position=99)
        assert "Leer" not in [node.label for node in read_menus().footer]


def test_a_page_says_in_which_menu_it_stands_and_the_menu_follows(ahausen):
    with inside(ahausen):
        new = Page.objects.create(slug="team", title="Team", menu=Menu.HEADER)
        assert [item.place for item in new.menu_items.all()] == [Place.HEADER]
        new.menu = Menu.FOOTER
        new.save()
        assert [item.place for item in new.menu_items.all()] == [Place.FOOTER]
        new.title = "Das Team"
        new.save()
        assert new.menu_items.count() == 1
        new.menu = Menu.NONE
        new.save()
        assert not new.menu_items.exists()


def test_pages_in_no_menu_are_named_and_put_in_by_one_press(ahausen, visitor, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        page = Page.objects.create(slug="team", title="Team", menu=Menu.NONE)
    assert f'action="{HERE}seite/{page.pk}/"' in editor.get(HERE).content.decode()
    for _press in range(2):
        editor.post(f"{HERE}seite/{page.pk}/", {"ort": "header"})
    assert header_links(visitor("ahausen"))[-1] == "Team"
    with inside(ahausen):
        assert MenuItem.objects.filter(page=page).count() == 1
        assert Page.objects.get(pk=page.pk).menu == Menu.HEADER


def test_with_its_entries_below_it_an_entry_changes_menus(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        top = heading("Rathaus")
        link("Ämter", "/aemter/", top)
    editor.post(f"{HERE}{top.pk}/", {"where": "footer", "target": "heading", "label": "Rathaus"})
    with inside(ahausen):
        footer = read_menus().footer
        assert [(node.label, [each.label for each in node.children]) for node in footer][-1] == ("Rathaus", ["Ämter"])
        assert "Rathaus" not in [node.label for node in read_menus().header]


def test_words_of_editors_cannot_break_out(ahausen, visitor):
    with inside(ahausen):
        MenuItem.objects.create(
            place=Place.HEADER, kind=Kind.LINK, label="<script>alert(1)</script>", link="/x/", position=99
        )
    page = visitor("ahausen").get("/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_empty_menu_is_no_fault(ahausen, visitor):
    with inside(ahausen):
        MenuItem.objects.all().delete()
    assert visitor("ahausen").get("/").status_code == 200


def test_the_page_asks_the_same_number_of_statements_for_few_and_many(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.get(HERE)

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor.get(HERE).status_code == 200
        return len(found)

    few = statements()
    with inside(ahausen):
        tops = MenuItem.objects.bulk_create(
            MenuItem(place=Place.HEADER, kind=Kind.HEADING, label=f"Gruppe {n}", position=n) for n in range(50)
        )
        MenuItem.objects.bulk_create(
            MenuItem(place=Place.HEADER, kind=Kind.LINK, label=f"Link {n}", link="/a/", parent=top, position=0)
            for n, top in enumerate(tops)
        )
    assert statements() == few


def test_reading_the_menus_is_one_statement(ahausen, django_assert_num_queries):
    with inside(ahausen):
        # Where to look is said once, before the first statement.
        MenuItem.objects.exists()
        with django_assert_num_queries(1):
            read_menus()


def test_sixty_entries_are_enough(ahausen):
    with inside(ahausen):
        MenuItem.objects.bulk_create(
            MenuItem(place=Place.HEADER, kind=Kind.HEADING, label=f"{n}", position=n) for n in range(services.MOST)
        )
        with pytest.raises(ValidationError, match="60"):
            services.save(MenuItem(place=Place.HEADER, kind=Kind.HEADING, label="zu viel"), by="test")


def test_portals_from_before_there_were_menus_keep_what_their_pages_say(ahausen):
    with inside(ahausen):
        MenuItem.objects.all().delete()
        Page.objects.bulk_create([Page(slug="team", title="Team", menu=Menu.HEADER, position=0),
                                  Page(slug="intern", title="Intern", menu=Menu.NONE, position=1)])  # fmt: skip
        import_module("portal.site.migrations.0002_menus_of_today").give_menus(apps, None)
        menus = read_menus()
        # As the context processor of the release before listed them: by position, then as they were made.
        for place, nodes in ((Menu.HEADER, menus.header[2:]), (Menu.FOOTER, menus.footer)):
            before = Page.objects.public().filter(menu=place).order_by("position", "pk")
            assert [node.url for node in nodes] == [page.get_absolute_url() for page in before]
        assert [node.url for node in menus.header[:2]] == ["/angebote/", "/anbieter/"]
        assert [node.url for node in menus.header[2:]] == ["/ueber-uns/", "/team/"]


def test_links_the_look_had_below_the_pages_become_a_column_of_the_menu_and_their_column_goes(ahausen):
    carried = [{"label": "Stadt", "url": "https://www.stadt.example"}, {"label": "Post", "url": "mailto:a@b.example"}]
    with inside(ahausen), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM information_schema.columns WHERE column_name = 'footer_links'")
        assert cursor.fetchall() == []
        before = read_menus()
        cursor.execute("ALTER TABLE theming_theme ADD COLUMN footer_links jsonb DEFAULT '[]'::jsonb NOT NULL")
        carry = import_module("portal.site.migrations.0003_links_of_the_look").carry
        carry(apps, None)
        assert read_menus() == before, "nothing to carry"
        cursor.execute("UPDATE theming_theme SET footer_links = %s", [json.dumps(carried)])
        for _twice in range(2):
            carry(apps, None)
        after = read_menus()
        assert after.footer[:-1] == before.footer
        assert after.header == before.header
        column = after.footer[-1]
        assert (column.label, column.url) == ("Weitere Links", "")
        assert [{"label": each.label, "url": each.url} for each in column.children] == carried
