"""Regionalverband Saarbrücken: education and advice for newcomers and everybody, in ten towns."""

from types import MappingProxyType

from demo.content import legal
from demo.content.saarbruecken.places import DISTRICTS, LOCALITIES, PHONE_AREAS
from demo.content.saarbruecken.providers import FIRST
from demo.content.saarbruecken.providers_advice import ADVICE
from demo.content.saarbruecken.providers_towns import SECOND
from demo.content.saarbruecken.taxonomy import CARRIERS, CATEGORIES, TARGET_GROUPS
from demo.content.types import ImageSpec, PageSpec, PartnerSpec, SettingsSpec, ThemeSpec, Town

PORTAL = "Bildungsportal Saar"
EMAIL = "portal@saarbruecken.example"
PHONE = "0681 5550100"
OFFICE = "Fachdienst Bildung und Teilhabe"
STREET, CITY = "Schlossplatz 1–15", "66119 Saarbrücken"

PAGES = (
    PageSpec(
        "ueber-uns",
        "Über uns",
        "<p>Das Bildungsportal Saar sammelt, was es in den zehn Städten und Gemeinden des Regionalverbands zu"
        " lernen, zu fragen und zu erleben gibt.</p><h2>Für wen?</h2><p>Für alle, die hier leben – ob seit"
        " gestern oder schon immer. Besonders denken wir an Menschen, die neu angekommen sind und sich"
        " zurechtfinden möchten.</p><h2>Wer steckt dahinter?</h2><p>Der Regionalverband betreibt das Portal"
        " gemeinsam mit Vereinen, Volkshochschulen, Beratungsstellen und Kirchengemeinden. Für alle"
        " ist das kostenlos.</p><h2>Sie fehlen noch?</h2><p>Wenn Sie ein Angebot haben, das hierher gehört,"
        " schreiben Sie uns oder rufen Sie uns an.</p>",
    ),
    legal.contact(
        office=OFFICE,
        street=STREET,
        city=CITY,
        phone=PHONE,
        email=EMAIL,
        hours="Montag bis Donnerstag 8.30 bis 15.30 Uhr, Freitag 8.30 bis 12 Uhr",
    ),
    legal.imprint(
        body="Regionalverband Saarbrücken", street=STREET, city=CITY, phone=PHONE, email=EMAIL, office=OFFICE
    ),
    legal.privacy(
        body="Regionalverband Saarbrücken",
        email="datenschutz@saarbruecken.example",
        state_authority="Unabhängiges Datenschutzzentrum Saarland",
    ),
    legal.accessibility(portal=PORTAL),
    legal.terms(portal=PORTAL, offers="Bildungs- und Beratungsangebote", provider="Anbieter"),
    PageSpec(
        "neu-hier",
        "Neu hier?",
        "<p>Willkommen im Regionalverband Saarbrücken! Diese Seite nennt die ersten"
        " Schritte.</p><ol><li><strong>Anmelden:</strong> Gehen Sie in den ersten zwei Wochen zum Bürgeramt"
        " Ihrer Stadt oder Gemeinde.</li><li><strong>Deutsch lernen:</strong> In der Kategorie „Deutsch und"
        " Sprachen“ finden Sie Kurse und offene Sprachtreffs.</li><li><strong>Fragen stellen:</strong> Die"
        " Beratungsstellen unter „Ankommen in Deutschland“ helfen kostenlos und in vielen"
        " Sprachen.</li><li><strong>Leute treffen:</strong> Unter „Nachbarschaft und Ehrenamt“ stehen Cafés,"
        " Feste und Gruppen in Ihrer Nähe.</li></ol>",
        footer=False,
    ),
)

TOWN = Town(
    slug="saarbruecken",
    name="Regionalverband Saarbrücken",
    short_name="Saarbrücken",
    phone_area="0681",
    box=(49.09, 6.75, 49.40, 7.16),
    seed=66111,
    theme=ThemeSpec(
        portal_name=PORTAL,
        claim="Lernen, fragen, ankommen",
        hero_title="Was möchten Sie lernen?",
        hero_text=(
            "Kurse, Beratung und Treffpunkte aus allen zehn Städten und Gemeinden des Regionalverbands – für"
            " Neuankömmlinge und Alteingesessene."
        ),
        intro_html=(
            "<p>Deutschkurs oder Debattierabend, Schuldenberatung oder Sprachcafé: Hier finden Sie, was in"
            " Ihrer Nähe angeboten wird.</p>"
        ),
        brand="#0b4f8a",
        accent="#e8a200",
        font="fira",
        logo=ImageSpec("saarbruecken/logo.webp", "Logo: eine Brücke über der Saar"),
        hero=ImageSpec("saarbruecken/hero.webp", "Die Alte Brücke über der Saar mit Häusern und Hügeln"),
        footer_lines=("Regionalverband Saarbrücken", OFFICE, STREET, CITY),
        email=EMAIL,
        phone=PHONE,
    ),
    settings=SettingsSpec(
        approval=True,
        place_mode="district",
        words=MappingProxyType(
            {
                "district": "Stadt oder Gemeinde",
                "districts": "Städte und Gemeinden",
                "whole_area": "Gesamter Regionalverband",
            }
        ),
    ),
    districts=DISTRICTS,
    localities=LOCALITIES,
    categories=CATEGORIES,
    target_groups=TARGET_GROUPS,
    carriers=CARRIERS,
    providers=FIRST + ADVICE + SECOND,
    pages=PAGES,
    partners=(
        PartnerSpec(
            "Netzwerk Weiterbildung Saartal",
            "https://weiterbildung.example/",
            ImageSpec("saarbruecken/partner-weiterbildung.webp", "Netzwerk Weiterbildung Saartal"),
        ),
        PartnerSpec(
            "Bündnis Willkommen",
            "https://willkommen.example/",
            ImageSpec("saarbruecken/partner-willkommen.webp", "Bündnis Willkommen"),
        ),
        PartnerSpec(
            "Stiftung Brückenschlag",
            "https://brueckenschlag.example/",
            ImageSpec("saarbruecken/partner-stiftung.webp", "Stiftung Brückenschlag"),
        ),
    ),
    phone_areas=PHONE_AREAS,
)
