"""Babies, toddlers and their parents."""

from demo.content.types import FREE, Pattern, euros, price
from demo.content.write import dates, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="krabbelgruppe",
        topic="fam.baby",
        audiences=("eltern", "familien"),
        titles=(
            "Krabbelgruppe „{name}“",
            "Eltern-Kind-Gruppe „{name}“",
            "„{name}“ – Treff für Babys und Eltern {ort}",
        ),
        teasers=(
            "Singen, spielen, krabbeln: Treff für Babys von {alter} mit Mama, Papa, Oma oder Opa.",
            "Offene Gruppe für Familien mit Babys von {alter}. Bitte eine Decke und dicke Socken mitbringen.",
        ),
        texts=(
            (
                (
                    "Während die Kleinen die Welt entdecken, lernen sich die Großen kennen. Wir beginnen mit"
                    " einem Begrüßungslied und enden mit einer Kuschelrunde."
                ),
                "Fingerspiele, Lieder und viel Zeit zum Austausch: Die Gruppe wird von einer Erzieherin begleitet.",
                "Kein Programm, kein Muss – in der Gruppe „{name}“ bestimmen die Babys das Tempo.",
            ),
            (
                "Geschwister dürfen mitkommen. Ein Wickelplatz und eine Küche zum Erwärmen von Fläschchen sind da.",
                (
                    "Einmal im Monat kommt eine Familienhebamme dazu und beantwortet Fragen zu Schlaf,"
                    " Beikost und Zahnen."
                ),
            ),
        ),
        variants=(
            v(name="Zwergentreff", alter="drei bis zwölf Monaten"),
            v(name="Krümelkiste", alter="sechs bis achtzehn Monaten"),
            v(name="Windelflitzer", alter="acht Monaten bis zwei Jahren"),
            v(name="Mäusebande", alter="vier bis vierzehn Monaten"),
            v(name="Käferkinder", alter="einem bis drei Jahren"),
        ),
        ages=(0, 3),
        costs=(FREE, price("2 € je Treffen"), price("Spende für das Frühstück")),
        schedules=(weekly("di", "09:30-11:00"), weekly("do", "10:00-11:30"), weekly("fr", "15:00-16:30")),
        registrations=("Einfach vorbeikommen.", "Zum ersten Mal bitte kurz anrufen."),
        motif="baby",
    ),
    Pattern(
        key="babymassage",
        topic="fam.baby",
        audiences=("eltern",),
        titles=("{kurs} {ort}", "{kurs} für Eltern und Baby", "{kurs}"),
        teasers=(
            "{kurs}: fünf Treffen für Eltern mit Babys {alter}. Bitte {mit} mitbringen.",
            "{kurs} in kleiner Gruppe: für Eltern und Babys {alter}, mit viel Zeit für Fragen.",
        ),
        texts=(
            (
                "Ein warmer Raum, wenig Trubel und Zeit füreinander. {inhalt}",
                "{inhalt} Eine erfahrene Kursleiterin begleitet die Gruppe und achtet darauf, was jedes Baby mag.",
            ),
            (
                "Die Gruppe hat höchstens acht Plätze. Väter sind ausdrücklich eingeladen.",
                "Einige Krankenkassen beteiligen sich an den Kosten; eine Bescheinigung stellen wir gern aus.",
            ),
        ),
        variants=(
            v(
                kurs="Babymassage",
                alter="ab sechs Wochen",
                mit="Handtuch und Wechselkleidung",
                inhalt="In kleinen Schritten lernen Sie Griffe, die Ihrem Baby guttun.",
            ),
            v(
                kurs="Spielraum nach Pikler",
                alter="von vier bis zwölf Monaten",
                mit="bequeme Kleidung und eine Decke",
                inhalt="Die Babys bewegen sich frei, die Eltern schauen zu und staunen.",
            ),
            v(
                kurs="Babyzeichensprache",
                alter="ab acht Monaten",
                mit="eine Krabbeldecke",
                inhalt="Mit einfachen Gebärden verstehen sich Eltern und Kind, lange bevor die ersten Worte kommen.",
            ),
        ),
        ages=(0, 1),
        costs=(euros("45"), euros("52", "ermäßigt 30 €")),
        schedules=(dates(5, "mi", "10:00-11:15"), dates(5, "fr", "09:30-10:45")),
        registrations=("Anmeldung erforderlich, höchstens 8 Paare.",),
        motif="baby",
    ),
    Pattern(
        key="eltern_kind_turnen",
        topic="fam.toddler",
        audiences=("eltern", "kinder"),
        titles=("Eltern-Kind-Turnen {gruppe}", "Turnzwerge {gruppe}", "Bewegungslandschaft für {gruppe2}"),
        teasers=("Klettern, rollen, balancieren: Turnstunde für {gruppe2} mit Begleitung.",),
        texts=(
            (
                (
                    "Bänke, Kästen, Matten und Rollbretter werden zur Abenteuerlandschaft. Die Kinder"
                    " probieren aus, die Großen helfen."
                ),
                (
                    "Wir beginnen mit einem Lied im Kreis, dann wird geturnt. Jede Woche steht etwas anderes"
                    " in der Halle."
                ),
            ),
            (
                (
                    "Bitte Stoppersocken oder Turnschläppchen und etwas zu trinken mitbringen. Dreimal"
                    " Schnuppern ist frei."
                ),
                "Während der Schulferien bleibt die Halle geschlossen.",
            ),
        ),
        variants=(
            v(gruppe="ab 18 Monaten", gruppe2="Kinder von anderthalb bis drei Jahren", ages=(1, 3)),
            v(gruppe="ab 3 Jahren", gruppe2="Kinder von drei bis fünf Jahren", ages=(3, 5)),
            v(gruppe="mit Papa", gruppe2="Kinder von zwei bis fünf Jahren mit ihren Vätern", ages=(2, 5)),
        ),
        costs=(price("im Vereinsbeitrag enthalten (6 € im Monat)"), euros("35", "für 10 Stunden")),
        schedules=(
            weekly("mi", "16:00-17:00"),
            weekly("mo", "15:30-16:30", "16:30-17:30"),
            weekly("sa", "10:00-11:30", fixed=True),
        ),
        registrations=("Erst schnuppern, dann anmelden.",),
        access="members",
        motif="turnen",
    ),
    Pattern(
        key="elterncafe",
        topic="fam.cafe",
        audiences=("eltern", "familien"),
        titles=("Elterncafé {ort}", "Familienfrühstück {ort}", "Offenes Familiencafé"),
        teasers=(
            "Zeit für einen Kaffee und ein Gespräch mit anderen Eltern. Die Kinder spielen nebenan.",
            "Frühstücken, plaudern und nebenbei erfahren, was für Familien los ist.",
        ),
        texts=(
            (
                (
                    "Im Elterncafé treffen sich Mütter und Väter aus der Nachbarschaft. Eine Pädagogin ist da"
                    " und hat ein offenes Ohr."
                ),
                (
                    "Kommen Sie vorbei, wann es passt, und bleiben Sie, so lange Sie mögen. Es gibt Kaffee,"
                    " Tee und belegte Brötchen."
                ),
            ),
            (
                (
                    "Alle paar Wochen laden wir jemanden ein, der etwas Nützliches erzählt: von Zahnpflege"
                    " bis Kindergeld."
                ),
                "Babys und Kleinkinder sind immer willkommen. Der Kinderwagen kann im Flur stehen.",
            ),
        ),
        ages=(None, None),
        costs=(price("Frühstück 3 €, Kinder frei"), FREE, price("Spende nach Belieben")),
        schedules=(weekly("mi", "09:00-11:00"), weekly("di", "09:30-11:30"), monthly(1, "fr", "09:00-11:30")),
        motif="kaffee",
    ),
    Pattern(
        key="elternabend",
        topic="fam.parents",
        audiences=("eltern",),
        titles=("{thema}", "Elternabend: {thema}", "Themenabend „{thema}“"),
        teasers=(
            "{frage} Ein Abend für Eltern mit kurzem Vortrag und viel Zeit für Fragen.",
            "Themenabend für Mütter und Väter: „{thema}“. {frage}",
            "{frage} Fachleute geben Antworten, die im Alltag helfen.",
        ),
        texts=(
            (
                (
                    "{frage} Die Referentin arbeitet seit vielen Jahren mit Familien und gibt Anregungen, die"
                    " sich zu Hause ausprobieren lassen."
                ),
                (
                    "{frage} Diese und andere Fragen besprechen wir ohne erhobenen Zeigefinger, mit"
                    " Beispielen aus dem Alltag."
                ),
            ),
            (
                "Für den Abend können Sie eine Kinderbetreuung anfragen.",
                "Wer nicht kommen kann, bekommt die Unterlagen auf Wunsch per E-Mail.",
                "Großeltern und Tageseltern sind ebenso willkommen.",
            ),
        ),
        variants=(
            v(thema="Kinder und Smartphone", frage="Wann ist ein Kind alt genug für ein eigenes Telefon?"),
            v(thema="Schlaf, Kindlein, schlaf", frage="Warum schläft mein Kind nicht durch?"),
            v(thema="Mit Liebe Grenzen setzen", frage="Wie sage ich Nein und bleibe trotzdem zugewandt?"),
            v(
                thema="Geschwister zwischen Liebe und Streit",
                frage="Muss ich mich einmischen, wenn Geschwister streiten?",
            ),
            v(
                thema="Schulreif – oder nicht?",
                frage="Was muss ein Kind können, wenn es in die Schule kommt?",
            ),
            v(thema="Zweisprachig aufwachsen", frage="Verwirren zwei Sprachen ein kleines Kind?"),
            v(
                thema="Erste Hilfe für die Seele",
                frage="Wie erkenne ich, dass es meinem Kind nicht gut geht?",
            ),
            v(thema="Gesunde Brotdose", frage="Was gehört in die Pausenbox, damit sie auch gegessen wird?"),
            v(thema="Starke Kinder sagen Nein", frage="Wie schütze ich mein Kind vor Übergriffen?"),
        ),
        costs=(FREE, euros("5"), price("Eintritt frei, Spende erbeten")),
        schedules=(
            dates(1, "mi", "19:30-21:00"),
            dates(1, "do", "19:00-21:00"),
            dates(1, "di", "20:00-21:30"),
        ),
        registrations=("Anmeldung erwünscht.", "Anmeldung bis drei Tage vorher."),
        online="also",
        motif="familie",
    ),
    Pattern(
        key="alleinerziehende",
        topic="fam.single",
        audiences=("eltern",),
        titles=(
            "Treff für Alleinerziehende",
            "Allein mit Kind: {name}",
            "{name} – Gruppe für Alleinerziehende {ort}",
        ),
        teasers=(
            "Austausch, gemeinsames Essen und gegenseitige Hilfe für Mütter und Väter, die allein erziehen.",
            "{name}: sich treffen, reden, lachen – und die Kinder spielen zusammen.",
        ),
        texts=(
            (
                (
                    "Allein erziehen heißt vieles allein entscheiden. Im Treff sitzen Menschen, die das"
                    " kennen. Die Kinder werden betreut."
                ),
                "Wir kochen zusammen, machen Ausflüge und helfen uns, wenn es eng wird.",
            ),
            (
                "Neue sind jederzeit willkommen. Wer mag, bleibt zum gemeinsamen Essen.",
                "Zweimal im Jahr fahren wir für ein Wochenende weg; die Kosten richten sich nach dem Einkommen.",
            ),
        ),
        variants=(v(name="Sonntagsbrunch"), v(name="Abendrunde"), v(name="Samstagsausflug")),
        schedules=(monthly(2, "so", "10:30-13:30"), monthly(3, "sa", "14:00-17:00")),
        registrations=("Bitte anmelden, damit die Kinderbetreuung planen kann.",),
        motif="familie",
    ),
    Pattern(
        key="familienausflug",
        topic="fam.toddler",
        audiences=("familien", "kinder"),
        titles=("{ziel}", "Familientag: {ziel}", "{ziel} – Ausflug für Groß und Klein"),
        teasers=(
            "Raus mit der ganzen Familie: {ziel}. Wir bringen Spiele mit, Sie ein Picknick.",
            "{ziel}: ein gemeinsamer Ausflug für Kinder, Eltern und Großeltern.",
            "Frische Luft und gute Laune: {ziel}. Treffpunkt und Weg erfahren Sie bei der Anmeldung.",
        ),
        texts=(
            (
                (
                    "{ziel}: Mit Bollerwagen und Lupe ziehen wir los und lassen uns Zeit. Unterwegs gibt es"
                    " Aufgaben für alle, die noch nicht müde sind."
                ),
                "Gemeinsam draußen sein: {ziel}. Auch Großeltern und Nachbarn sind eingeladen.",
            ),
            (
                "Bitte feste Schuhe und Regenjacken einpacken. Bei Gewitter fällt der Ausflug aus.",
                "Die Strecke ist kurz und größtenteils für Kinderwagen geeignet.",
            ),
        ),
        variants=(
            v(ziel="Abendwanderung mit Laternen", schedules=(dates(1, "fr", "17:00-19:00"),)),
            v(ziel="Schatzsuche im Wald"),
            v(ziel="Geschichtenweg für Kinder"),
            v(ziel="Tiere am Wasser beobachten"),
            v(ziel="Drachen steigen lassen"),
        ),
        ages=(3, None),
        schedules=(dates(1, "sa", "14:00-17:00"), dates(1, "so", "14:30-17:00")),
        registrations=("Anmeldung bis zwei Tage vorher.",),
        costs=(FREE, price("3 € je Familie")),
        motif="wald",
    ),
)
