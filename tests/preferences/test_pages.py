"""The pages of the rules: what they show, save, refuse and find."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from core.access import Role
from portal.preferences.defaults import DEFAULTS
from portal.preferences.models import Preferences
from portal.preferences.rulebook import OWN, RULES, SIGNING_IN
from tenants.running.context import inside
from tests.factories import an_offer

BASE = "/redaktion/einstellungen/"
PAGES = [each for each in OWN if each is not SIGNING_IN]
NAMES = {
    "offer_name": "Kurs",
    "offers_name": "Kurse",
    "provider_name": "Verein",
    "providers_name": "Vereine",
    "district_name": "Stadtteil",
    "districts_name": "Stadtteile",
    "whole_area_name": "Ganze Stadt",
}


# What the code of the release before writes while this one's columns are there already.
AS_THE_RELEASE_BEFORE = """
INSERT INTO preferences_preferences (
    id, offer_approval, place_mode, offers_without_address, offer_name, offers_name, provider_name, providers_name,
    district_name, districts_name, whole_area_name, gone_after_days
) VALUES (
    1, true, 'district', true, 'Angebot', 'Angebote', 'Anbieter', 'Anbieter',
    'Ortsteil', 'Ortsteile', 'Gesamtes Stadtgebiet', 180
)
"""


def filled(page: str) -> dict[str, str | list[str]]:
    """What a browser would send of the form as it stands."""
    form = page[page.index('id="regeln"') :]
    form = form[: form.index("</form>")]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind, checked = given.get("type"), re.search(r"\bchecked\b", tag)
        if (
            "name" in given
            and given["name"] != "csrfmiddlewaretoken"
            and (kind not in {"radio", "checkbox"} or checked)
        ):
            sent.setdefault(given["name"], []).append(unescape(given.get("value", "")))
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = [chosen[1] if chosen else ""]
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items()}


def text(response) -> str:
    """A page's markup."""
    return response.content.decode()


@pytest.fixture
def editor(ahausen, signed_in):
    return signed_in(ahausen, Role.EDITOR)


@pytest.mark.parametrize("subject", PAGES, ids=lambda each: each.slug)
def test_a_page_shows_every_rule_with_its_default_and_saves_what_it_shows_unchanged(ahausen, editor, subject):
    page = text(editor.get(subject.url))
    for rule in subject.rules:
        assert f'id="{rule.key}"' in page
    assert page.count("Standard:") == len(subject.rules)
    assert "weicht ab" not in page
    answer = editor.post(subject.url, filled(page), follow=True)
    assert "Es wurde nichts geändert." in text(answer)
    with inside(ahausen):
        assert not Entry.objects.filter(action="preferences.change").exists()


def test_saving_says_who_when_and_leads_back_to_the_default(ahausen, editor):
    page = text(editor.get(f"{BASE}namen/"))
    sent = {**filled(page), **NAMES}
    shown = text(editor.post(f"{BASE}namen/", {**sent, "wirkung": "1"}))
    assert "„12 Kurse gefunden“" in shown
    assert "3 Regeln geändert" in shown
    assert "Noch nicht gespeichert" in shown
    with inside(ahausen):
        assert Preferences.load().offers_name == "Angebote"
    done = text(editor.post(f"{BASE}namen/", sent, follow=True))
    assert "Gespeichert. 3 Regeln gelten ab jetzt." in done
    assert done.count("weicht ab") == 3
    assert "von editor@ahausen.example" in done
    with inside(ahausen):
        assert Preferences.load().whole_area_name == "Ganze Stadt"
        assert Entry.objects.get(action="preferences.change").changes["offers_name"] == ["Angebote", "Kurse"]
    back = text(editor.post(f"{BASE}namen/", {**filled(done), "standard": "offers"}))
    assert 'value="Angebote"' in back
    assert 'value="Stadtteil"' in back
    with inside(ahausen):
        assert Preferences.load().offers_name == "Kurse"
    editor.post(f"{BASE}namen/", filled(back))
    with inside(ahausen):
        row = Preferences.load()
        assert (row.offer_name, row.offers_name, row.district_name) == ("Angebot", "Angebote", "Stadtteil")


@pytest.mark.parametrize(
    ("slug", "field", "value", "sentence"),
    [
        ("namen", "offers_name", "", "Bitte geben Sie ein Wort an."),
        ("namen", "offers_name", "   ", "Bitte geben Sie ein Wort an."),
        ("namen", "offers_name", "<b>Kurse</b>", "Bitte schreiben Sie einfache Wörter"),
        ("namen", "offers_name", "Kurse &lt;", "Bitte schreiben Sie einfache Wörter"),
        ("namen", "district_name", "D" * 41, "Bitte höchstens 40 Zeichen"),
        ("orte", "usual_radius", "0", "Bitte geben Sie eine ganze Zahl von 1 bis 100 an."),
        ("orte", "usual_radius", "zehn", "Bitte geben Sie eine ganze Zahl von 1 bis 100 an."),
        ("orte", "usual_radius", "", "Bitte geben Sie eine ganze Zahl von 1 bis 100 an."),
        ("orte", "radius_steps", "2, 0", "Bitte geben Sie ganze Kilometer von 1 bis 300 an"),
        ("orte", "radius_steps", "5", "Bitte geben Sie zwei bis 8 verschiedene Entfernungen an."),
        ("orte", "radius_steps", "1,2,3,4,5,6,7,8,9", "Bitte geben Sie zwei bis 8 verschiedene Entfernungen an."),
        ("orte", "federal_state", "XX", "XX"),
        ("fristen", "stale_after_months", "25", "Bitte geben Sie eine ganze Zahl von 1 bis 24 an."),
        ("fristen", "gone_after_days", "-1", "Bitte geben Sie eine ganze Zahl von 0 bis 3650 an."),
        ("kontakt", "mail_receiver", "redaktion", "Bitte schreiben Sie die ganze Adresse"),
        ("kontakt", "mail_from", "amt@fremd.example", "darf nicht für fremd.example senden"),
        ("kontakt", "mail_sender_name", "<b>Amt</b>", "Bitte schreiben Sie einfache Wörter"),
        ("aufbewahrung", "mail_log_days", "7", "7"),
        ("suche", "page_size", "1000", "1000"),
        ("suche", "search_filters", "geheim", "geheim"),
    ],
)
def test_what_cannot_be_is_refused_with_clear_words_and_nothing_is_saved(ahausen, editor, slug, field, value, sentence):
    sent = {**filled(text(editor.get(f"{BASE}{slug}/"))), field: value}
    answer = editor.post(f"{BASE}{slug}/", sent)
    page = text(answer)
    assert answer.status_code == 200
    assert "Es wurde nichts gespeichert." in page
    assert sentence in page
    with inside(ahausen):
        row = Preferences.load()
        assert (getattr(row, field)) == DEFAULTS[field]


@pytest.mark.parametrize(("lat", "lon"), [("48.85", "2.35"), ("nan", "8"), ("1e999", "8"), ("52.1", "99")])
def test_a_middle_outside_of_germany_is_refused(ahausen, editor, lat, lon):
    sent = {**filled(text(editor.get(f"{BASE}orte/"))), "lat": lat, "lon": lon}
    page = text(editor.post(f"{BASE}orte/", sent))
    assert "Die Kartenmitte muss in Deutschland liegen." in page
    with inside(ahausen):
        assert Preferences.load().latitude is None


def test_the_middle_is_found_by_a_name_moved_by_a_button_and_saved(ahausen, editor):
    sent = {**filled(text(editor.get(f"{BASE}orte/"))), "mitte_ort": "66111", "mitte_suchen": "1"}
    found = text(editor.post(f"{BASE}orte/", sent))
    there = filled(found)
    assert 49.2 < float(there["lat"]) < 49.3
    north = filled(text(editor.post(f"{BASE}orte/", {**there, "nach": "n", "schritt": "2000"})))
    assert float(north["lat"]) - float(there["lat"]) == pytest.approx(2000 / 111190, abs=1e-5)
    with inside(ahausen):
        assert Preferences.load().latitude is None
    editor.post(f"{BASE}orte/", north)
    with inside(ahausen):
        assert Preferences.load().latitude == float(north["lat"])
    unknown = text(editor.post(f"{BASE}orte/", {**north, "mitte_ort": "Nirgendwoheim", "mitte_suchen": "1"}))
    assert "Diesen Ort kennen wir nicht." in unknown


def test_two_editors_at_once_lose_nothing(ahausen, signed_in):
    one, other = signed_in(ahausen, Role.EDITOR), signed_in(ahausen, Role.ADMIN)
    first, second = (filled(text(each.get(f"{BASE}namen/"))) for each in (one, other))
    one.post(f"{BASE}namen/", {**first, "offer_name": "Kurs", "offers_name": "Kurse"})
    # Another rule: both hold.
    other.post(f"{BASE}namen/", {**second, "district_name": "Bezirk", "districts_name": "Bezirke"})
    with inside(ahausen):
        row = Preferences.load()
        assert (row.offers_name, row.districts_name) == ("Kurse", "Bezirke")
    # The same rule: the second is shown both, and decides.
    answer = other.post(f"{BASE}namen/", {**second, "offer_name": "Termin", "offers_name": "Termine"})
    page = text(answer)
    assert answer.status_code == 409
    assert "Inzwischen gespeichert: Kurs · Kurse." in page
    assert 'value="Termine"' in page
    with inside(ahausen):
        assert Preferences.load().offers_name == "Kurse"
    other.post(f"{BASE}namen/", filled(page))
    with inside(ahausen):
        row = Preferences.load()
        assert (row.offers_name, row.districts_name) == ("Termine", "Bezirke")


def test_the_same_wish_sent_twice_is_kept_once(ahausen, editor):
    sent = {**filled(text(editor.get(f"{BASE}namen/"))), **NAMES}
    for _time in range(2):
        assert editor.post(f"{BASE}namen/", sent).status_code == 302
    with inside(ahausen):
        assert Entry.objects.filter(action="preferences.change").count() == 1


def test_groups_of_filters_are_moved_by_buttons(ahausen, editor):
    sent = filled(text(editor.get(f"{BASE}suche/")))
    moved = text(editor.post(f"{BASE}suche/", {**sent, "runter": "topic"}))
    assert re.findall(r'name="search_filters_order" value="(\w+)"', moved)[:2] == ["when", "topic"]
    assert re.search(r'value="topic" autofocus', moved)
    ticked = {**filled(moved), "search_filters": ["topic", "when", "place"]}
    editor.post(f"{BASE}suche/", ticked)
    with inside(ahausen):
        assert Preferences.load().search_filters == ["when", "topic", "place"]


@pytest.mark.parametrize(
    ("words", "rule"),
    [("Umkreis", "radius"), ("Google", "search_engines"), ("kostenfrei", "flags"), ("feiertage land", "state"),
     ("2FA", "second_factor"), ("ROBOTS.TXT", "ai_crawlers")],
)  # fmt: skip
def test_rules_are_found_by_words_and_synonyms(ahausen, signed_in, words, rule):
    admin = signed_in(ahausen, Role.ADMIN)
    page = text(admin.get(BASE, {"q": words}))
    assert f"#{rule}" in page
    assert "#offers" not in page
    desk = text(admin.get("/redaktion/", {"q": words.split()[0]}))
    assert BASE in desk


def test_words_that_fit_nothing_are_told(editor):
    assert "Keine Regel passt zu „Quark“." in text(editor.get(BASE, {"q": "Quark"}))


def test_editors_see_no_rules_of_administrators(ahausen, editor):
    page = text(editor.get(BASE))
    assert f"{BASE}anmeldung/" not in page[page.index("<main") :]
    assert editor.get(f"{BASE}anmeldung/").status_code == 404


def test_every_rule_has_words_an_explanation_or_answers_and_a_default():
    for rule in RULES.values():
        assert rule.words
        assert all(name in DEFAULTS for name in rule.fields)


def test_the_defaults_are_those_of_a_new_row(ahausen):
    with inside(ahausen):
        row = Preferences()
        for name, value in DEFAULTS.items():
            assert (row.approval_rule if name == "approval" else getattr(row, name)) == value
        Preferences.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(AS_THE_RELEASE_BEFORE)
        by_database = Preferences.objects.get()
        for name, value in DEFAULTS.items():
            assert (by_database.approval_rule if name == "approval" else getattr(by_database, name)) == value


@pytest.mark.parametrize("subject", [None, *PAGES], ids=lambda each: each.slug if each else "alle")
def test_a_page_asks_as_many_questions_for_two_offers_as_for_sixty(ahausen, editor, subject):
    address = subject.url if subject else BASE
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(latitude=49.23, longitude=7.0)
    numbers = []
    for more in (2, 58):
        with inside(ahausen):
            for _each in range(more):
                an_offer(places=[{"city": "Ahausen", "latitude": 49.2, "longitude": 7.0, "precision": "exact"}])
        editor.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(address).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
    assert numbers[1] <= 60
