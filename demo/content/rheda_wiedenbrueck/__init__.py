"""Rheda-Wiedenbrück: children, young people and families, searched by postcode and radius."""

from types import MappingProxyType

from demo.content import legal
from demo.content.rheda_wiedenbrueck.places import LOCALITIES
from demo.content.rheda_wiedenbrueck.providers import FIRST
from demo.content.rheda_wiedenbrueck.providers_clubs import SECOND
from demo.content.rheda_wiedenbrueck.taxonomy import CARRIERS, CATEGORIES, TARGET_GROUPS
from demo.content.types import ImageSpec, PageSpec, PartnerSpec, SettingsSpec, ThemeSpec, Town

PORTAL = "Chancenportal Rheda-Wiedenbrück"
EMAIL = "chancenportal@rheda-wiedenbrueck.example"
PHONE = "05242 5550140"
OFFICE = "Fachbereich Jugend, Bildung und Sport"
STREET, CITY = "Rathausplatz 13", "33378 Rheda-Wiedenbrück"

PAGES = (
    PageSpec(
        "ueber-uns",
        "Über uns",
        "<p>Das Chancenportal zeigt Kindern, Jugendlichen und Eltern, was in Rheda-Wiedenbrück alles möglich"
        " ist: vom Babykurs bis zur Ausbildung.</p><h2>Unser Ziel</h2><p>Jedes Kind soll die gleichen Chancen"
        " haben, unabhängig vom Geldbeutel der Eltern. Darum stehen hier auch kostenlose Angebote und Wege zu"
        " einer Förderung.</p><h2>Wer macht mit?</h2><p>Kitas, Schulen, Vereine, Kirchen, Beratungsstellen"
        " und viele Ehrenamtliche.</p><h2>Ihr Verein fehlt?</h2><p>Schreiben Sie uns – das Portal ist für alle"
        " Anbieter kostenlos.</p>",
    ),
    legal.contact(
        office=OFFICE,
        street=STREET,
        city=CITY,
        phone=PHONE,
        email=EMAIL,
        hours="Montag bis Freitag 8 bis 12.30 Uhr, Donnerstag auch 14 bis 17.30 Uhr",
    ),
    legal.imprint(body="Stadt Rheda-Wiedenbrück", street=STREET, city=CITY, phone=PHONE, email=EMAIL, office=OFFICE),
    legal.privacy(
        body="Stadt Rheda-Wiedenbrück",
        email="datenschutz@rheda-wiedenbrueck.example",
        state_authority="Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen",
    ),
    legal.accessibility(portal=PORTAL),
    legal.terms(portal=PORTAL, offers="Angebote für Kinder, Jugendliche und Familien", provider="Anbieter"),
    PageSpec(
        "foerderung",
        "Zuschüsse für Familien",
        "<p>Sport, Musik, Ferien: Wenn das Geld knapp ist, gibt es Hilfe.</p><h2>Bildung und"
        " Teilhabe</h2><p>Familien mit Bürgergeld, Wohngeld oder Kinderzuschlag bekommen Geld für Vereine,"
        " Musikunterricht, Ausflüge und Lernhilfe.</p><h2>Familienkarte der Stadt</h2><p>Mit der Karte sind"
        " viele Kurse und Ferienangebote günstiger. Den Antrag gibt es im Rathaus.</p><h2>So geht"
        " es</h2><ol><li>Angebot aussuchen</li><li>Beim Anbieter nach der Gebühr fragen</li><li>Antrag"
        " stellen, am besten vor dem Start</li></ol><p>Beim Ausfüllen helfen die Familienzentren gern.</p>",
        footer=False,
    ),
)

TOWN = Town(
    slug="rheda-wiedenbrueck",
    name="Rheda-Wiedenbrück",
    short_name="Rheda-Wiedenbrück",
    phone_area="05242",
    box=(51.78, 8.20, 51.90, 8.40),
    seed=33378,
    theme=ThemeSpec(
        portal_name=PORTAL,
        claim="Für Kinder, Jugendliche und Familien",
        hero_title="Entdecke, was in dir steckt!",
        hero_text="Spielen, lernen, Sport treiben, Rat finden: alles, was Rheda-Wiedenbrück für Familien bereithält.",
        intro_html=(
            "<p>Ein Kurs für das Baby, ein Verein für die Tochter, ein offenes Ohr für die Eltern – gib deine"
            " Postleitzahl ein und sieh, was in der Nähe ist.</p>"
        ),
        brand="#b3123f",
        accent="#00857a",
        font="atkinson",
        logo=ImageSpec("rheda-wiedenbrueck/logo.webp", "Logo: ein Fachwerkhaus am Fluss"),
        hero=ImageSpec("rheda-wiedenbrueck/hero.webp", "Fachwerkhäuser an der Ems"),
        footer_lines=("Stadt Rheda-Wiedenbrück", OFFICE, STREET, CITY),
        email=EMAIL,
        phone=PHONE,
    ),
    settings=SettingsSpec(
        approval=False,
        place_mode="radius",
        words=MappingProxyType({"whole_area": "Ganz Rheda-Wiedenbrück"}),
    ),
    districts=(),
    localities=LOCALITIES,
    categories=CATEGORIES,
    target_groups=TARGET_GROUPS,
    carriers=CARRIERS,
    providers=FIRST + SECOND,
    pages=PAGES,
    partners=(
        PartnerSpec(
            "Bürgerstiftung Emsbogen",
            "https://buergerstiftung.example/",
            ImageSpec("rheda-wiedenbrueck/partner-buergerstiftung.webp", "Bürgerstiftung Emsbogen"),
        ),
        PartnerSpec(
            "Jugendring an der Ems",
            "https://jugendring.example/",
            ImageSpec("rheda-wiedenbrueck/partner-jugendring.webp", "Jugendring an der Ems"),
        ),
        PartnerSpec(
            "Netz Frühe Kindheit",
            "https://fruehe-kindheit.example/",
            ImageSpec("rheda-wiedenbrueck/partner-kindheit.webp", "Netz Frühe Kindheit"),
        ),
    ),
)
