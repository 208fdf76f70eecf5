"""The houses of the Regionalverband where one learns and meets."""

from demo.content.write import org

FIRST = (
    org(
        "vhs",
        "Volkshochschule an der Saar",
        "in der Volkshochschule",
        "kommunal",
        "altsb",
        "Schlossstraße 11",
        "Bildung für alle, ein Leben lang",
        "Sprachen, Beruf, Gesundheit, Kultur: Kurse und Vorträge für Erwachsene aus allen zehn Städten und Gemeinden.",
        (
            (
                "Die Volkshochschule bietet jedes Semester mehrere Hundert Kurse an, vom Deutschkurs bis zum"
                " Sternenabend. Das Haus am Schloss hat 18 Kursräume und ein Café."
            ),
            (
                "Wer wenig Geld hat, bekommt Ermäßigung. Die Bildungsberatung ist kostenlos und hilft, den passenden"
                " Kurs zu finden."
            ),
        ),
        "deutschkurs fremdsprache integrationskurs computerkurs vortrag kunstkurs gesundheitskurs alphabetisierung"
        " webinar schulabschluss",
        23,
        "amt",
        (("Kurse im Jahr", "<p>rund 600</p>"), ("Prüfungen", "<p>Zertifikate von A1 bis C1</p>")),
        motif="sprache",
    ),
    org(
        "vhsvk",
        "Volkshochschule Völklingen",
        "in der Volkshochschule",
        "kommunal",
        "vk",
        "Bismarckstraße 3",
        "Lernen mitten in der Stadt",
        "Kurse für Sprache, Beruf und Freizeit im Herzen von Völklingen und im Warndt.",
        (
            (
                "Im alten Bahnhofsgebäude lernen Menschen aus mehr als vierzig Ländern. Unsere Gruppen sind klein und"
                " die Wege kurz."
            ),
            "In Ludweiler und Wehrden gibt es Außenstellen.",
        ),
        "deutschkurs integrationskurs fremdsprache computerkurs vortrag gesundheitskurs kunstkurs nachhilfe",
        13,
        "amt",
        (("Außenstellen", "<p>Ludweiler und Wehrden</p>"),),
    ),
    org(
        "vhsriegel",
        "Bildungswerk Köllertal",
        "im Bildungswerk",
        "verein",
        "riegelsberg",
        "Kirchstraße 12",
        "Bildung vor der Haustür",
        "Kurse und Abende für Riegelsberg, Heusweiler und Püttlingen, von Ehrenamtlichen organisiert.",
        (
            (
                "Seit 1974 organisiert das Bildungswerk Kurse in den drei Gemeinden des Köllertals. Unterrichtet wird"
                " in Schulen, Gemeindehäusern und Vereinsräumen."
            ),
        ),
        "fremdsprache gesundheitskurs kunstkurs vortrag wandern computerkurs",
        8,
        "vormittag",
    ),
    org(
        "bibsb",
        "Stadtbücherei am Gustav-Regler-Platz",
        "in der Stadtbücherei",
        "kommunal",
        "stjohann",
        "Rathausgasse 6",
        "Lesen, lernen, treffen",
        "90.000 Medien, ruhige Lernplätze und ein volles Programm für Kinder und Erwachsene.",
        (
            (
                "Die Bücherei ist ein Ort für alle: zum Lesen, Lernen, Spielen und Arbeiten. Im Lerncafé hilft das"
                " Team bei der Suche nach Informationen."
            ),
            "Für Kinder und Jugendliche ist der Ausweis kostenlos.",
        ),
        "bibliothek vorlesen lesung medienberatung programmieren sprachcafe",
        9,
        "buecherei",
        (("Medien", "<p>90.000, dazu die Onleihe</p>"), ("Sprachen", "<p>Bücher in 14 Sprachen</p>")),
    ),
    org(
        "bibdud",
        "Bücherei im Bürgerhaus Dudweiler",
        "in der Bücherei",
        "kommunal",
        "dudweiler",
        "Am Markt 11",
        "Die kleine Bücherei mit großem Herzen",
        "Bücher, Spiele und Vorlesestunden für Familien, dazu eine digitale Sprechstunde.",
        (
            (
                "In der Stadtteilbücherei kennt man sich. Wer etwas sucht, bekommt es; und wenn es nicht da ist, wird"
                " es besorgt."
            ),
        ),
        "vorlesen bibliothek medienberatung lesung",
        6,
        "nachmittag",
    ),
    org(
        "musik",
        "Musikschule der Saarstädte",
        "in der Musikschule",
        "kommunal",
        "altsb",
        "Nassauerweg 5",
        "Musik von Anfang an",
        "Instrumente, Gesang und Ensembles für Kinder, Jugendliche und Erwachsene an sieben Orten.",
        (
            (
                "Vierzig Lehrkräfte unterrichten vom Musikgarten bis zur Vorbereitung auf das Studium. Zweimal im"
                " Jahr laden wir zu großen Konzerten ein."
            ),
            "Instrumente können gegen eine kleine Gebühr ausgeliehen werden.",
        ),
        "instrument musikgarten chor orchester",
        11,
        "nachmittag",
        (("Instrumente", "<p>23 Fächer von Akkordeon bis Zither</p>"),),
    ),
    org(
        "jugzent",
        "Jugendzentrum Güterbahnhof",
        "im Jugendzentrum",
        "kommunal",
        "malstatt",
        "Am Güterbahnhof 9",
        "Euer Haus, eure Ideen",
        "Offener Treff, Werkstätten, Tonstudio und Ferienprogramm für alle von 10 bis 21.",
        (
            (
                "Im alten Lokschuppen ist Platz für fast alles: Kochen, Beats bauen, Skaten, Reden. Das Team hört zu"
                " und unterstützt eigene Projekte."
            ),
        ),
        "jugendtreff medienprojekt ferienfreizeit hausaufgabenhilfe jugendberatung berufsorientierung",
        9,
        "jugend",
    ),
    org(
        "kinderhaus",
        "Kinder- und Elternhaus Malstatt",
        "im Kinder- und Elternhaus",
        "gemeinnuetzig",
        "malstatt",
        "Ludwigstraße 38",
        "Hier wachsen Familien",
        "Krippe, Elterncafé, Beratung und Sprachförderung unter einem Dach.",
        (
            (
                "Unser Haus ist Kita und Treffpunkt zugleich. Eltern finden hier Rat, Gesellschaft und jemanden, der"
                " beim Ausfüllen hilft."
            ),
            "Das Team spricht Deutsch, Arabisch, Türkisch und Französisch.",
        ),
        "kita elterncafe krabbelgruppe elternabend sprachcafe familienberatung",
        8,
        "kita",
        (
            ("Plätze", "<p>74, davon 20 in der Krippe</p>"),
            ("Sprachen", "<p>Deutsch, Arabisch, Türkisch, Französisch</p>"),
        ),
    ),
    org(
        "gemeinwesen",
        "Gemeinwesenarbeit Burbach",
        "im Stadtteilbüro",
        "gemeinnuetzig",
        "burbach",
        "Bergstraße 24",
        "Wir packen an im Viertel",
        "Stadtteilbüro mit Beratung, Treffpunkten und vielen Möglichkeiten mitzumachen.",
        (
            (
                "Das Stadtteilbüro ist die Anlaufstelle für alle, die in Burbach leben. Gemeinsam mit den Bewohnern"
                " verbessern wir Plätze, Wege und das Zusammenleben."
            ),
        ),
        "sozialberatung formularhilfe nachbarschaftscafe begegnung garten hausaufgabenhilfe mieterberatung",
        9,
        "buero",
        (("Gegründet", "<p>1982</p>"),),
        motif="haende",
    ),
    org(
        "treffmalstatt",
        "Nachbarschaftstreff Rastpfuhl",
        "im Nachbarschaftstreff",
        "verein",
        "malstatt",
        "Lebacher Straße 152",
        "Tür auf, herein",
        "Café, Mittagstisch und Werkstatt für alle Generationen auf dem Rastpfuhl.",
        (
            (
                "Seit zwölf Jahren halten rund dreißig Ehrenamtliche den Treff offen. Hier wird gekocht, repariert,"
                " gestrickt und viel gelacht."
            ),
        ),
        "nachbarschaftscafe mittagstisch repaircafe seniorentreff kochen",
        6,
        "cafe",
    ),
)
