"""Clubs and initiatives of Rheda-Wiedenbrück that have something for the young."""

from demo.content.write import org

SECOND = (
    org(
        "tvrheda",
        "Turnverein Emstal Rheda",
        "im Turnverein",
        "verein",
        "rheda",
        "Am Sportplatz 3",
        "Bewegung von klein auf",
        "Eltern-Kind-Turnen, Geräteturnen und Tanz für alle Altersstufen.",
        (
            (
                "Mit 900 Kindern und Jugendlichen sind wir der größte Sportverein im Stadtteil. Schnuppern ist"
                " jederzeit möglich."
            ),
        ),
        "eltern_kind_turnen sportgruppe:4+6+8+11 tanz vereinsberatung",
        9,
        "abend",
    ),
    org(
        "scw",
        "Sportclub Wiedenbrücker Land",
        "im Sportclub",
        "verein",
        "wiedsued",
        "Rietberger Straße 80",
        "Ein Verein, viele Talente",
        "Fußball, Handball und Leichtathletik für Mädchen und Jungen ab vier Jahren.",
        ("Vierzig Jugendmannschaften, hundert Ehrenamtliche und ein Ziel: Kinder in Bewegung bringen.",),
        "sportgruppe:0+1+2+8 ferienfreizeit vereinsberatung erstehilfe",
        9,
        "abend",
        (("Mannschaften", "<p>40 in der Jugend</p>"),),
    ),
    org(
        "schwimm",
        "Schwimmverein Wasserfreunde",
        "bei den Wasserfreunden",
        "verein",
        "wiedenbrueck",
        "Hellweg 31",
        "Keine Angst vorm Wasser",
        "Schwimmkurse vom Seepferdchen bis zum Goldabzeichen.",
        (
            (
                "Das Hallenbad ist unser zweites Zuhause. Damit kein Kind auf der Warteliste bleibt, bilden wir"
                " ständig neue Helfer aus."
            ),
        ),
        "schwimmkurs",
        6,
        "abend",
        motif="schwimmen",
    ),
    org(
        "judo",
        "Judoclub Batenhorst",
        "im Judoclub",
        "verein",
        "batenhorst",
        "Batenhorster Ring 14",
        "Fallen und aufstehen",
        "Judo und Selbstbehauptung für Kinder ab sechs.",
        (
            (
                "Respekt, Mut und Selbstbeherrschung lernt man auf der Matte am besten. Unser Dojo liegt neben dem"
                " Dorfgemeinschaftshaus."
            ),
        ),
        "sportgruppe:3 elternabend:8 ferienfreizeit:4 vereinsberatung",
        5,
        "abend",
    ),
    org(
        "reit",
        "Reit- und Voltigierfreunde Lintel",
        "bei den Reitfreunden",
        "verein",
        "lintel",
        "Linteler Straße 72",
        "Auf dem Rücken der Pferde",
        "Ponyspaß, Ferienwochen und inklusives Voltigieren auf dem Hof.",
        (
            (
                "Acht geduldige Ponys und ein erfahrenes Team warten auf kleine und große Reiterinnen. Kinder mit"
                " Behinderung sind willkommen."
            ),
        ),
        "ferienfreizeit familienausflug",
        5,
        "nachmittag",
        accessible="no",
    ),
    org(
        "pfad",
        "Pfadfinder Stamm Emsbogen",
        "bei den Pfadfindern",
        "verein",
        "emssee",
        "Mittelhegge 15",
        "Allzeit bereit",
        "Gruppenstunden, Lager und viel Natur für Kinder und Jugendliche ab sieben.",
        (
            (
                "Fünf Gruppen treffen sich jede Woche in der Hütte am Emssee. Im Sommer geht es für zwei Wochen ins"
                " Zeltlager."
            ),
        ),
        "jugendgruppe:0 naturfuehrung ferienfreizeit",
        7,
        "keine",
    ),
    org(
        "feuer",
        "Jugendfeuerwehr Rheda-Wiedenbrück",
        "bei der Jugendfeuerwehr",
        "kommunal",
        "rheda",
        "Ringstraße 150",
        "Gemeinsam durchs Feuer",
        "Jugend- und Bambini-Feuerwehr mit vier Löschzügen.",
        ("Hier lernst du, wie man löscht, rettet und zusammenhält. Ausrüstung bekommst du von uns.",),
        "jugendgruppe:1+2 erstehilfe",
        4,
        "keine",
    ),
    org(
        "thwj",
        "Jugendgruppe Technik und Rettung",
        "bei der Jugendgruppe",
        "gemeinnuetzig",
        "rhedanord",
        "Lümernweg 21",
        "Technik, die hilft",
        "Für Mädchen und Jungen, die wissen wollen, wie man Brücken baut und Wasser pumpt.",
        ("Alle zwei Wochen üben wir auf dem Gelände im Norden. Wer 18 ist, kann in den Einsatzdienst wechseln.",),
        "jugendgruppe:4 repaircafe:0",
        3,
        "keine",
        accessible="unknown",
    ),
    org(
        "natur",
        "Naturkreis Emsauen",
        "beim Naturkreis",
        "verein",
        "emssee",
        "Flutmuldenweg 1",
        "Natur entdecken und schützen",
        "Führungen, Kindergruppe und Mitmachgarten an der Ems.",
        (
            (
                "Wir pflegen Wiesen, bauen Nistkästen und zeigen Kindern, was im Wasser lebt. Der Garten ist samstags"
                " für alle offen."
            ),
        ),
        "naturfuehrung garten jugendgruppe:5 familienausflug",
        9,
        "keine",
        motif="wald",
    ),
    org(
        "schach",
        "Schachfreunde Wiedenbrück",
        "bei den Schachfreunden",
        "verein",
        "wiedenbrueck",
        "Mönchstraße 5",
        "Köpfchen, Köpfchen",
        "Schach für Kinder, Jugendliche und ganze Familien.",
        ("Beim Training sitzen Achtjährige neben Achtzigjährigen. Bretter und Uhren sind da.",),
        "jugendgruppe:6 seniorentreff:0",
        3,
        "keine",
        accessible="no",
    ),
    org(
        "theater",
        "Junge Bühne Rheda",
        "auf der Jungen Bühne",
        "verein",
        "rheda",
        "Kleine Straße 12",
        "Vorhang auf",
        "Kinder- und Jugendtheater mit eigenen Stücken, Kostümen und großem Herzklopfen.",
        (
            (
                "Jedes Jahr entstehen drei Inszenierungen, die in der Stadthalle gezeigt werden. Mitmachen kann man"
                " auf und hinter der Bühne."
            ),
        ),
        "theater:0+1 kino:0 tanz:0+1 kreativwerkstatt",
        8,
        "nachmittag",
    ),
    org(
        "kunst",
        "Malschule Farbtopf",
        "in der Malschule",
        "privat",
        "wiedenbrueck",
        "Klingelbrink 9",
        "Farbe ins Leben",
        "Malen, Töpfern und Nähen für Kinder und Jugendliche in kleinen Gruppen.",
        ("Im Atelier unter dem Fachwerkgiebel ist Platz für acht Kinder gleichzeitig. Geburtstage feiern wir auch.",),
        "kreativwerkstatt kunstkurs ferienfreizeit",
        8,
        "nachmittag",
        accessible="no",
        motif="kunst",
    ),
    org(
        "tanz",
        "Tanzwerkstatt Emsrauschen",
        "in der Tanzwerkstatt",
        "privat",
        "rheda",
        "Gütersloher Straße 28",
        "Einfach tanzen",
        "Kindertanz, Hip-Hop und Kurse für Eltern, während die Kleinen proben.",
        ("Helle Räume, guter Boden und Lehrerinnen mit Bühnenerfahrung. Die Probestunde ist kostenlos.",),
        "tanz:0+1+4+5 gesundheitskurs babymassage",
        7,
        "nachmittag",
    ),
    org(
        "medien",
        "Medienwerkstatt Junge Welle",
        "in der Medienwerkstatt",
        "gemeinnuetzig",
        "rheda",
        "Bahnhofstraße 40",
        "Sehen, hören, selber machen",
        "Podcast, Film und Programmieren für Jugendliche, Elternabende zu Medien.",
        (
            (
                "Mit Kamera, Mikrofon und Schnittplatz entstehen Beiträge, die im Bürgerfunk laufen. Alle Projekte"
                " sind kostenlos."
            ),
        ),
        "medienprojekt programmieren elternabend webinar",
        8,
        "nachmittag",
        motif="computer",
    ),
    org(
        "museum",
        "Leineweber- und Kindermuseum",
        "im Museum",
        "kommunal",
        "wiedenbrueck",
        "Lange Straße 50",
        "Anfassen erlaubt",
        "Fachwerk, Handwerk und Spielzeug: Museum mit Werkstatt für Schulkinder.",
        (
            (
                "In dem Haus von 1620 darf gewebt, gedruckt und gespielt werden. Familien haben am ersten Sonntag"
                " freien Eintritt."
            ),
        ),
        "museum ausstellung kreativwerkstatt",
        7,
        "museum",
    ),
    org(
        "allein",
        "Netzwerk Alleinerziehend",
        "beim Netzwerk",
        "initiative",
        "wiedenbrueck",
        "Birnstraße 16",
        "Allein, aber nicht einsam",
        "Treffen, Ausflüge und Beratung für Mütter und Väter, die allein erziehen.",
        (
            (
                "Was als Stammtisch begann, ist heute ein Netz von sechzig Familien. Kinderbetreuung ist bei jedem"
                " Treffen dabei."
            ),
        ),
        "alleinerziehende elterncafe familienausflug wiedereinstieg",
        7,
        "keine",
    ),
    org(
        "mehr",
        "Mehrgenerationenhaus Mühlenhof",
        "im Mehrgenerationenhaus",
        "gemeinnuetzig",
        "rheda",
        "Berliner Straße 61",
        "Alle unter einem Dach",
        "Café, Werkstatt, Wunschgroßeltern und Hilfe bei Papierkram.",
        (
            (
                "Im Mühlenhof begegnen sich Menschen von null bis neunzig. Vieles entsteht, weil jemand eine Idee"
                " hatte und andere mitmachten."
            ),
        ),
        "grosseltern repaircafe mittagstisch krabbelgruppe seniorentreff besuchsdienst formularhilfe",
        8,
        "cafe",
    ),
    org(
        "inkl",
        "Lebensbaum – Hilfen für Kinder mit Behinderung",
        "beim Lebensbaum",
        "gemeinnuetzig",
        "lintel",
        "Hauptstraße 120",
        "Jedes Kind ist anders",
        "Beratung, Freizeit und Entlastung für Familien mit einem Kind mit Behinderung.",
        (
            (
                "Wir begleiten Familien bei Anträgen, vermitteln Assistenz und organisieren Ferien für alle. Unser"
                " Haus ist vollständig barrierefrei."
            ),
        ),
        "teilhabeberatung elternabend ferienfreizeit sportgruppe:10",
        7,
        "buero",
    ),
    org(
        "gesund",
        "Gesundheitshaus Ems",
        "im Gesundheitshaus",
        "privat",
        "rheda",
        "Schlossstraße 30",
        "Gesund durch die Familienzeit",
        "Kurse vor und nach der Geburt, Ernährung und Bewegung für Eltern und Kinder.",
        (
            (
                "Hebammen, eine Physiotherapeutin und eine Ernährungsberaterin arbeiten hier zusammen. Die Kurse"
                " werden von den Kassen bezuschusst."
            ),
        ),
        "gesundheitskurs babymassage schwangerenberatung erstehilfe",
        7,
        "vormittag",
    ),
    org(
        "heimat",
        "Dorfgemeinschaft St. Vit und Batenhorst",
        "in der Dorfgemeinschaft",
        "verein",
        "stvit",
        "Stromberger Straße 96",
        "Hier kennt man sich",
        "Feste, Basare und Ausflüge für Familien auf dem Dorf.",
        ("Vom Laternenumzug bis zum Kinderkleiderbasar: Wir sorgen dafür, dass in den Dörfern etwas los ist.",),
        "begegnung tauschladen familienausflug radtreff",
        6,
        "keine",
    ),
)
