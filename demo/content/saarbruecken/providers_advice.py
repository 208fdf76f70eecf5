"""Who gives advice and helps in the Regionalverband."""

from demo.content.write import org

ADVICE = (
    org(
        "migra",
        "Beratungsstelle Ankommen",
        "in der Beratungsstelle",
        "kirchlich",
        "stjohann",
        "Johannisstraße 23",
        "Gut ankommen, gut leben",
        "Beratung für Menschen, die neu im Regionalverband sind – vertraulich und in vielen Sprachen.",
        (
            (
                "Wir begleiten Zugewanderte von der ersten Anmeldung bis zum Beruf. Das Team spricht neun Sprachen"
                " und arbeitet eng mit Ämtern und Schulen zusammen."
            ),
            "Die Beratung ist kostenlos und unabhängig von Religion und Herkunft.",
        ),
        "migrationsberatung anerkennung sprachmittler tandem formularhilfe gesundheitsinfo",
        10,
        "buero",
        (("Sprachen", "<p>Arabisch, Dari, Englisch, Französisch, Kurdisch, Russisch, Türkisch, Ukrainisch</p>"),),
    ),
    org(
        "asylvk",
        "Arbeitskreis Neue Nachbarn Völklingen",
        "beim Arbeitskreis",
        "initiative",
        "vk",
        "Karl-Janssen-Weg 8",
        "Aus Fremden werden Nachbarn",
        "Ehrenamtliche begleiten Geflüchtete im Alltag, beim Deutschlernen und bei Ämtern.",
        (
            (
                "Der Arbeitskreis entstand 2015 und zählt heute über fünfzig Aktive. Wir geben Deutschstunden, helfen"
                " bei der Wohnungssuche und feiern gern zusammen."
            ),
        ),
        "sprachcafe migrationsberatung begegnung kochen radtreff ehrenamt",
        7,
        "nachmittag",
    ),
    org(
        "sprachinst",
        "Sprachinstitut Brücke",
        "im Sprachinstitut",
        "privat",
        "stjohann",
        "Dudweilerstraße 19",
        "Sprache öffnet Türen",
        "Zugelassene Sprachschule für Integrations- und Berufssprachkurse, mitten in der Stadt.",
        (
            (
                "Wir unterrichten von A1 bis C1, am Vormittag und am Abend. Unsere Lehrkräfte sind für den Unterricht"
                " mit Erwachsenen ausgebildet."
            ),
        ),
        "integrationskurs deutschkurs alphabetisierung",
        10,
        "amt",
    ),
    org(
        "schuldner",
        "Schuldner- und Insolvenzberatung Saar",
        "in der Schuldnerberatung",
        "gemeinnuetzig",
        "altsb",
        "Eisenbahnstraße 27",
        "Wege aus den Schulden",
        "Kostenlose Beratung bei Überschuldung, Pfändung und drohender Stromsperre.",
        (
            (
                "Anerkannte Beratungsstelle für den gesamten Regionalverband. Wir beraten persönlich, telefonisch und"
                " in den Rathäusern der Gemeinden."
            ),
        ),
        "schuldnerberatung energieberatung rechtsabend:3",
        6,
        "buero",
    ),
    org(
        "mieter",
        "Mieterhilfe an der Saar",
        "bei der Mieterhilfe",
        "verein",
        "stjohann",
        "Nauwieser Winkel 3",
        "Damit Wohnen bezahlbar bleibt",
        "Rat und Hilfe bei Fragen rund um Mietvertrag, Nebenkosten und Mängel.",
        (
            (
                "Juristinnen und erfahrene Ehrenamtliche prüfen Abrechnungen und Verträge. Mitglied werden kann man,"
                " muss man aber nicht."
            ),
        ),
        "mieterberatung energieberatung rechtsabend:3+4 webinar",
        6,
        "vormittag",
        accessible="no",
    ),
    org(
        "frauen",
        "Frauenhaus und Frauenberatung Mittendrin",
        "in der Frauenberatung",
        "verein",
        "stjohann",
        "Bruchwiesengasse 10",
        "An deiner Seite",
        "Beratung, Gruppen und Kurse von Frauen für Frauen.",
        (
            (
                "Wir beraten bei Gewalt, Trennung und beruflichem Neuanfang. In unseren Gruppen finden Frauen Kraft"
                " und Gesellschaft."
            ),
            "Die Adresse unserer Schutzwohnung ist geheim.",
        ),
        "frauenberatung wiedereinstieg selbsthilfe:0+1 sprachcafe gesundheitskurs",
        6,
        "vormittag",
    ),
    org(
        "drogen",
        "Fachstelle Sucht am Staden",
        "in der Fachstelle",
        "kirchlich",
        "stjohann",
        "Am Staden 31",
        "Reden ist der erste Schritt",
        "Beratung bei Alkohol, Drogen, Glücksspiel und Medien, auch für Angehörige.",
        (
            (
                "Ein Team aus Sozialarbeit, Psychologie und Medizin berät kostenlos und auf Wunsch anonym. Wir"
                " vermitteln Therapien und begleiten danach."
            ),
        ),
        "suchtberatung selbsthilfe:0+1 jugendberatung elternabend",
        7,
        "buero",
    ),
    org(
        "familie",
        "Familienberatungszentrum Regionalverband",
        "im Familienberatungszentrum",
        "kommunal",
        "altsb",
        "Heuduckstraße 4",
        "Wenn es zu Hause knirscht",
        "Erziehungs-, Trennungs- und Schwangerenberatung mit Nebenstellen in fünf Gemeinden.",
        (
            (
                "Psychologinnen und Pädagogen beraten Eltern, Kinder und Jugendliche. Anmelden kann sich jede und"
                " jeder selbst, eine Überweisung ist nicht nötig."
            ),
        ),
        "familienberatung schwangerenberatung elternabend jugendberatung babymassage",
        9,
        "buero",
    ),
    org(
        "kreuz",
        "Rettungsdienst- und Hilfswerk Saartal",
        "im Ausbildungszentrum",
        "gemeinnuetzig",
        "brebach",
        "Am Halberg 15",
        "Helfen kann jeder lernen",
        "Erste-Hilfe-Kurse, Jugendgruppen und Dienste für ältere Menschen.",
        (
            (
                "Rund 400 Ehrenamtliche sind in unseren Ortsgruppen aktiv. Im Ausbildungszentrum lernen jedes Jahr"
                " Tausende, wie man Leben rettet."
            ),
        ),
        "erstehilfe jugendgruppe:3 besuchsdienst tauschladen",
        8,
        "buero",
        (("Notruf", "<p>112 – rund um die Uhr</p>"),),
    ),
    org(
        "arbeit",
        "Beschäftigungswerk Neue Wege",
        "im Beschäftigungswerk",
        "gemeinnuetzig",
        "burbach",
        "Saardamm 9",
        "Arbeit, die weiterbringt",
        "Qualifizierung, Bewerbungshilfe und Werkstätten für Menschen ohne Arbeit.",
        (
            (
                "In Holzwerkstatt, Küche und Fahrradladen sammeln Menschen Erfahrung und Selbstvertrauen. Danach"
                " helfen wir beim Sprung in einen Betrieb."
            ),
        ),
        "bewerbung wiedereinstieg berufsorientierung anerkennung repaircafe:1+3 computerkurs",
        8,
        "buero",
        motif="arbeit",
    ),
)
