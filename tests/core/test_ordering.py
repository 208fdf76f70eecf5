"""Names in the German order: the same in the database and in Python, and on every page that lists by name."""

import unicodedata

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as Property

from core.ordering import ByName, name_key
from core.text import clean_text
from portal.offers.models import Offer
from portal.pages.models import Page
from portal.providers.models import Carrier, Provider
from portal.search.columns import load_columns
from portal.search.suggestions import suggest
from portal.taxonomy.models import Category, District, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.models import Municipality
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

# As a German reader looks for them, written down by hand.
IN_ORDER = [
    "2. Lauf",
    "3D-Druck",
    "10. Lauf",
    "30 Jahre Chor",
    "Abendkurs",
    "Änderungsschneiderei",
    "Anfang",
    "Apfel",
    "Äpfel",
    "Arzt",
    "Deutsch A1",
    "Deutsch A2",
    "Deutsch A10",
    "E-Bike",
    "Ebbe",
    "École",
    "Eltern-Kind-Turnen",
    "Eltern und Kind",
    "Elternabend",
    "(Fast) alles",
    "Fußball",
    "Fussel",
    "»Große Freiheit«",
    "🎨 Malen",
    "„Mäusebande“",
    "Mu\u0308ll",
    "Mut",
    "Œuvre",
    "ofen",
    "Öl",
    "Olaf",
    "Omas Küche",
    "Oma’s Laden",
    "Straße",
    "Strassenfest",
    "Über uns",
    "Uhr",
    "Yo\u00adga",
    "yoga am Abend",
    "'Zeit'",
    "Zumba",
]
# As they are kept: composed, without signs nobody sees.
AS_KEPT = [clean_text(name) for name in IN_ORDER]


def test_names_stand_where_a_german_reader_looks_for_them():
    shuffled = IN_ORDER[::-2] + IN_ORDER[-2::-2]
    assert sorted(shuffled, key=name_key) == IN_ORDER


@pytest.mark.parametrize(
    ("first", "second"),
    [("apfel", "Apfel"), ("Apfel", "Äpfel"), ("yoga", "Yoga"), ("Strasse", "Straße"), ("„Chor“", "Chora"), ("7", "08")],
)
def test_small_differences_decide_last(first, second):
    assert name_key(first) < name_key(second)


def by_database(names):
    given_names = "unnest(%s::text[]) WITH ORDINALITY AS given (name, number)"
    sql = ByName._sql.replace("NAME", "name")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql} FROM {given_names} ORDER BY number", [names])
        return [key for (key,) in cursor.fetchall()]


def known_to_all(text):
    """Signs that Unicode got after this Python was made are composed by newer databases only."""
    return all(unicodedata.category(sign) != "Cn" for sign in text)


COLLATIONS = ["C", "POSIX", "C.utf8", "pg_c_utf8", "de_DE.utf8", "de-x-icu", "tr-x-icu"]
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs", "Cn"]), max_size=40)
german = st.text(st.sampled_from("aAäÄoöuüÜßeéz Z09-–„“'’()·\u0308\u00ad\u200b"), max_size=12)


class Agreement(Property):
    @given(st.lists(texts | german, min_size=1, max_size=20))
    def test_the_database_and_python_make_the_same_key(self, names):
        assert by_database(names) == [name_key(name) for name in names]


def test_the_order_does_not_depend_on_the_locale_of_the_database(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT collname FROM pg_collation WHERE collname = ANY(%s)", [COLLATIONS])
        collations = [name for (name,) in cursor.fetchall()]
        for number, collation in enumerate(collations):
            cursor.execute(f'CREATE TEMPORARY TABLE names_{number} (name text COLLATE "{collation}") ON COMMIT DROP')
            cursor.execute(f"INSERT INTO names_{number} SELECT unnest(%s::text[])", [IN_ORDER[::-1]])
            cursor.execute(f"SELECT name FROM names_{number} ORDER BY {ByName._sql.replace('NAME', 'name')}", [])
            assert [name for (name,) in cursor.fetchall()] == IN_ORDER
    assert "C" in collations


@pytest.fixture
def named(ahausen):
    """A municipality in which everything that has a name bears the same names, made in a wrong order."""
    names = [IN_ORDER[number * 17 % len(IN_ORDER)] for number in range(len(IN_ORDER))]
    assert len(set(names)) == len(IN_ORDER)
    with inside(ahausen):
        provider = a_provider(name="Verein")
        TargetGroup.objects.all().delete()
        for name in names:
            an_offer(title=name, provider=provider)
            a_provider(name=name)
            Carrier.objects.create(name=name)
            Category.objects.create(name=name)
            District.objects.create(name=name)
            TargetGroup.objects.create(name=name)
    return ahausen


def test_every_list_of_the_municipality_is_in_order(named, visitor):
    with inside(named):
        columns = load_columns()
        assert list(columns.titles) == AS_KEPT
        assert list(Offer.objects.values_list("title", flat=True)) == AS_KEPT
        assert [each for each in Provider.objects.values_list("name", flat=True) if each != "Verein"] == AS_KEPT
        for model in (Carrier, Category, District, TargetGroup):
            assert list(model.objects.values_list("name", flat=True)) == AS_KEPT, model
        assert [node.name for node in load_tree()] == AS_KEPT
        assert [each.label for each in suggest("oma", now=timezone.now()) if each.kind == "offer"] == [
            "Omas Küche",
            "Oma’s Laden",
        ]
        provider = Provider.objects.get(name="Verein")
    portal = visitor("ahausen")
    pages = [portal.get(f"/angebote/?sortierung=name&seite={page}").context["cards"] for page in (1, 2, 3)]
    assert [card.title for cards in pages for card in cards] == AS_KEPT
    pages = [portal.get(f"/anbieter/?seite={page}").context["cards"] for page in (1, 2, 3)]
    assert [card.title for cards in pages for card in cards if card.title != "Verein"] == AS_KEPT
    profile = portal.get(provider.get_absolute_url())
    assert [card.title for card in profile.context["cards"]] == AS_KEPT
    search = portal.get("/angebote/").context
    assert [option.label for option in search["categories"]] == AS_KEPT
    assert [option.label for option in search["target_groups"]] == AS_KEPT
    index = [
        entry.title
        for letter in ("0-9", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        for entry in portal.get("/angebote/a-z/", {"buchstabe": letter}).context["entries"]
        if not entry.is_topic
    ]
    assert index == AS_KEPT


def test_pages_and_municipalities_are_in_order(ahausen, bedorf, visitor, person):
    Municipality.objects.filter(pk=ahausen.pk).update(name="Zweibrücken")
    Municipality.objects.filter(pk=bedorf.pk).update(name="Öhringen")
    assert [each.name for each in Municipality.objects.filter(pk__in=[ahausen.pk, bedorf.pk])] == [
        "Öhringen",
        "Zweibrücken",
    ]
    start = visitor("").get("/").content.decode()
    assert start.index("Öhringen") < start.index("Zweibrücken")
    with inside(ahausen):
        for number, title in enumerate(["Zebra", "Ämter", "„Neu hier?“"]):
            Page.objects.create(title=title, slug=f"seite-{number}", position=900)
        assert list(Page.objects.filter(position=900).values_list("title", flat=True)) == [
            "Ämter",
            "„Neu hier?“",
            "Zebra",
        ]


def test_no_model_sorts_names_as_the_database_happens_to():
    wrong = []
    for model in apps.get_models():
        for entry in (
            model._meta.ordering
            if model.__module__.startswith(("portal", "shared_categories", "tenants", "theming"))
            else ()
        ):
            plain = isinstance(entry, str) and entry.lstrip("-")
            if plain in ("name", "title", "label"):
                wrong.append(f"{model.__name__}: {entry}")
    assert wrong == []


def test_an_expression_can_be_turned_round_and_goes_through_relations(ahausen):
    with inside(ahausen):
        for name in ("Zebra", "Äpfel", "Beere"):
            an_offer(title=f"Angebot {name}", provider=a_provider(name=name))
        names = Offer.objects.order_by(ByName("provider__name").desc()).values_list("provider__name", flat=True)
        assert list(names) == ["Zebra", "Beere", "Äpfel"]
        assert Provider.objects.last().name == "Zebra"
        assert list(Offer.objects.order_by("provider").values_list("provider__name", flat=True)) == [
            "Äpfel",
            "Beere",
            "Zebra",
        ]


def test_the_key_that_the_database_keeps_is_the_one_of_the_name(ahausen):
    with inside(ahausen):
        offer = an_offer(title="Anfang")
        rows = Offer.objects.filter(pk=offer.pk)
        assert rows.get().title_key == name_key("Anfang")
        for name in IN_ORDER:
            offer.title, offer.title_key = name, "whatever was read before"
            offer.save()
            assert rows.get().title_key == name_key(offer.title)
            rows.update(title=f"{name} 7")
            assert rows.get().title_key == name_key(f"{clean_text(name)} 7")
        rows.update(title_key="by mistake")
        assert rows.get().title_key == name_key(rows.get().title)
        rows.update(state_reason="something else")
        copy = Offer(provider=offer.provider, title="Äpfel, 12 Stück", slug="kopie")
        Offer.objects.bulk_create([copy])
        assert Offer.objects.get(slug="kopie").title_key == name_key("Äpfel, 12 Stück")
        assert Provider.objects.get(pk=offer.provider_id).name_key == name_key(offer.provider.name)
        Provider.objects.update(name="Öko e. V.")
        assert Provider.objects.get(pk=offer.provider_id).name_key == name_key("Öko e. V.")
