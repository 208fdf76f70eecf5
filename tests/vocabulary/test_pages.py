"""The editors' pages: what they show, what each button does, and what the public sees at the next request."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from audit.models import Entry as AuditEntry
from core.access import Role
from portal.exchange.excel import names
from portal.offers import editing
from portal.offers.models import Offer
from portal.providers.models import Carrier, Provider
from portal.revisions.models import Revision
from portal.start.models import Entry, Kind, Section
from portal.subscriptions.models import Subscription
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from portal.usage.counting import Tally
from portal.usage.models import DailyCategorySearch
from portal.vocabulary import merging
from portal.vocabulary.kinds import CARRIERS, CATEGORIES, DISTRICTS, KINDS, MARKERS, TARGET_GROUPS
from portal.vocabulary.uses import uses_of
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

THEMES = "/redaktion/themen/"


@pytest.fixture
def town(ahausen):
    """Three topics, one of them below another, and an offer in each."""
    with inside(ahausen):
        family = Category.objects.create(name="Familie", color="#0b6e69", icon="family")
        holiday = Category.objects.create(name="Ferien", parent=family)
        sport = Category.objects.create(name="Sport", position=1)
        for topic, title in ((family, "Elterncafé"), (holiday, "Zeltlager"), (sport, "Judo")):
            an_offer(title=title, categories=[topic])
    return ahausen


@pytest.fixture
def editor(town, signed_in):
    return signed_in(town, Role.EDITOR)


def page(client, path, **asked):
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def pk(name, model=Category):
    return model.objects.get(name=name).pk


def picture(kind="JPEG", size=(60, 40)):
    file = BytesIO()
    made = Image.new("RGB", size, "red")
    exif = made.getexif()
    exif[0x010F] = "Geheime Kamera"
    made.save(file, kind, exif=exif) if kind == "JPEG" else made.save(file, kind)
    return SimpleUploadedFile(f"bild.{kind.lower()}", file.getvalue())


def test_the_list_says_how_many_offers_each_topic_has_with_what_is_below(town, editor):
    with inside(town):
        both = an_offer(title="Beides")
        both.categories.set([pk("Familie"), pk("Ferien")])
        editing.trash(an_offer(title="Weg", categories=[pk("Sport")]), by="test")
    text = page(editor, THEMES)
    shown = dict(re.findall(r'>(Familie|Ferien|Sport)</a>.*?node__number">(\d+)<', text))
    assert shown == {"Familie": "3", "Ferien": "2", "Sport": "1"}
    assert "2 Themen, 1 Unterthemen." in text


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_list_has_its_page_and_says_when_it_is_empty(ahausen, signed_in, kind):
    with inside(ahausen):
        kind.model.objects.all().delete()
    client = signed_in(ahausen, Role.EDITOR)
    assert "Hier steht noch nichts." in page(client, kind.url)
    assert client.post(f"/redaktion/themen/{kind.slug}/neu/", {"name": "Neues"}).status_code == 302
    text = page(client, kind.url)
    assert ">Neues</a>" in text
    with inside(ahausen):
        assert AuditEntry.objects.filter(action="vocabulary.added", target="Neues").exists()


def test_a_button_moves_an_entry_and_its_new_place_is_said_where_the_focus_is(town, editor):
    with inside(town):
        sport, family = pk("Sport"), pk("Familie")
    sent = re.search(rf'value="({sport}:[^"]*:hoch)"', page(editor, THEMES))[1]
    answer = editor.post(f"{THEMES}baum/bewegen/", {"bewegen": sent})
    assert answer.url == f"{THEMES}?bewegt={sport}&taste=hoch#eintrag-{sport}"
    text = page(editor, answer.url.partition("#")[0])
    assert "„Sport“ steht an erster von zwei Stellen." in text
    assert re.search(rf'id="hoch-{sport}" aria-disabled="true" autofocus aria-describedby="stand"', text)
    with inside(town):
        assert list(Category.objects.filter(parent=None).values_list("pk", flat=True)) == [sport, family]


def test_out_of_another_topic_and_under_it_again(town, editor):
    with inside(town):
        holiday, family, sport = pk("Ferien"), pk("Familie"), pk("Sport")
    sent = re.search(rf'value="({holiday}:[^"]*:hinaus)"', page(editor, THEMES))[1]
    editor.post(f"{THEMES}baum/bewegen/", {"bewegen": sent})
    with inside(town):
        assert list(Category.objects.filter(parent=None).values_list("pk", flat=True)) == [family, holiday, sport]
    editor.post(f"{THEMES}baum/{holiday}/verschieben/", {"parent": sport})
    with inside(town):
        assert Category.objects.get(pk=holiday).parent_id == sport


def test_a_move_into_itself_is_refused_with_both_names(town, editor):
    with inside(town):
        family, holiday = pk("Familie"), pk("Ferien")
    editor.post(f"{THEMES}baum/bewegen/", {"bewegen": f"{family}:{holiday}::gezogen"})
    assert "„Familie“ kann nicht unter „Ferien“ stehen: „Ferien“ steht selbst unter „Familie“." in page(editor, THEMES)


@pytest.mark.parametrize("sent", ["", "x", "::", "0", "99999999999999999999", "-1:2:3", "٣:1:2"])
def test_nonsense_moves_nothing(town, editor, sent):
    answer = editor.post(f"{THEMES}baum/bewegen/", {"bewegen": sent})
    assert answer.status_code in {302, 404}
    with inside(town):
        assert not AuditEntry.objects.filter(action="vocabulary.moved").exists()


def test_a_new_name_and_colour_are_public_at_the_next_request(town, editor, visitor):
    with inside(town):
        sport = pk("Sport")
    portal = visitor("ahausen")
    assert "Sport" in page(portal, "/")
    given = {"name": "Sport und Spiel", "parent": "", "icon": "sport", "color": "A30"}
    assert editor.post(f"{THEMES}baum/{sport}/", given).status_code == 302
    assert "Sport und Spiel" in page(portal, "/")
    assert "Sport und Spiel" in page(portal, "/angebote/")
    with inside(town):
        assert Category.objects.get(pk=sport).color == "#aa3300"
        changes = AuditEntry.objects.get(action="vocabulary.changed").changes
        assert changes["name"] == ["Sport", "Sport und Spiel"]
        assert changes["color"] == ["", "#aa3300"]


def test_errors_stand_above_with_links_and_nothing_is_saved(town, editor):
    with inside(town):
        sport = pk("Sport")
    answer = editor.post(f"{THEMES}baum/{sport}/", {"name": "", "parent": "", "color": "rot", "icon": ""})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="#id_name"' in text
    assert 'href="#id_color"' in text
    twice = editor.post(f"{THEMES}baum/neu/", {"name": "Ferien", "parent": pk_of(town, "Familie"), "color": ""})
    assert "An dieser Stelle gibt es schon eine Kategorie mit diesem Namen" in twice.content.decode()
    with inside(town):
        assert Category.objects.filter(name="Ferien").count() == 1


def pk_of(town, name):
    with inside(town):
        return pk(name)


def test_a_colour_can_be_tried_before_it_is_saved(town, editor):
    sport = pk_of(town, "Sport")
    text = editor.post(
        f"{THEMES}baum/{sport}/", {"name": "Sport", "parent": "", "color": "#ffff00", "pruefen": "1"}
    ).content.decode()
    assert "gut lesbar" in text
    assert "für Schrift zu hell" in text
    with inside(town):
        assert Category.objects.get(pk=sport).color == ""


def test_a_picture_is_made_anew_without_what_the_camera_noted_and_needs_its_maker(town, editor):
    sport = pk_of(town, "Sport")
    given = {"name": "Sport", "parent": "", "color": "", "icon": ""}
    without = editor.post(f"{THEMES}baum/{sport}/", {**given, "image": picture()})
    assert "von wem das Bild ist" in without.content.decode()
    drawn = SimpleUploadedFile("x.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    assert editor.post(f"{THEMES}baum/{sport}/", {**given, "image": drawn, "image_copyright": "x"}).status_code == 200
    with inside(town):
        assert not Category.objects.get(pk=sport).image
    done = editor.post(f"{THEMES}baum/{sport}/", {**given, "image": picture(), "image_copyright": "Foto: Eva"})
    assert done.status_code == 302
    with inside(town):
        stored = Category.objects.get(pk=sport).image
        with stored.open() as file:
            content = file.read()
    assert stored.name.endswith(".webp")
    assert content[8:12] == b"WEBP"
    assert b"Geheime Kamera" not in content


def test_merging_shows_first_what_would_happen_and_then_old_links_lead_on(town, editor, visitor):
    with inside(town):
        holiday, sport = pk("Ferien"), pk("Sport")
        an_offer(title="Beides", categories=[holiday, sport])
        section = Section.objects.create(kind=Kind.TILES, visible=True, position=90)
        Entry.objects.create(section=section, title="Ferien!", link=f"/angebote/?kategorie={holiday}")
        Subscription.objects.create(email="a@example.org", query=f"kategorie={holiday}", created_at="2026-01-01T00:00Z")
    address = f"{THEMES}baum/{holiday}/zusammenfuehren/"
    text = page(editor, address, into=sport)
    assert "2 Angebote gehören dann zu „Sport“" in text
    assert "1 davon gehört schon dazu." in text
    assert "1 gespeicherte Suche" in text
    assert "1 Link der Startseite" in text
    with inside(town):
        assert Category.objects.filter(pk=holiday).exists()
    assert editor.post(address, {"into": sport}).url == f"{THEMES}baum/{sport}/"
    assert editor.get(f"{THEMES}baum/{holiday}/").url == f"{THEMES}baum/{sport}/"
    portal = visitor("ahausen")
    found = page(portal, "/angebote/", kategorie=holiday)
    assert {title for title in ("Zeltlager", "Judo", "Beides", "Elterncafé") if title in found} == {
        "Zeltlager",
        "Judo",
        "Beides",
    }
    assert re.search(rf'rel="canonical" href="[^"]*/angebote/\?kategorie={sport}"', found)
    feed = portal.get("/angebote/feed.atom", {"kategorie": holiday}).content.decode()
    assert "Zeltlager" in feed
    assert "Elterncafé" not in feed


def test_links_of_what_was_merged_twice_lead_to_the_last(town):
    with inside(town):
        a, b, c = (Category.objects.create(name=name) for name in ("A", "B", "C"))
        numbers = a.pk, b.pk
        merging.merge(CATEGORIES, a.pk, b.pk, by="test")
        merging.merge(CATEGORIES, b.pk, c.pk, by="test")
        from portal.taxonomy.aliases import followed

        assert followed(Category, [*numbers, c.pk]) == [c.pk]


def test_texts_that_are_being_written_follow_a_merge_without_a_quarrel(town, person):
    with inside(town):
        holiday, sport = pk("Ferien"), pk("Sport")
        offer = an_offer(title="Kurs", categories=[holiday])
    author = person(town, Role.EDITOR)
    with inside(town):
        content = {"categories": [holiday], "target_groups": [], "markers": []}
        from portal.revisions.kinds import kind
        from portal.revisions.tokens import mark_of, marks_of

        said = kind("offer").take(offer)
        draft = Revision.objects.create(
            kind="offer",
            subject_id=offer.pk,
            content={**said, **content, "title": "Kurs neu"},
            format=kind("offer").format,
            marks=marks_of(said),
            author=author,
        )
        merging.merge(CATEGORIES, holiday, sport, by="test")
        draft.refresh_from_db()
        assert draft.content["categories"] == [sport]
        assert draft.content["title"] == "Kurs neu"
        assert draft.marks["categories"] == mark_of([sport])
        # What was merged long ago is found by an old version, too.
        kind("offer").apply(offer, {**said, "categories": [holiday]}, {"categories"})
        assert list(Offer.objects.get(pk=offer.pk).categories.values_list("pk", flat=True)) == [sport]


@pytest.mark.parametrize(
    ("kind", "model", "use"),
    [
        (TARGET_GROUPS, TargetGroup, "offer"),
        (DISTRICTS, District, "place"),
        (MARKERS, Marker, "offer"),
        (CARRIERS, Carrier, "provider"),
    ],
)
def test_the_other_lists_merge_alike(town, kind, model, use):
    with inside(town):
        old, new = model.objects.create(name="Alt"), model.objects.create(name="Neu")
        offer = an_offer(places=[{"district": old}] if use == "place" else [])
        provider = a_provider(carrier=old if model is Carrier else None, district=old if use == "place" else None)
        if model is TargetGroup:
            offer.target_groups.set([old])
        if model is Marker:
            offer.markers.set([old, new])
        uses = uses_of(kind, old.pk)
        assert (uses.offers, uses.providers) == (int(use != "provider"), int(use != "offer"))
        merging.merge(kind, old.pk, new.pk, by="test")
        assert not model.objects.filter(name="Alt").exists()
        if model is TargetGroup:
            assert list(offer.target_groups.all()) == [new]
        if model is Marker:
            assert list(offer.markers.all()) == [new]
        if use == "place":
            assert offer.locations.get().district_id == new.pk
            assert Provider.objects.get(pk=provider.pk).district_id == new.pk
        if model is Carrier:
            assert Provider.objects.get(pk=provider.pk).carrier_id == new.pk


def test_what_is_retired_cannot_be_chosen_but_is_found_and_can_come_back(town, editor, visitor):
    with inside(town):
        family, holiday = pk("Familie"), pk("Ferien")
    address = f"{THEMES}baum/{family}/stilllegen/"
    text = page(editor, address)
    assert "1 Angebot" in text
    assert "Mit ihm auch, was darunter steht: Ferien." in text
    assert editor.post(address).status_code == 302
    portal = visitor("ahausen")
    filters = page(portal, "/angebote/")
    assert f'value="{family}"' not in filters
    assert f'value="{holiday}"' not in filters
    assert "Zeltlager" in page(portal, "/angebote/", kategorie=holiday)
    assert f"kategorie={family}" not in page(portal, "/")
    assert "stillgelegt" in page(editor, THEMES)
    with inside(town):
        assert Offer.objects.get(title="Elterncafé").categories.filter(pk=family).exists()
    editor.post(f"{THEMES}baum/{family}/wieder/")
    assert f'value="{family}"' in page(portal, "/angebote/")


def test_only_what_nothing_hangs_on_can_be_deleted(town, editor):
    with inside(town):
        sport, spare = pk("Sport"), Category.objects.create(name="Leer", position=9).pk
    assert "Löschen geht nur, wenn nichts daran hängt" in page(editor, f"{THEMES}baum/{sport}/loeschen/")
    editor.post(f"{THEMES}baum/{sport}/loeschen/")
    editor.post(f"{THEMES}baum/{spare}/loeschen/")
    with inside(town):
        assert Category.objects.filter(pk=sport).exists()
        assert not Category.objects.filter(pk=spare).exists()
        assert AuditEntry.objects.get(action="vocabulary.deleted").changes["kept"][0]["name"] == "Leer"


def test_an_internal_marker_is_not_shown_to_residents(town, visitor):
    with inside(town):
        offer = Offer.objects.get(title="Judo")
        offer.markers.set(
            [Marker.objects.create(name="Elternschule"), Marker.objects.create(name="Prüfliste 7", internal=True)]
        )
    text = page(visitor("ahausen"), offer.get_absolute_url())
    assert "Elternschule" in text
    assert "Prüfliste 7" not in text


def test_five_hundred_entries_cost_the_same_statements_as_five(town, editor, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page(editor, THEMES)
    with CaptureQueriesContext(connection) as few:
        page(editor, THEMES)
    with inside(town):
        root = pk("Familie")
        Category.objects.bulk_create(
            Category(name=f"T{n}", parent_id=root if n % 3 else None, position=n) for n in range(500)
        )
    with CaptureQueriesContext(connection) as many:
        page(editor, THEMES)
    assert len(many) == len(few)
    assert len(few) < 40


def test_tables_of_providers_that_name_what_was_merged_are_understood(town):
    with inside(town):
        holiday, sport = pk("Ferien"), pk("Sport")
        merging.merge(CATEGORIES, holiday, sport, by="test")
        old, new = District.objects.create(name="Alt"), District.objects.create(name="Neu")
        merging.merge(DISTRICTS, old.pk, new.pk, by="test")
        known = names.load()
        assert known.categories.one("Ferien") == sport
        assert known.districts.one("Alt") == new.pk
        # Whoever has the name today is meant.
        again = Category.objects.create(name="Ferien", position=7)
        assert names.load().categories.one("Ferien") == again.pk


def test_searches_by_an_old_link_count_for_the_topic_it_leads_to(town):
    with inside(town):
        holiday, sport = pk("Ferien"), pk("Sport")
        day = timezone.localdate()
        for topic, source, count in ((holiday, "", 3), (sport, "", 4), (holiday, "typo3", 5)):
            DailyCategorySearch.objects.create(day=day, category_id=topic, source=source, count=count)
        merging.merge(CATEGORIES, holiday, sport, by="test")
        counted = Tally()
        counted.add("ahausen", DailyCategorySearch, [holiday, sport])
    counted.write()
    with inside(town):
        figures = set(DailyCategorySearch.objects.values_list("category_id", "source", "count"))
        assert figures == {(sport, "", 9), (sport, "typo3", 5)}


def test_what_hangs_only_here_is_counted(town):
    with inside(town):
        holiday, sport = pk("Ferien"), pk("Sport")
        an_offer(categories=[holiday, sport])
        uses = uses_of(CATEGORIES, holiday)
        assert (uses.offers, uses.only_here, uses.below, uses.any) == (2, 1, 0, True)
        family = uses_of(CATEGORIES, pk("Familie"))
        assert (family.offers, family.only_here, family.below, family.all_offers) == (1, 1, 1, 3)
        assert not uses_of(MARKERS, Marker.objects.create(name="X").pk).any
