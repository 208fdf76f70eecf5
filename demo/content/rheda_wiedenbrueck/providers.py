"""Who offers something for children, young people and families in Rheda-Wiedenbrück: houses and services."""

from demo.content.write import org

FIRST = (
    org(
        "famz",
        "Familienzentrum Emsaue",
        "im Familienzentrum",
        "kommunal",
        "emssee",
        "Mittelhegge 9",
        "Zusammen groß werden",
        "Kita, Elterncafé und Beratung im Grünen, zwischen Rheda und Wiedenbrück.",
        (
            (
                "Im Familienzentrum finden Familien Betreuung, Bildung und Rat an einem Ort. Der große Garten liegt"
                " direkt am Flutmuldenweg."
            ),
            "Viele Angebote stehen allen Familien der Stadt offen.",
        ),
        "kita:0+1+3 elterncafe krabbelgruppe elternabend babymassage tagespflege",
        10,
        "kita",
        (("Kita-Plätze", "<p>85 in vier Gruppen</p>"),),
    ),
    org(
        "famn",
        "Familienzentrum Nord",
        "im Familienzentrum",
        "kirchlich",
        "rhedanord",
        "Herzebrocker Straße 59",
        "Offen für alle Familien",
        "Treffpunkt im Norden von Rheda: Sprache, Spiel und Hilfe im Alltag.",
        (
            (
                "Unser Haus verbindet Kita, Sprachcafé und Elternbildung. Das Team spricht Deutsch, Polnisch,"
                " Rumänisch und Türkisch."
            ),
        ),
        "kita:0+1+3 sprachcafe elterncafe familienberatung krabbelgruppe formularhilfe",
        8,
        "kita",
        (("Sprachen", "<p>Deutsch, Polnisch, Rumänisch, Türkisch</p>"),),
    ),
    org(
        "kitawald",
        "Waldkindergarten Wurzelzwerge",
        "im Waldkindergarten",
        "verein",
        "stvit",
        "Am Holtkamp 2",
        "Bei jedem Wetter draußen",
        "Kinder von drei bis sechs entdecken den Wald – mit Bauwagen, Matschhose und viel Zeit.",
        (
            (
                "Zwanzig Kinder und vier Erwachsene verbringen den Vormittag im Wald bei St. Vit. Elternmitarbeit"
                " gehört dazu."
            ),
        ),
        "kita:1+3 familienausflug naturfuehrung",
        5,
        "kita",
        accessible="no",
    ),
    org(
        "kitamitte",
        "Kita Pusteblume",
        "in der Kita",
        "kommunal",
        "wiedenbrueck",
        "Rektoratsstraße 21",
        "Klein sein dürfen",
        "Krippe und Kindergarten in der Altstadt, mit Musik, Bewegung und eigener Küche.",
        ("In einem alten Bürgerhaus mit Hofgarten betreuen wir 48 Kinder. Jede Woche kommt eine Vorlesepatin.",),
        "kita:0+1+3 elternabend vorlesen musikgarten",
        6,
        "kita",
    ),
    org(
        "jzaltes",
        "Jugendhaus Alter Emshof",
        "im Jugendhaus",
        "kommunal",
        "rheda",
        "Wilhelmstraße 33",
        "Dein Platz in der Stadt",
        "Offener Treff, Werkstatt, Konzerte und Ferienprogramm für alle von 8 bis 21.",
        (
            (
                "Das Jugendhaus gehört denen, die kommen: Ein Rat aus Jugendlichen entscheidet über Programm und"
                " Anschaffungen. Im Keller gibt es einen Proberaum."
            ),
        ),
        "jugendtreff medienprojekt ferienfreizeit jugendbeteiligung programmieren hausaufgabenhilfe",
        11,
        "jugend",
    ),
    org(
        "jzsued",
        "Jugendtreff Burgweg",
        "im Jugendtreff",
        "kommunal",
        "wiedsued",
        "Burgweg 30",
        "Einfach reinschauen",
        "Kickern, kochen, reden: der Treff im Wiedenbrücker Süden.",
        ("Nach der Schule ist hier immer etwas los. Mittwochs gehört das Haus den Mädchen, freitags den Älteren.",),
        "jugendtreff kochen tanz:0 nachhilfe jugendberatung",
        8,
        "jugend",
    ),
    org(
        "mobil",
        "Spielmobil und Ferienspiele der Stadt",
        "beim Spielmobil",
        "kommunal",
        "wiedenbrueck",
        "Rathausplatz 9",
        "Ferien vor der Haustür",
        "Betreute Ferien, Spielaktionen und Ausflüge für Schulkinder aus allen Ortsteilen.",
        (
            (
                "In den Ferien sind wir jeden Tag unterwegs, im Sommer mit über 600 Kindern. Familien mit der"
                " Stadtkarte zahlen die Hälfte."
            ),
        ),
        "ferienfreizeit spielmobil familienausflug kreativwerkstatt",
        9,
        "vormittag",
    ),
    org(
        "vhs",
        "Volkshochschule Reckenberg",
        "in der Volkshochschule",
        "kommunal",
        "wiedenbrueck",
        "Kirchstraße 2",
        "Junge vhs und mehr",
        "Kurse für Kinder, Eltern und alle, die Deutsch lernen oder einen Abschluss nachholen.",
        (
            (
                "Die junge Volkshochschule bietet in den Ferien und am Nachmittag Kurse für Schulkinder. Am Abend"
                " lernen die Großen."
            ),
        ),
        "deutschkurs fremdsprache programmieren schulabschluss kunstkurs computerkurs elternabend",
        12,
        "amt",
    ),
    org(
        "bib",
        "Stadtbibliothek am Schlosspark",
        "in der Stadtbibliothek",
        "kommunal",
        "rheda",
        "Steinweg 15",
        "Geschichten für jedes Alter",
        "Bücher, Spiele, Lesestart-Sets und ein Programm für Kinder ab dem ersten Lebensjahr.",
        (
            (
                "In der Kinderbibliothek darf man laut sein. Jeden Monat gibt es Bilderbuchkino, Spieleabend und eine"
                " Gaming-Ecke für Jugendliche."
            ),
        ),
        "vorlesen bibliothek programmieren lesung medienberatung",
        9,
        "buecherei",
        (("Medien", "<p>42.000</p>"), ("Lesestart", "<p>Jedes Kind bekommt mit drei Jahren ein Buch geschenkt.</p>")),
    ),
    org(
        "musik",
        "Musikschule an der Ems",
        "in der Musikschule",
        "kommunal",
        "rheda",
        "Bosfelder Weg 7",
        "Musik macht stark",
        "Früherziehung, Instrumente und Bands für Kinder und Jugendliche.",
        (
            (
                "Tausend Schülerinnen und Schüler lernen hier, viele schon ab dem Krabbelalter. Kooperationen gibt es"
                " mit allen Grundschulen."
            ),
        ),
        "instrument musikgarten orchester:0+1+3 chor:1",
        12,
        "nachmittag",
    ),
    org(
        "berat",
        "Beratungsstelle für Eltern, Kinder und Jugendliche",
        "in der Beratungsstelle",
        "kirchlich",
        "wiedenbrueck",
        "Wasserstraße 14",
        "Wir hören zu",
        "Hilfe bei Erziehung, Trennung, Schule und allem, was Familien umtreibt.",
        (
            (
                "Ein Team aus Psychologie und Sozialpädagogik berät kostenlos und vertraulich. Jugendliche können"
                " ohne ihre Eltern kommen."
            ),
        ),
        "familienberatung jugendberatung elternabend",
        8,
        "buero",
    ),
    org(
        "schwanger",
        "Schwangerenberatung Lichtblick",
        "in der Beratungsstelle",
        "gemeinnuetzig",
        "rheda",
        "Fürst-Bentheim-Straße 3",
        "Von Anfang an begleitet",
        "Beratung in der Schwangerschaft und in den ersten drei Jahren.",
        (
            (
                "Wir informieren über Hilfen, begleiten schwierige Entscheidungen und bieten Kurse für junge Eltern"
                " an. Alle Gespräche sind vertraulich."
            ),
        ),
        "schwangerenberatung babymassage krabbelgruppe elternabend",
        7,
        "vormittag",
    ),
    org(
        "fruehe",
        "Frühe Hilfen Rheda-Wiedenbrück",
        "bei den Frühen Hilfen",
        "kommunal",
        "wiedenbrueck",
        "Rathausplatz 11",
        "Willkommen, kleiner Mensch",
        "Begrüßungsbesuche, Familienhebammen und Patenschaften im ersten Lebensjahr.",
        (
            (
                "Jede Familie mit einem Neugeborenen bekommt Post und auf Wunsch Besuch von uns. Wir wissen, wer im"
                " Alltag entlasten kann."
            ),
        ),
        "schwangerenberatung krabbelgruppe grosseltern ehrenamt tagespflege",
        6,
        "vormittag",
    ),
    org(
        "integ",
        "Treffpunkt Vielfalt",
        "im Treffpunkt",
        "initiative",
        "rheda",
        "Nonenstraße 18",
        "Viele Sprachen, eine Stadt",
        "Sprachcafé, Lernhilfe und Begegnung für Familien aus aller Welt.",
        (
            (
                "Freiwillige aus zwölf Ländern begleiten Familien beim Ankommen. Kinder sind bei allen Treffen"
                " willkommen."
            ),
        ),
        "sprachcafe tandem migrationsberatung begegnung kochen hausaufgabenhilfe",
        9,
        "nachmittag",
    ),
    org(
        "kreuz",
        "Hilfsdienst Reckenberg",
        "beim Hilfsdienst",
        "gemeinnuetzig",
        "wiedsued",
        "Rietberger Straße 45",
        "Retten, helfen, lernen",
        "Erste-Hilfe-Kurse, Jugendgruppen und Eltern-Kind-Angebote.",
        (
            (
                "Der Ortsverband bildet jedes Jahr über tausend Menschen in Erster Hilfe aus. Die Jugendgruppe trifft"
                " sich wöchentlich."
            ),
        ),
        "erstehilfe jugendgruppe:3 babymassage",
        6,
        "buero",
    ),
    org(
        "ogs",
        "Lernhaus am Ring",
        "im Lernhaus",
        "verein",
        "wiedenbrueck",
        "Ostring 24",
        "Lernen mit Rückenwind",
        "Hausaufgaben, Nachhilfe und Prüfungstraining für alle Schulformen.",
        (
            (
                "Pensionierte Lehrkräfte und Studierende unterstützen rund hundert Kinder. Über das Bildungspaket ist"
                " die Teilnahme kostenlos."
            ),
        ),
        "hausaufgabenhilfe nachhilfe berufsorientierung vorlesen",
        8,
        "nachmittag",
    ),
    org(
        "berufe",
        "Ausbildungsbüro Ems",
        "im Ausbildungsbüro",
        "gemeinnuetzig",
        "rheda",
        "Bahnhofstraße 22",
        "Schule fertig – und jetzt?",
        "Berufe kennenlernen, Bewerbungen schreiben, Ausbildung durchhalten.",
        (
            (
                "Wir arbeiten mit 180 Betrieben aus der Umgebung zusammen. Ausbildungspaten begleiten Jugendliche bis"
                " zur Prüfung."
            ),
        ),
        "berufsorientierung bewerbung nachhilfe ehrenamt",
        8,
        "buero",
        motif="arbeit",
    ),
    org(
        "pfarr",
        "Kirchengemeinde am Reckenberg",
        "im Pfarrzentrum",
        "kirchlich",
        "wiedenbrueck",
        "Kirchplatz 7",
        "Gemeinschaft leben",
        "Kinderkirche, Chöre, Jugendgruppen und Familienwochenenden.",
        (
            (
                "Das Pfarrzentrum ist offen für alle. Über hundert Ehrenamtliche gestalten das Programm für Kinder"
                " und Familien."
            ),
        ),
        "kinderkirche chor jugendgruppe:0 familienausflug mittagstisch",
        8,
        "vormittag",
    ),
    org(
        "evjug",
        "Evangelische Jugend an der Ems",
        "im Jugendkeller",
        "kirchlich",
        "rheda",
        "Schulte-Mönting-Straße 6",
        "Glauben, feiern, fragen",
        "Freizeiten, Gruppen und Projekte für Kinder ab sechs und Jugendliche.",
        (
            (
                "Im Jugendkeller unter dem Gemeindehaus wird gespielt, gesungen und diskutiert. Getauft sein muss"
                " niemand."
            ),
        ),
        "ferienfreizeit kreativwerkstatt theater:0+1 kinderkirche jugendtreff",
        8,
        "jugend",
    ),
    org(
        "kinderschutz",
        "Kinderschutz-Initiative Reckenberg",
        "bei der Kinderschutz-Initiative",
        "verein",
        "rheda",
        "Am Werl 10",
        "Kinder haben Rechte",
        "Kurse für Eltern, Projekte für Schulen und ein Laden mit Kleidung aus zweiter Hand.",
        (
            (
                "Der Verein macht sich für gewaltfreie Erziehung stark. Der Erlös des Kleiderladens fließt in"
                " Ferienplätze."
            ),
        ),
        "elternabend tauschladen:0+1 alleinerziehende ehrenamt:0+4",
        7,
        "vormittag",
    ),
)
