"""Clubs, meeting places and services in the towns around Saarbrücken."""

from demo.content.write import org

SECOND = (
    org(
        "jugvk",
        "Jugendhaus Wehrden",
        "im Jugendhaus",
        "kommunal",
        "wehrden",
        "Schaffhauser Straße 6",
        "Komm, wie du bist",
        "Treff, Theater und Ferienprogramm für Kinder und Jugendliche in Völklingen.",
        (
            (
                "Das gelbe Haus am Hang ist seit den Achtzigern in jugendlicher Hand. Heute gibt es Bühne, Werkstatt"
                " und einen großen Garten."
            ),
        ),
        "jugendtreff theater:0+1+2 kreativwerkstatt ferienfreizeit spielmobil",
        7,
        "jugend",
    ),
    org(
        "senvk",
        "Seniorenbüro Völklingen",
        "im Seniorenbüro",
        "kommunal",
        "vk",
        "Rathausstraße 20",
        "Gut älter werden",
        "Anlaufstelle für Menschen ab 60: Beratung, Ausflüge, Bewegung und Ehrenamt.",
        ("Wir beraten zu Pflege und Wohnen und organisieren ein Programm, bei dem niemand allein bleiben muss.",),
        "pflegeberatung seniorentreff seniorensport besuchsdienst grosseltern computerkurs",
        8,
        "vormittag",
    ),
    org(
        "tvvk",
        "Turngemeinde Warndt",
        "in der Turngemeinde",
        "verein",
        "vk",
        "Stadionstraße 12",
        "Bewegung für jedes Alter",
        "Vom Eltern-Kind-Turnen bis zum Rehasport: 14 Abteilungen, 1.600 Mitglieder.",
        (
            (
                "Der älteste Sportverein der Stadt bietet Breitensport für die ganze Familie. Drei Wochen Schnuppern"
                " sind immer frei."
            ),
        ),
        "eltern_kind_turnen sportgruppe rehasport tanz vereinsberatung",
        9,
        "abend",
        (("Mitglieder", "<p>1.600</p>"),),
    ),
    org(
        "skburbach",
        "Sportklub Burbach",
        "im Sportklub",
        "verein",
        "burbach",
        "Waldstadion 1",
        "Fair auf dem Platz",
        "Fußball, Boxen und Basketball für Kinder und Jugendliche aus dem ganzen Westen der Stadt.",
        (
            (
                "Über dreißig Nationen spielen bei uns in einer Mannschaft. Für Familien mit wenig Geld übernehmen"
                " Paten den Beitrag."
            ),
        ),
        "sportgruppe:0+1+7+9 ferienfreizeit vereinsberatung nachhilfe",
        7,
        "abend",
    ),
    org(
        "schwimm",
        "Schwimmgemeinschaft Saarwelle",
        "in der Schwimmgemeinschaft",
        "verein",
        "dudweiler",
        "Im Dudobad 4",
        "Sicher im Wasser",
        "Schwimmkurse für Kinder und Erwachsene, Aquafitness und Rettungsschwimmen.",
        (
            (
                "Jedes Kind soll schwimmen können – dafür stehen unsere 25 ausgebildeten Lehrkräfte am Beckenrand."
                " Trainiert wird in Dudweiler und Sulzbach."
            ),
        ),
        "schwimmkurs seniorensport:5",
        6,
        "abend",
        motif="schwimmen",
    ),
    org(
        "kulturhanf",
        "Kulturfabrik Nauwies",
        "in der Kulturfabrik",
        "verein",
        "stjohann",
        "Försterstraße 22",
        "Kunst zum Mitmachen",
        "Theater, Tanz, Ateliers und Ausstellungen im Nauwieser Viertel.",
        (
            (
                "In der ehemaligen Druckerei arbeiten Künstlerinnen, Tänzer und Theaterleute. Fast alles kann man"
                " auch selbst ausprobieren."
            ),
        ),
        "theater tanz kunstkurs ausstellung kino chor",
        9,
        "abend",
        accessible="no",
    ),
    org(
        "museum",
        "Museum für Alltag und Arbeit",
        "im Museum",
        "kommunal",
        "vk",
        "Rathausstraße 75",
        "Geschichte zum Anfassen",
        "Wie Menschen an der Saar lebten und arbeiteten: Dauerausstellung, Führungen, Werkstätten.",
        (
            (
                "Das Museum zeigt auf drei Etagen Wohnstuben, Werkbänke und Schulzimmer aus zwei Jahrhunderten."
                " Vieles darf angefasst werden."
            ),
        ),
        "museum ausstellung kreativwerkstatt vortrag",
        6,
        "museum",
    ),
    org(
        "puefam",
        "Familienzentrum Püttlingen",
        "im Familienzentrum",
        "kommunal",
        "pue",
        "Marktstraße 18",
        "Ein Haus voller Leben",
        "Kita, Elterntreff und Beratung für junge Familien im Köllertal.",
        (
            (
                "Unter einem Dach gibt es Betreuung, Frühstück, Kurse und Rat. Auch Familien, deren Kinder keine Kita"
                " besuchen, sind willkommen."
            ),
        ),
        "elterncafe krabbelgruppe kita elternabend babymassage tagespflege familienausflug",
        8,
        "kita",
    ),
    org(
        "koellmusik",
        "Musikfreunde Köllerbach",
        "bei den Musikfreunden",
        "verein",
        "koellerbach",
        "Schulstraße 9",
        "Gemeinsam klingt es besser",
        "Blasorchester, Jugendkapelle und Chor im Köllertal.",
        ("Achtzig Aktive von 9 bis 84 Jahren musizieren in drei Gruppen. Instrumente für den Anfang stellen wir.",),
        "orchester chor instrument",
        5,
        "abend",
    ),
    org(
        "sulztreff",
        "Haus der Generationen Sulzbach",
        "im Haus der Generationen",
        "gemeinnuetzig",
        "sulzbach",
        "Am Salzbrunnen 3",
        "Jung und Alt unter einem Dach",
        "Mittagstisch, Lernhilfe, Beratung und viele offene Gruppen für alle Altersstufen.",
        (
            (
                "In der alten Apotheke treffen sich Krabbelgruppe und Strickrunde Tür an Tür. Das Haus lebt von über"
                " sechzig Freiwilligen."
            ),
        ),
        "mittagstisch hausaufgabenhilfe seniorentreff krabbelgruppe repaircafe grosseltern medienberatung",
        8,
        "cafe",
    ),
    org(
        "sulzmig",
        "Lern- und Begegnungszentrum Altenwald",
        "im Begegnungszentrum",
        "kirchlich",
        "altenwald",
        "Grubenstraße 38",
        "Miteinander lernen",
        "Deutschkurse, Lernhilfe und Frauencafé für den Norden von Sulzbach.",
        (
            (
                "Ehrenamtliche der Kirchengemeinden und hauptamtliche Lehrkräfte arbeiten hier zusammen. Während der"
                " Kurse werden die Kinder betreut."
            ),
        ),
        "deutschkurs sprachcafe hausaufgabenhilfe gesundheitsinfo kochen",
        6,
        "vormittag",
    ),
    org(
        "friedsen",
        "Begegnungsstätte am Markt Friedrichsthal",
        "in der Begegnungsstätte",
        "verein",
        "friedrichsthal",
        "Saarbrücker Straße 19",
        "Nicht allein",
        "Treffpunkt für ältere Menschen mit Kaffee, Bewegung und Besuchsdienst.",
        (
            (
                "Fünf Nachmittage in der Woche ist die Tür offen. Wer nicht mehr gut laufen kann, wird von unserem"
                " Fahrdienst geholt."
            ),
        ),
        "seniorentreff seniorensport besuchsdienst demenz mittagstisch",
        7,
        "cafe",
    ),
    org(
        "bildjug",
        "Freiwillige Feuerwehr Bildstock",
        "bei der Feuerwehr",
        "kommunal",
        "bildstock",
        "Hofstraße 60",
        "Einer für alle, alle für einen",
        "Jugendfeuerwehr und Bambini-Gruppe, dazu Kurse zum Brandschutz.",
        (
            (
                "Unsere Jugendgruppen üben jede Woche im Gerätehaus. Spaß, Technik und Zusammenhalt stehen dabei an"
                " erster Stelle."
            ),
        ),
        "jugendgruppe:1+2 erstehilfe begegnung",
        4,
        "keine",
        accessible="unknown",
    ),
    org(
        "quierwald",
        "Naturfreunde Fischbachtal",
        "bei den Naturfreunden",
        "verein",
        "quierschied",
        "Am Waldrand 7",
        "Draußen zu Hause",
        "Wanderungen, Naturführungen und ein Garten für Kinder im Fischbachtal.",
        (
            (
                "Die Ortsgruppe betreut ein Naturfreundehaus und zwölf Kilometer Wanderwege. Gäste sind bei allen"
                " Touren willkommen."
            ),
        ),
        "wandern naturfuehrung garten familienausflug jugendgruppe:5",
        8,
        "keine",
        motif="wald",
    ),
    org(
        "quierkul",
        "Kulturverein Göttelborn",
        "im Zechenhaus",
        "verein",
        "goettelborn",
        "Josefstraße 12",
        "Kultur auf der Höhe",
        "Lesungen, Mundarttheater und Ausstellungen neben dem weißen Turm.",
        (
            (
                "Wo früher Kohle gefördert wurde, gibt es heute Bühne, Galerie und Café. Alles wird ehrenamtlich"
                " gestaltet."
            ),
        ),
        "theater:2+3+4 lesung ausstellung chor",
        5,
        "keine",
    ),
    org(
        "heusdig",
        "Digitalwerkstatt Heusweiler",
        "in der Digitalwerkstatt",
        "verein",
        "heusweiler",
        "Trierer Straße 40",
        "Technik für alle",
        "3D-Drucker, Lötkolben und geduldige Menschen: Werkstatt für Kinder und Erwachsene.",
        (
            (
                "In der früheren Sparkasse tüfteln Schüler neben Rentnern. Computerkurse und Sprechstunden gehören"
                " ebenso dazu wie der offene Samstag."
            ),
        ),
        "programmieren computerkurs medienberatung repaircafe webinar",
        7,
        "nachmittag",
        motif="computer",
    ),
    org(
        "holzpflege",
        "Sozialstation Köllertal",
        "in der Sozialstation",
        "kirchlich",
        "heusweiler",
        "Illinger Straße 11",
        "Wir kommen, wenn Sie uns brauchen",
        "Pflege zu Hause, Beratung für Angehörige und Gruppen für Menschen mit Demenz.",
        (
            (
                "Examinierte Pflegekräfte und geschulte Ehrenamtliche kümmern sich um mehr als 300 Menschen. Die"
                " Beratung ist kostenlos."
            ),
        ),
        "pflegeberatung demenz selbsthilfe:2+5 besuchsdienst",
        6,
        "buero",
    ),
    org(
        "riegsport",
        "Lauf- und Turnfreunde Riegelsberg",
        "im Verein",
        "verein",
        "riegelsberg",
        "Am Stadion 5",
        "Mit Freude in Bewegung",
        "Leichtathletik, Gymnastik und Wandern auf dem Riegelsberg.",
        (
            (
                "Vom Lauftreff bis zur Hockergymnastik findet bei uns jede und jeder eine Gruppe. Das Vereinsheim ist"
                " barrierefrei umgebaut."
            ),
        ),
        "sportgruppe:5+6+8+11 seniorensport wandern radtreff",
        7,
        "abend",
    ),
    org(
        "rossel",
        "Warndt-Tisch und Kleiderstube Großrosseln",
        "in der Kleiderstube",
        "kirchlich",
        "grossrosseln",
        "Klosterplatz 7",
        "Teilen macht reich",
        "Lebensmittel, Kleidung und ein offenes Ohr für Menschen mit wenig Geld.",
        (
            (
                "Jede Woche versorgen 45 Freiwillige rund 200 Haushalte im Warndt. Bei uns bekommt man auch einen"
                " Kaffee und einen guten Rat."
            ),
        ),
        "tafel tauschladen sozialberatung nachbarschaftscafe ehrenamt",
        6,
        "vormittag",
    ),
    org(
        "klein",
        "Deutsch-Französisches Begegnungshaus Kleinblittersdorf",
        "im Begegnungshaus",
        "verein",
        "kleinblittersdorf",
        "Rathausstraße 14",
        "Zwei Ufer, ein Haus",
        "Sprachen, Feste und Familienangebote auf beiden Seiten der Saar.",
        (
            (
                "Nur eine Brücke trennt uns von Grosbliederstroff, deshalb sprechen hier alle ein bisschen von"
                " beidem. Viele Angebote sind zweisprachig."
            ),
        ),
        "fremdsprache tandem vorlesen begegnung kochen krabbelgruppe kinderkirche",
        8,
        "nachmittag",
        (("Sprachen", "<p>Deutsch und Französisch</p>"),),
    ),
)
