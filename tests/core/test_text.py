"""What people write is kept as it reads: NFC, without signs nobody sees, wherever it enters."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.forms import CharField
from django.utils.translation import override

from core.text import clean_email, clean_text, slug_of
from portal.maps.models import MapSettings
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import an_offer

DECOMPOSED = unicodedata.normalize("NFD", "Kunst und Bühne")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (DECOMPOSED, "Kunst und Bühne"),
        ("Volks\u00adhoch\u00adschul\u00adkurs", "Volkshochschulkurs"),
        ("\ufeff\u200bMusik\u200b", "Musik"),
        ("Wasser\u200cfall \u200dTurnen", "Wasserfall Turnen"),
        ("\u202aHauptstraße 1\u202c", "Hauptstraße 1"),
        # Nothing turns round what stands behind it, in no script.
        ("שלום\u202eabc", "שלוםabc"),
        ("שלום\u2067abc", "שלוםabc"),
        ("\u2067שלום\u2069 abc", "\u2067שלום\u2069 abc"),
        # They mean something there: a Persian word, a family, a sentence in Arabic.
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("\u200fمرحبا (12)", "\u200fمرحبا (12)"),
        ("\u202bمرحبا\u202c (12)", "\u202bمرحبا\u202c (12)"),
        # Left open, it would turn the rest of the page.
        ("مرحبا \u202e12", "مرحبا 12"),
        ("\u2067مرحبا\u2069\u2067", "مرحبا"),
        # Letters that are blank.
        ("\u3164\u2800\uffa0", ""),
        ("Zeile\nZeile\tEnde", "Zeile\nZeile\tEnde"),
        ("½ ﬁ ²", "½ ﬁ ²"),
    ],
)
def test_text_is_kept_as_it_reads(written, kept):
    assert clean_text(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("mailto:info@probe.example", "info@probe.example"),
        ("mailto:info%40probe.example", "info@probe.example"),
        ("MAILTO:info@probe.example?subject=Hallo", "info@probe.example"),
        ("\u200binfo@\u00adprobe.example", "info@probe.example"),
        ("Anna Muster <anna@probe.example>", "anna@probe.example"),
        ("anna@probe.example", "anna@probe.example"),
        ("keine Adresse", "keine Adresse"),
    ],
)
def test_addresses_of_mail_come_out_of_what_programs_make_of_them(written, kept):
    assert clean_email(written) == kept


def test_an_address_of_a_page_does_not_depend_on_how_letters_are_written():
    assert slug_of(DECOMPOSED, fallback="x") == "kunst-und-buehne"


def test_every_way_into_the_tables_cleans(ahausen):
    with inside(ahausen):
        offer = an_offer(title=f"{DECOMPOSED}\u00ad", description=f"<p>{DECOMPOSED}\u200b</p>")
        assert offer.title == "Kunst und Bühne"
        Provider.objects.bulk_create(
            [Provider(name=DECOMPOSED, slug="a", email="\u200ba@b.example", website="https://a.example/\u200b")]
        )
        bulk = Provider.objects.get(slug="a")
        assert (bulk.name, bulk.email, bulk.website) == ("Kunst und Bühne", "a@b.example", "https://a.example/")
        Offer.objects.update(summary=DECOMPOSED)
        offer.refresh_from_db()
        assert (offer.summary, offer.description) == ("Kunst und Bühne", "<p>Kunst und Bühne</p>")
        assert Offer.objects.filter(title=DECOMPOSED).get() == offer


def test_two_names_that_look_the_same_are_the_same(ahausen):
    with inside(ahausen):
        Category.objects.create(name="Bühne")
        twin = Category(name=unicodedata.normalize("NFD", "Bühne"))
        with pytest.raises(ValidationError):
            twin.full_clean()


def test_a_form_looks_at_what_was_cleaned(ahausen):
    with inside(ahausen):
        field = Provider._meta.get_field("email").formfield()
        assert field.clean("\u200bmailto:info@probe.example") == "info@probe.example"
        assert Provider._meta.get_field("name").formfield().clean(DECOMPOSED) == "Kunst und Bühne"


@pytest.mark.django_db
def test_the_fields_stay_djangos_own_for_migrations():
    for field in (Offer._meta.get_field("title"), MapSettings._meta.get_field("attribution")):
        assert isinstance(field, models.CharField)
        assert field.deconstruct()[1] == "django.db.models.CharField"
    assert Offer._meta.get_field("description").deconstruct()[1] == "core.models.HtmlField"
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_what_is_too_long_is_told_in_plain_words():
    with override("de"), pytest.raises(ValidationError) as error:
        CharField(max_length=5).clean("Nähcafé")
    assert error.value.messages == ["Bitte höchstens 5 Zeichen; jetzt sind es 7."]
