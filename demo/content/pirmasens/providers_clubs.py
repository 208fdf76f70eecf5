"""Clubs, parishes and meeting places in the quarters and Ortsbezirke of Pirmasens."""

from demo.content.write import org

SECOND = (
    org(
        "senbuero",
        "Seniorenbüro Pirmasens",
        "im Seniorenbüro",
        "kommunal",
        "innenstadt",
        "Exerzierplatzstraße 9",
        "Aktiv und gut beraten",
        "Auskunft, Kurse und Geselligkeit für Menschen ab 60.",
        (
            (
                "Das Seniorenbüro berät zu Pflege, Wohnen und Vorsorge. Dazu kommt ein Monatsprogramm mit rund"
                " dreißig Terminen."
            ),
        ),
        "pflegeberatung seniorentreff seniorensport computerkurs rechtsabend besuchsdienst",
        12,
        "vormittag",
        (("Telefonkette", "<p>täglich zwischen 8 und 9 Uhr</p>"),),
    ),
    org(
        "pflege",
        "Pflegestützpunkt Stadt Pirmasens",
        "im Pflegestützpunkt",
        "land",
        "innenstadt",
        "Schützenstraße 33",
        "Neutral und kostenlos",
        "Unabhängige Beratung rund um Pflege, Hilfsmittel und Entlastung.",
        (
            (
                "Zwei Fachkräfte beraten im Büro, am Telefon und zu Hause. Sie kennen alle Dienste der Stadt und"
                " helfen bei Anträgen."
            ),
        ),
        "pflegeberatung selbsthilfe:2+5 demenz",
        6,
        "buero",
    ),
    org(
        "nagel",
        "Mehrgenerationenhaus Hand in Hand",
        "im Mehrgenerationenhaus",
        "kirchlich",
        "horeb",
        "Nagelschmiedsbergstraße 5",
        "Vier Generationen, ein Tisch",
        "Mittagstisch, Café, Krabbelgruppe und Hilfe im Alltag.",
        (
            (
                "Hier essen Schulkinder neben Großmüttern, und nachmittags wird zusammen gewerkelt. Offen an sechs"
                " Tagen in der Woche."
            ),
        ),
        "mittagstisch nachbarschaftscafe krabbelgruppe repaircafe formularhilfe kochen",
        9,
        "cafe",
    ),
    org(
        "quartier",
        "Quartiersladen Winzler Viertel",
        "im Quartiersladen",
        "gemeinnuetzig",
        "winzler",
        "Winzler Straße 90",
        "Hier bewegt sich was",
        "Treffpunkt und Ideenwerkstatt für alle, die im Viertel leben.",
        (
            (
                "Aus einer leeren Bäckerei wurde ein Ort für Ideen. Wer etwas anstoßen möchte, bekommt Schlüssel,"
                " Kaffee und Unterstützung."
            ),
        ),
        "nachbarschaftscafe begegnung garten sozialberatung tauschladen",
        8,
        "cafe",
    ),
    org(
        "paul",
        "Kirchengemeinde am Sommerwald",
        "im Gemeindehaus",
        "kirchlich",
        "sommerwald",
        "Steinstraße 28",
        "Gemeinde lebt",
        "Chöre, Seniorennachmittage und Gruppen für Kinder.",
        (
            (
                "Das Gemeindehaus steht allen offen. Viele Gruppen treffen sich schon seit Jahrzehnten, andere sind"
                " gerade erst entstanden."
            ),
        ),
        "chor seniorentreff kinderkirche jugendgruppe:0 besuchsdienst",
        8,
        "vormittag",
    ),
    org(
        "luther",
        "Treff im Turm",
        "im Turmtreff",
        "kirchlich",
        "innenstadt",
        "Hauptstraße 72",
        "Offen für alle",
        "Mittagstisch, Gesprächskreise und Kultur in der Innenstadt.",
        (
            (
                "Im Turmzimmer gibt es Kaffee, im Saal Konzerte und Vorträge. Willkommen sind alle, mit und ohne"
                " Gesangbuch."
            ),
        ),
        "mittagstisch selbsthilfe:0+1 lesung vortrag chor",
        7,
        "cafe",
        accessible="no",
    ),
    org(
        "tafel",
        "Lebensmittelbrücke Pirmasens",
        "bei der Lebensmittelbrücke",
        "verein",
        "husterhoehe",
        "Texas Avenue 6",
        "Retten und teilen",
        "Lebensmittel für Menschen mit wenig Geld, dazu Beratung und Kleidung.",
        (
            (
                "Siebzig Freiwillige holen jede Woche mehrere Tonnen Lebensmittel ab und geben sie weiter. Neue"
                " Helferinnen und Helfer sind willkommen."
            ),
        ),
        "tafel tauschladen ehrenamt",
        5,
        "vormittag",
    ),
    org(
        "tvp",
        "Turnverein Horeb",
        "im Turnverein",
        "verein",
        "horeb",
        "Jahnstraße 10",
        "Bewegung verbindet",
        "Turnen, Tanz, Handball und Rehasport auf dem Horeb.",
        (
            (
                "Zwölf Abteilungen mit 1.100 Mitgliedern. Für Kinder aus Familien mit wenig Geld ist die"
                " Mitgliedschaft frei."
            ),
        ),
        "eltern_kind_turnen sportgruppe:2+4+5+6+11 rehasport tanz seniorensport",
        11,
        "abend",
    ),
    org(
        "fk",
        "Fußballclub Sieben Hügel",
        "im Fußballclub",
        "verein",
        "ruhbank",
        "An der Ruhbank 3",
        "Sieben Hügel, elf Freunde",
        "Fußball und Basketball für Mädchen, Jungen und Erwachsene.",
        ("Bei uns spielen Kinder ab vier Jahren. Wichtiger als Tore ist, dass alle mitspielen dürfen.",),
        "sportgruppe:0+1+9 vereinsberatung ferienfreizeit",
        7,
        "abend",
    ),
    org(
        "schwimm",
        "Schwimmclub Pfalzwelle",
        "im Schwimmclub",
        "verein",
        "innenstadt",
        "Lemberger Straße 41",
        "Mit Schwung durchs Wasser",
        "Schwimmen lernen, schwimmen bleiben: Kurse für alle Altersstufen.",
        ("Im Hallenbad haben wir jeden Nachmittag eine Bahn. Unsere Lehrkräfte bilden auch Rettungsschwimmer aus.",),
        "schwimmkurs seniorensport:5",
        7,
        "abend",
        motif="schwimmen",
    ),
    org(
        "tanz",
        "Tanzstudio Absatz",
        "im Tanzstudio",
        "privat",
        "innenstadt",
        "Höfelsgasse 7",
        "Auf leisen Sohlen",
        "Von Kindertanz bis Discofox, in einem ehemaligen Schuhlager.",
        ("Der Boden schwingt, die Spiegel sind groß, die Stimmung ist gut. Bei uns tanzt man ohne Vertrag.",),
        "tanz gesundheitskurs",
        7,
        "nachmittag",
        accessible="no",
    ),
    org(
        "natur",
        "Pfälzerwald-Freunde Niedersimten",
        "bei den Pfälzerwald-Freunden",
        "verein",
        "niedersimten",
        "Simter Straße 80",
        "Der Wald ruft",
        "Wanderungen, Naturführungen und eine bewirtschaftete Hütte.",
        (
            (
                "An Wochenenden gibt es auf der Hütte Suppe und Kuchen. Unsere Wanderführer kennen jeden Felsen"
                " zwischen Simten und Grenze."
            ),
        ),
        "wandern naturfuehrung familienausflug jugendgruppe:0+5",
        9,
        "keine",
        motif="wald",
    ),
    org(
        "feuer",
        "Jugendfeuerwehr Winzeln",
        "bei der Jugendfeuerwehr",
        "kommunal",
        "winzeln",
        "Bottenbacher Straße 52",
        "Wasser marsch",
        "Jugend- und Bambini-Gruppe im Gerätehaus Winzeln.",
        (
            (
                "Wir üben jede Woche, fahren ins Zeltlager und besuchen andere Wehren. Mädchen und Jungen ab sechs"
                " sind willkommen."
            ),
        ),
        "jugendgruppe:1+2 erstehilfe begegnung",
        4,
        "keine",
        accessible="unknown",
    ),
    org(
        "kreuz",
        "Sanitätsbund Pfalz",
        "beim Sanitätsbund",
        "gemeinnuetzig",
        "husterhoehe",
        "Delaware Avenue 2",
        "Wir helfen, Sie helfen",
        "Kurse in Erster Hilfe, Jugendgruppe, Hausnotruf und Besuchsdienst.",
        ("Das Ausbildungszentrum liegt neben der Rettungswache. Auch Vereine und Betriebe können Kurse buchen.",),
        "erstehilfe jugendgruppe:3 besuchsdienst gesundheitsinfo",
        7,
        "buero",
    ),
    org(
        "kultur",
        "Kulturinitiative Schlosstreppe",
        "bei der Kulturinitiative",
        "verein",
        "innenstadt",
        "Poststraße 2",
        "Kultur für alle Tage",
        "Theater, Lesungen, Filme und Ausstellungen zum Mitmachen.",
        (
            (
                "Rund vierzig Ehrenamtliche stellen jedes Jahr ein Programm auf die Beine. Karten sind günstig,"
                " Mitmachen ist umsonst."
            ),
        ),
        "theater lesung kino ausstellung chor museum",
        9,
        "abend",
    ),
    org(
        "kreativ",
        "Offene Werkstatt Leisten und Leim",
        "in der Offenen Werkstatt",
        "verein",
        "fehrbach",
        "Tiroler Straße 51",
        "Selbst gemacht hält länger",
        "Nähen, Töpfern, Leder und Holz für Kinder und Erwachsene.",
        ("Altes Schuhmacherwerkzeug trifft auf 3D-Drucker. Wer eine Idee hat, findet hier Werkzeug und Rat.",),
        "kreativwerkstatt kunstkurs repaircafe programmieren",
        8,
        "nachmittag",
        motif="werkzeug",
    ),
    org(
        "garten",
        "Gemeinschaftsgarten Strecktal",
        "im Gemeinschaftsgarten",
        "initiative",
        "innenstadt",
        "Am Strecktal 1",
        "Hier wächst Nachbarschaft",
        "Beete, Bienen und Begegnung mitten in der Stadt.",
        ("Vierzig Beete, ein Lehmofen und viele helfende Hände. Mitgärtnern kann man ohne Mitgliedschaft.",),
        "garten naturfuehrung kochen begegnung",
        7,
        "keine",
        motif="garten",
    ),
    org(
        "erlen",
        "Heimat- und Kulturverein Erlenbrunn",
        "im Dorfgemeinschaftshaus",
        "verein",
        "erlenbrunn",
        "Erlenbrunner Straße 84",
        "Dorf mit Herz",
        "Feste, Seniorennachmittage und ein Chor auf der Höhe.",
        (
            (
                "Im Dorfgemeinschaftshaus trifft sich, wer in Erlenbrunn lebt oder leben möchte. Zugezogene sind"
                " schnell mittendrin."
            ),
        ),
        "seniorentreff chor begegnung radtreff",
        6,
        "keine",
    ),
    org(
        "gersb",
        "Landfrauen Gersbach und Windsberg",
        "bei den Landfrauen",
        "verein",
        "gersbach",
        "Gersbacher Straße 30",
        "Gemeinsam mehr erleben",
        "Kochen, Vorträge, Bewegung und Ausflüge für Frauen und Familien.",
        ("Längst nicht nur Frauen vom Land: Bei uns treffen sich alle, die gern zusammen etwas unternehmen.",),
        "kochen vortrag seniorensport wandern kunstkurs",
        6,
        "keine",
    ),
    org(
        "hengs",
        "Bürgerhilfe Hengsberg",
        "bei der Bürgerhilfe",
        "initiative",
        "hengsberg",
        "Hengsberger Straße 15",
        "Einer für den anderen",
        "Fahrdienst, Einkaufshilfe und Treffen für den kleinsten Ortsbezirk.",
        ("Wer Hilfe braucht, ruft an; wer Zeit hat, springt ein. So einfach ist das bei uns.",),
        "besuchsdienst seniorentreff medienberatung",
        5,
        "keine",
        accessible="unknown",
    ),
)
