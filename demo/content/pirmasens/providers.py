"""The houses of Pirmasens for young people, families and advice."""

from demo.content.write import org

FIRST = (
    org(
        "jugend",
        "Jugendhaus Schuhfabrik",
        "im Jugendhaus",
        "kommunal",
        "innenstadt",
        "Schäferstraße 40",
        "Große Schritte, kleine Schritte",
        "Offener Treff, Werkstätten und Bühne in einer alten Schuhfabrik.",
        (
            (
                "Wo früher Schuhe genäht wurden, ist heute Platz für Musik, Sport und eigene Ideen. Drei Fachkräfte"
                " und viele Jugendliche machen das Programm."
            ),
        ),
        "jugendtreff medienprojekt ferienfreizeit theater:0+1 jugendberatung jugendbeteiligung",
        11,
        "jugend",
        (("Fläche", "<p>800 Quadratmeter auf zwei Etagen</p>"),),
    ),
    org(
        "mobil",
        "Mobile Jugendarbeit Horeb",
        "bei der Mobilen Jugendarbeit",
        "gemeinnuetzig",
        "horeb",
        "Charlottenstraße 27",
        "Wir kommen zu euch",
        "Mit Bus, Ball und offenem Ohr auf den Plätzen der Stadt unterwegs.",
        (
            (
                "Unser Team ist nachmittags und abends draußen unterwegs und kennt fast alle mit Namen. Wer Hilfe"
                " braucht, bekommt sie ohne Umwege."
            ),
        ),
        "spielmobil jugendtreff jugendberatung bewerbung",
        7,
        "jugend",
    ),
    org(
        "zukunft",
        "Zukunftsbüro für Ausbildung und Beruf",
        "im Zukunftsbüro",
        "kommunal",
        "innenstadt",
        "Bahnhofstraße 16",
        "Dein Weg in den Beruf",
        "Eine Adresse für alle Fragen zwischen Schule, Ausbildung und Arbeit.",
        (
            (
                "Berufsberatung, Jugendhilfe und Jobcenter sitzen hier Tür an Tür. Niemand wird weitergeschickt, bis"
                " es passt."
            ),
        ),
        "berufsorientierung bewerbung schulabschluss nachhilfe wiedereinstieg",
        10,
        "buero",
        motif="arbeit",
    ),
    org(
        "pakt",
        "Kinderpakt Sieben Hügel",
        "beim Kinderpakt",
        "initiative",
        "innenstadt",
        "Hauptstraße 55",
        "Kein Kind bleibt zurück",
        "Patenschaften, Lernhilfe und schnelle Unterstützung für Kinder und Familien.",
        (
            (
                "Rund 150 Menschen engagieren sich ehrenamtlich als Lesepaten, Lernbegleiter und Familienpaten."
                " Spenden kommen ohne Abzug an."
            ),
        ),
        "hausaufgabenhilfe vorlesen ehrenamt grosseltern tauschladen",
        9,
        "vormittag",
        (("Freiwillige", "<p>rund 150</p>"),),
    ),
    org(
        "familien",
        "Familienbüro der Stadt",
        "im Familienbüro",
        "kommunal",
        "innenstadt",
        "Maler-Bürkel-Straße 30",
        "Wir kümmern uns",
        "Beratung zu Kita-Plätzen, Geldleistungen und allem, was Familien bewegt.",
        (
            (
                "Das Familienbüro ist Lotse durch Ämter und Angebote. Bei jedem neugeborenen Kind kommt auf Wunsch"
                " jemand zu Besuch."
            ),
        ),
        "tagespflege familienberatung formularhilfe elternabend schwangerenberatung",
        9,
        "amt",
    ),
    org(
        "kita1",
        "Kinderhaus Regenbogenland",
        "im Kinderhaus",
        "kommunal",
        "winzler",
        "Winzler Straße 104",
        "Bunt und gut",
        "Krippe, Kindergarten und Elterncafé im Winzler Viertel.",
        ("Kinder aus zwanzig Ländern spielen bei uns zusammen. Sprachförderung gehört zu jedem Tag.",),
        "kita elterncafe krabbelgruppe sprachcafe",
        7,
        "kita",
    ),
    org(
        "kita2",
        "Evangelische Kita Arche am Berg",
        "in der Kita",
        "kirchlich",
        "ruhbank",
        "Lemberger Straße 188",
        "Geborgen aufwachsen",
        "Kleine Kita am Waldrand mit großem Garten.",
        ("Fünfzig Kinder erleben bei uns den Wechsel der Jahreszeiten. Eltern sind jederzeit willkommen.",),
        "kita familienausflug elternabend",
        5,
        "kita",
    ),
    org(
        "eltern",
        "Elternschule Wasgau",
        "in der Elternschule",
        "gemeinnuetzig",
        "sommerwald",
        "Adam-Müller-Straße 44",
        "Eltern sein lernt man gemeinsam",
        "Kurse, Treffs und Vorträge rund um Schwangerschaft, Baby und Erziehung.",
        (
            (
                "Hebammen, Pädagoginnen und erfahrene Eltern gestalten das Programm. Wer wenig Geld hat, nimmt"
                " kostenlos teil."
            ),
        ),
        "babymassage krabbelgruppe elternabend elterncafe alleinerziehende gesundheitskurs",
        10,
        "vormittag",
    ),
    org(
        "vhs",
        "Volkshochschule Pirmasens",
        "in der Volkshochschule",
        "kommunal",
        "innenstadt",
        "Adlerstraße 12",
        "Wissen wächst mit",
        "Sprachen, Gesundheit, Beruf und Kultur für alle ab 16.",
        ("Über zweihundert Kurse im Semester, vom Deutschkurs bis zum Aquarell. Die Räume sind barrierefrei.",),
        "deutschkurs fremdsprache computerkurs vortrag gesundheitskurs kunstkurs integrationskurs alphabetisierung",
        16,
        "amt",
    ),
    org(
        "bib",
        "Stadtbücherei am Dankelsbachufer",
        "in der Stadtbücherei",
        "kommunal",
        "innenstadt",
        "Dankelsbachstraße 19",
        "Raum für Geschichten",
        "Medien für alle, Vorlesestunden, Spieleabende und ein Lesecafé.",
        ("60.000 Medien, davon ein Drittel für Kinder. Im Lesecafé liegen Zeitungen in sechs Sprachen aus.",),
        "bibliothek vorlesen lesung medienberatung programmieren",
        9,
        "buecherei",
        (("Medien", "<p>60.000</p>"),),
    ),
    org(
        "musik",
        "Städtische Musikschule Pirmasens",
        "in der Musikschule",
        "kommunal",
        "horeb",
        "Lemberger Straße 14",
        "Der Ton macht die Stadt",
        "Instrumente, Früherziehung und Ensembles für jedes Alter.",
        (
            (
                "Fünfundzwanzig Lehrkräfte unterrichten rund 700 Schülerinnen und Schüler. Auch Erwachsene fangen"
                " hier noch einmal an."
            ),
        ),
        "instrument musikgarten orchester chor",
        11,
        "nachmittag",
    ),
    org(
        "sucht",
        "Beratungszentrum Klarblick",
        "im Beratungszentrum",
        "kirchlich",
        "innenstadt",
        "Klosterstraße 9",
        "Klar sehen, weitergehen",
        "Hilfe bei Sucht, Schulden und Krisen – vertraulich und kostenlos.",
        (
            (
                "Drei Fachdienste unter einem Dach: Suchtberatung, Schuldnerberatung und allgemeine Lebensberatung."
                " Termine gibt es meist innerhalb einer Woche."
            ),
        ),
        "suchtberatung schuldnerberatung sozialberatung selbsthilfe:0+1",
        9,
        "buero",
    ),
    org(
        "migra",
        "Integrationslotsen Pirmasens",
        "bei den Integrationslotsen",
        "initiative",
        "winzler",
        "Winzler Straße 88",
        "Hand in Hand",
        "Begleitung für Menschen, die neu in der Stadt sind, durch Menschen, die es einmal waren.",
        (
            (
                "Unsere Lotsinnen und Lotsen sprechen dreizehn Sprachen. Sie helfen bei Ämtern, Schule, Arzt und beim"
                " Deutschlernen."
            ),
        ),
        "migrationsberatung sprachcafe sprachmittler tandem kochen begegnung",
        9,
        "nachmittag",
    ),
    org(
        "mieter",
        "Mieter- und Energieberatung Westpfalz",
        "in der Beratungsstelle",
        "verein",
        "innenstadt",
        "Ringstraße 71",
        "Gut wohnen, klug sparen",
        "Unabhängiger Rat bei Mietfragen und hohen Energiekosten.",
        (
            (
                "Juristinnen und Energiefachleute beraten persönlich und am Telefon. Für Menschen mit geringem"
                " Einkommen ist alles kostenlos."
            ),
        ),
        "mieterberatung energieberatung rechtsabend:3+4",
        6,
        "vormittag",
        accessible="no",
    ),
    org(
        "frauen",
        "Frauenberatung Lila Tür",
        "in der Beratungsstelle",
        "verein",
        "innenstadt",
        "Gärtnerstraße 20",
        "Du bist nicht allein",
        "Schutz, Beratung und neue Wege für Frauen und ihre Kinder.",
        (
            (
                "Die Beratungsstelle ist täglich erreichbar. In Gruppen und Kursen gewinnen Frauen Sicherheit und"
                " Zuversicht."
            ),
        ),
        "frauenberatung wiedereinstieg selbsthilfe:0+1 radtreff",
        6,
        "vormittag",
    ),
    org(
        "science",
        "Mitmachmuseum Aha",
        "im Mitmachmuseum",
        "gemeinnuetzig",
        "winzler",
        "Zweibrücker Straße 85",
        "Experimente für Neugierige",
        "Physik, Technik und Biologie zum Anfassen für Kinder und Familien.",
        (
            (
                "An sechzig Stationen wird gedreht, gedrückt und gestaunt. Am Wochenende gibt es Werkstätten für"
                " Schulkinder."
            ),
        ),
        "programmieren museum kreativwerkstatt ferienfreizeit",
        9,
        "museum",
        motif="computer",
    ),
    org(
        "fruehe",
        "Hebammenpraxis Sonnenstrahl",
        "in der Hebammenpraxis",
        "privat",
        "fehrbach",
        "Tiroler Straße 22",
        "Gut begleitet ins Leben",
        "Vorsorge, Geburtsvorbereitung und Kurse für die erste Zeit.",
        ("Drei Hebammen betreuen Familien in Pirmasens und Umgebung. Hausbesuche gehören selbstverständlich dazu.",),
        "schwangerenberatung babymassage gesundheitskurs erstehilfe",
        6,
        "vormittag",
    ),
    org(
        "teilhabe",
        "Zentrum für Teilhabe Südwestpfalz",
        "im Zentrum für Teilhabe",
        "gemeinnuetzig",
        "sommerwald",
        "Landauer Straße 60",
        "Mittendrin leben",
        "Beratung, Freizeit und Sport für Menschen mit und ohne Behinderung.",
        (
            (
                "Menschen mit Behinderung beraten hier andere auf Augenhöhe. Alle Räume sind barrierefrei,"
                " Gebärdensprache nach Absprache."
            ),
        ),
        "teilhabeberatung sportgruppe:10 kunstkurs kino",
        8,
        "buero",
    ),
    org(
        "arbeit",
        "Beschäftigungsprojekt Steil bergauf",
        "im Beschäftigungsprojekt",
        "gemeinnuetzig",
        "husterhoehe",
        "Delaware Avenue 15",
        "Schritt für Schritt",
        "Werkstätten, Sozialkaufhaus und Bewerbungshilfe für Arbeitsuchende.",
        (
            (
                "In Schreinerei, Näherei und Fahrradwerkstatt entstehen Dinge, die gebraucht werden. Im"
                " Sozialkaufhaus kann jede und jeder einkaufen."
            ),
        ),
        "bewerbung tauschladen repaircafe wiedereinstieg",
        8,
        "buero",
    ),
    org(
        "lern",
        "Lernpatenschaft Kirchberg",
        "bei der Lernpatenschaft",
        "verein",
        "innenstadt",
        "Kirchbergstraße 18",
        "Einer erklärt, zwei lernen",
        "Hausaufgabenhilfe und Lerngruppen, ehrenamtlich und nah dran.",
        (
            (
                "Schülerinnen der Oberstufe, Studierende und Pensionäre helfen Kindern beim Lernen. Der Raum ist"
                " jeden Werktag geöffnet."
            ),
        ),
        "hausaufgabenhilfe nachhilfe vorlesen",
        7,
        "nachmittag",
    ),
)
