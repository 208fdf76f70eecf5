"""Sport, dance and swimming."""

from demo.content.types import FREE, Pattern, euros, price
from demo.content.write import NO_DATE, dates, monthly, v, weekly

MEMBER = price("im Vereinsbeitrag enthalten")

PATTERNS = (
    Pattern(
        key="sportgruppe",
        topic="sport.club",
        audiences=("alle",),
        titles=("{sport} {gruppe}", "{sport} {ort} – {gruppe}", "Training {sport} {gruppe}"),
        teasers=(
            "{sport} {gruppe}: Spaß am Spiel, faire Gruppe, erfahrene Trainerinnen und Trainer.",
            "Neu im Verein? Beim {sport} {gruppe} sind Gäste drei Wochen lang kostenlos dabei.",
        ),
        texts=(
            (
                (
                    "Das Training ist {gruppe} gedacht, und wir achten darauf, dass alle mitkommen. Auf"
                    " Wunsch geht es am Wochenende zu Spielen und Turnieren."
                ),
                "Aufwärmen, Technik, Spiel: Eine Trainingsstunde ist abwechslungsreich und endet selten ohne Lachen.",
            ),
            (
                "Für das Probetraining genügen Sportsachen, saubere Hallenschuhe und eine Flasche Wasser.",
                "Mit dem Bildungspaket übernimmt das Amt den Beitrag für Kinder; den Antrag geben wir Ihnen mit.",
                "In den Sommerferien trainieren wir, wenn das Wetter mitspielt, draußen.",
            ),
        ),
        variants=(
            v(sport="Fußball", gruppe="für Mädchen von 8 bis 12", ages=(8, 12), audiences=("kinder",)),
            v(sport="Fußball", gruppe="für Bambini", ages=(4, 6), audiences=("kinder",)),
            v(sport="Handball", gruppe="für die D-Jugend", ages=(10, 12), audiences=("kinder",)),
            v(sport="Judo", gruppe="für Anfänger ab 6 Jahren", ages=(6, 11), audiences=("kinder",)),
            v(sport="Tischtennis", gruppe="für Jugendliche", ages=(11, 18), audiences=("jugend",)),
            v(sport="Badminton", gruppe="für Freizeitspieler", ages=(16, None), audiences=("erwachsene",)),
            v(
                sport="Volleyball",
                gruppe="für gemischte Mannschaften",
                ages=(18, None),
                audiences=("erwachsene",),
            ),
            v(sport="Boxen", gruppe="für Jugendliche", ages=(12, 18), audiences=("jugend",)),
            v(sport="Leichtathletik", gruppe="für Schulkinder", ages=(7, 13), audiences=("kinder",)),
            v(sport="Basketball", gruppe="für Jugendliche", ages=(12, 17), audiences=("jugend",)),
            v(
                sport="Rollstuhlsport",
                gruppe="für Menschen mit und ohne Behinderung",
                ages=(10, None),
                audiences=("behinderung", "alle"),
            ),
            v(sport="Geräteturnen", gruppe="für Mädchen und Jungen", ages=(6, 12), audiences=("kinder",)),
        ),
        costs=(
            MEMBER,
            price("Beitrag 8 € im Monat, Familien 15 €"),
            price("Kinder 5 €, Erwachsene 9 € im Monat"),
        ),
        access="members",
        schedules=(
            weekly("mo mi", "17:00-18:30"),
            weekly("di fr", "16:30-18:00"),
            weekly("do", "19:30-21:30"),
        ),
        registrations=("Probetraining ohne Anmeldung.", "Bitte vor dem ersten Training kurz anrufen."),
        motif="sport",
    ),
    Pattern(
        key="schwimmkurs",
        topic="sport.swim",
        audiences=("kinder", "erwachsene"),
        titles=("{kurs}", "{kurs} {ort}", "Schwimmkurs: {kurs}"),
        teasers=(
            "{kurs} – zehn Stunden im warmen Becken, kleine Gruppe, ausgebildete Schwimmlehrerin.",
            "Kurs „{kurs}“: mit Ruhe und Spaß ins Wasser, in einer Gruppe von höchstens zehn.",
        ),
        texts=(
            (
                "Erst Vertrauen, dann Technik: Im Kurs „{kurs}“ lernt jede und jeder im eigenen Tempo.",
                "Tauchen, gleiten, springen – nach zehn Stunden ist das Wasser ein Freund.",
            ),
            (
                "Bitte Badekleidung, Handtuch und Badeschuhe mitbringen.",
                "Der Eintritt ins Bad ist in der Kursgebühr enthalten.",
                "Die Plätze sind schnell vergeben; es gibt eine Warteliste.",
            ),
        ),
        variants=(
            v(kurs="Seepferdchen", ages=(5, 8), audiences=("kinder",)),
            v(kurs="Wassergewöhnung mit Eltern", ages=(3, 5), audiences=("kinder", "eltern")),
            v(kurs="Vom Seepferdchen zum Bronzeabzeichen", ages=(6, 12), audiences=("kinder",)),
            v(kurs="Schwimmen lernen als Erwachsener", ages=(18, None), audiences=("erwachsene",)),
            v(kurs="Schwimmen für Frauen", ages=(16, None), audiences=("frauen",)),
            v(kurs="Aquafitness", ages=(18, None), audiences=("erwachsene", "senioren")),
        ),
        costs=(euros("95", "zehn Stunden mit Eintritt"), euros("110"), euros("60", "ermäßigt 40 €")),
        schedules=(
            weekly("mo", "15:30-16:15", "16:15-17:00", weeks=10),
            weekly("sa", "09:00-09:45", weeks=10, fixed=True),
            weekly("mi fr", "16:00-16:45", weeks=5),
        ),
        registrations=("Anmeldung erforderlich.",),
        motif="schwimmen",
    ),
    Pattern(
        key="tanz",
        topic="sport.dance",
        audiences=("alle",),
        titles=("{tanz}", "{tanz} {ort}", "Wir tanzen: {tanz}"),
        teasers=(
            "{tanz}: Musik an, Alltag aus. Einstieg jederzeit, auch ohne Vorkenntnisse.",
            "Lust auf Bewegung? {tanz} – Probestunde frei.",
        ),
        texts=(
            (
                "Nach dem Aufwärmen lernen wir Schritt für Schritt eine kleine Choreografie. {zusatz}",
                "Rhythmus spüren, sich bewegen, zusammen lachen. {zusatz}",
            ),
            (
                "Bequeme Kleidung und Schuhe mit heller Sohle genügen.",
                "Einmal im Jahr zeigen alle Gruppen beim Stadtfest, was sie gelernt haben.",
            ),
        ),
        variants=(
            v(
                tanz="Hip-Hop für Jugendliche",
                zusatz="Eigene Ideen sind ausdrücklich erwünscht.",
                ages=(11, 17),
                audiences=("jugend",),
            ),
            v(
                tanz="Kindertanz",
                zusatz="Mit Tüchern, Trommeln und Geschichten.",
                ages=(4, 7),
                audiences=("kinder",),
            ),
            v(
                tanz="Kreistänze aus aller Welt",
                zusatz="Eine Partnerin oder einen Partner braucht man nicht.",
                ages=(18, None),
                audiences=("erwachsene", "senioren"),
            ),
            v(
                tanz="Tanzen im Sitzen",
                zusatz="Auch mit Rollator oder Rollstuhl ist man mittendrin.",
                ages=(60, None),
                audiences=("senioren",),
            ),
            v(
                tanz="Discofox für Paare",
                zusatz="Getanzt wird zu bekannten Schlagern und neuen Liedern.",
                ages=(18, None),
                audiences=("erwachsene",),
            ),
            v(
                tanz="Salsa zum Ausprobieren",
                zusatz="Wir wechseln durch, niemand bleibt sitzen.",
                ages=(16, None),
                audiences=("erwachsene",),
            ),
        ),
        costs=(euros("5", "je Abend"), MEMBER, euros("42", "für 8 Stunden")),
        schedules=(
            weekly("fr", "17:00-18:30"),
            weekly("di", "19:00-20:30", weeks=8),
            weekly("do", "14:30-16:00"),
        ),
        registrations=("Keine Anmeldung nötig.", "Anmeldung erwünscht."),
        motif="tanz",
    ),
    Pattern(
        key="wandern",
        topic="sport.outdoor",
        audiences=("erwachsene", "senioren"),
        titles=("{tour}", "Wandergruppe: {tour}", "Gemeinsam unterwegs: {tour}"),
        teasers=("{tour}: {km} Kilometer in guter Gesellschaft, mit Einkehr am Schluss.",),
        texts=(
            (
                (
                    "Wir gehen {km} Kilometer auf gut begehbaren Wegen und machen mehrere Pausen. Gäste sind"
                    " herzlich willkommen."
                ),
                (
                    "Treffpunkt ist am Vereinsheim; mit Bus und Bahn kommt man gut hin. Die Strecke ist {km}"
                    " Kilometer lang."
                ),
            ),
            (
                "Feste Schuhe, Regenjacke und etwas zu trinken gehören in den Rucksack.",
                "Hunde an der Leine dürfen mit.",
                "Bei Glatteis oder Sturm fällt die Wanderung aus.",
            ),
        ),
        variants=(
            v(tour="Wanderung mit Suppe", km="acht"),
            v(tour="Feierabendrunde", km="fünf", schedules=(weekly("do", "17:30-19:30"),)),
            v(tour="Nordic Walking für alle", km="sechs"),
            v(tour="Wandern mit Kinderwagen", km="vier", audiences=("eltern", "familien")),
            v(tour="Tageswanderung", km="vierzehn"),
        ),
        ages=(None, None),
        schedules=(
            monthly(1, "so", "10:00-14:00"),
            monthly(3, "sa", "13:00-17:00"),
            weekly("mi", "14:00-16:00"),
        ),
        costs=(FREE, price("Gäste 2 €")),
        motif="wald",
    ),
    Pattern(
        key="radtreff",
        topic="sport.outdoor",
        audiences=("erwachsene", "alle"),
        titles=("Radeln nach Feierabend", "Fahrradkurs für Frauen", "Sicher mit dem E-Bike"),
        teasers=("Aufs Rad: gemeinsam üben und gemeinsam fahren, in gemütlichem Tempo und mit Helm.",),
        texts=(
            (
                (
                    "Unter Anleitung üben wir Bremsen, Kurven und das Fahren im Verkehr. Leihräder und Helme"
                    " sind vorhanden."
                ),
                "Wir treffen uns, prüfen kurz Reifen und Bremsen und fahren los. Niemand wird abgehängt.",
            ),
            (
                "Auf dem Rückweg kehren wir oft noch ein.",
                "Wer noch nie gefahren ist, fängt auf dem Schulhof an.",
            ),
        ),
        ages=(16, None),
        schedules=(weekly("do", "18:00-20:00"), dates(3, "sa", "10:00-12:30")),
        registrations=("Anmeldung erwünscht.",),
        motif="rad",
    ),
    Pattern(
        key="vereinsberatung",
        topic="com.volunteer",
        audiences=("fachkraefte", "erwachsene"),
        titles=("Übungsleiter werden: Infoabend", "Trainer-Ausbildung im Verein"),
        teasers=("Lust, eine Gruppe zu leiten? Wir erklären Ausbildung, Lizenz und Versicherung.",),
        texts=(
            (
                (
                    "Wer Kinder oder Erwachsene anleiten möchte, bekommt von uns eine gute Ausbildung und"
                    " eine Begleitung durch Erfahrene."
                ),
            ),
            (
                "Die Kosten übernimmt der Verein.",
                "Der Einstieg ist ab 14 Jahren als Helferin oder Helfer möglich.",
            ),
        ),
        ages=(14, None),
        schedules=(dates(1, "mo", "18:30-20:00"), NO_DATE),
        engagement=True,
        motif="sport",
    ),
)
