"""Pirmasens: young people, families and older people, with its quarters and Ortsbezirke."""

from types import MappingProxyType

from demo.content import legal
from demo.content.pirmasens.places import DISTRICTS, LOCALITIES
from demo.content.pirmasens.providers import FIRST
from demo.content.pirmasens.providers_clubs import SECOND
from demo.content.pirmasens.taxonomy import CARRIERS, CATEGORIES, TARGET_GROUPS
from demo.content.types import ImageSpec, PageSpec, PartnerSpec, SettingsSpec, ThemeSpec, Town

PORTAL = "Wegweiser Pirmasens"
EMAIL = "wegweiser@pirmasens.example"
PHONE = "06331 5550160"
OFFICE = "Amt für Jugend und Soziales"
STREET, CITY = "Exerzierplatzstraße 17", "66953 Pirmasens"

PAGES = (
    PageSpec(
        "ueber-uns",
        "Über uns",
        "<p>Der Wegweiser Pirmasens bringt Menschen und Angebote zusammen. Wer Rat, Gesellschaft oder eine"
        " neue Aufgabe sucht, wird hier fündig.</p><h2>Drei Generationen, ein Wegweiser</h2><p>Junge Leute"
        " finden Treffs und Ausbildung, Familien Betreuung und Entlastung, ältere Menschen Geselligkeit und"
        " Pflegeberatung. Und vieles ist für alle da.</p><h2>Aus der Stadt, für die Stadt</h2><p>Die Angebote"
        " kommen von Vereinen, Kirchen, Verbänden und Einrichtungen in Pirmasens.</p>"
        "<h2>Ihre Idee zählt</h2><p>Sie vermissen etwas? Schreiben"
        " Sie uns. Aus solchen Hinweisen entstehen neue Angebote.</p>",
    ),
    legal.contact(
        office=OFFICE,
        street=STREET,
        city=CITY,
        phone=PHONE,
        email=EMAIL,
        hours="Montag bis Mittwoch 8 bis 16 Uhr, Donnerstag bis 18 Uhr, Freitag bis 12 Uhr",
    ),
    legal.imprint(body="Stadt Pirmasens", street=STREET, city=CITY, phone=PHONE, email=EMAIL, office=OFFICE),
    legal.privacy(
        body="Stadt Pirmasens",
        email="datenschutz@pirmasens.example",
        state_authority="Landesbeauftragter für den Datenschutz und die Informationsfreiheit Rheinland-Pfalz",
    ),
    legal.accessibility(portal=PORTAL),
    legal.terms(portal=PORTAL, offers="Angebote für junge Menschen, Familien und Ältere", provider="Einrichtungen"),
    PageSpec(
        "ehrenamt",
        "Ehrenamt in Pirmasens",
        "<p>Ohne Freiwillige wäre vieles in unserer Stadt nicht möglich. Wenn Sie Zeit verschenken möchten,"
        " gibt es viele Wege.</p><h2>So fangen Sie an</h2><ol><li>In der Kategorie „Miteinander“"
        " stöbern</li><li>Ein Angebot aussuchen, bei dem Engagement möglich ist</li><li>Anrufen,"
        " kennenlernen, ausprobieren</li></ol><h2>Gut zu wissen</h2><p>Freiwillige sind versichert und"
        " bekommen Auslagen ersetzt. Mit der Ehrenamtskarte gibt es Ermäßigungen in Bad, Bücherei und"
        " Museum.</p>",
        footer=False,
    ),
)

TOWN = Town(
    slug="pirmasens",
    name="Pirmasens",
    short_name="Pirmasens",
    phone_area="06331",
    box=(49.15, 7.50, 49.25, 7.68),
    seed=66953,
    theme=ThemeSpec(
        portal_name=PORTAL,
        claim="Schritt für Schritt gut beraten",
        hero_title="Wohin soll es gehen?",
        hero_text=(
            "Angebote für junge Leute, Familien und ältere Menschen – in der Innenstadt, auf dem Horeb und in"
            " allen Ortsbezirken."
        ),
        intro_html=(
            "<p>Sieben Hügel, viele Wege: Der Wegweiser zeigt Treffpunkte, Kurse und Beratung in Ihrer Nähe."
            " Suchen Sie nach einem Thema oder nach Ihrem Stadtteil.</p>"
        ),
        brand="#5a2a82",
        accent="#3f7d20",
        font="fira",
        logo=ImageSpec("pirmasens/logo.webp", "Logo: eine Treppe zwischen Hügeln"),
        hero=ImageSpec("pirmasens/hero.webp", "Treppenstufen mit Schuhen vor bewaldeten Hügeln"),
        footer_lines=("Stadt Pirmasens", OFFICE, STREET, CITY),
        email=EMAIL,
        phone=PHONE,
    ),
    settings=SettingsSpec(
        approval=True,
        place_mode="district",
        words=MappingProxyType(
            {
                "provider": "Einrichtung",
                "providers": "Einrichtungen",
                "district": "Stadtteil",
                "districts": "Stadtteile",
            }
        ),
    ),
    districts=DISTRICTS,
    localities=LOCALITIES,
    categories=CATEGORIES,
    target_groups=TARGET_GROUPS,
    carriers=CARRIERS,
    providers=FIRST + SECOND,
    pages=PAGES,
    partners=(
        PartnerSpec(
            "Kinderpakt Sieben Hügel",
            "https://kinderpakt.example/",
            ImageSpec("pirmasens/partner-kinderpakt.webp", "Kinderpakt Sieben Hügel"),
        ),
        PartnerSpec(
            "Pflegenetz Südwestpfalz",
            "https://pflegenetz.example/",
            ImageSpec("pirmasens/partner-pflegenetz.webp", "Pflegenetz Südwestpfalz"),
        ),
        PartnerSpec(
            "Handwerk bildet aus",
            "https://handwerk-bildet.example/",
            ImageSpec("pirmasens/partner-handwerk.webp", "Handwerk bildet aus"),
        ),
    ),
)
