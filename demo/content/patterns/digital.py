"""Computers, telephones and what one can build with them."""

from demo.content.types import FREE, Pattern, euros
from demo.content.write import dates, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="computerkurs",
        topic="digi.basic",
        audiences=("erwachsene", "senioren"),
        titles=("{thema}", "Computerkurs: {thema}", "{thema} – in kleinen Schritten"),
        teasers=("{thema} – ruhig erklärt, mit viel Zeit zum Üben. Vorkenntnisse sind nicht nötig.",),
        texts=(
            (
                "{inhalt} Wir gehen langsam vor und wiederholen, bis es sitzt.",
                "{inhalt} Alle üben am eigenen oder an einem geliehenen Gerät.",
            ),
            (
                "Ein Skript in großer Schrift gibt es dazu.",
                "Höchstens acht Teilnehmende, zwei Personen helfen.",
                "Bitte das Ladegerät und die eigenen Passwörter mitbringen.",
            ),
        ),
        variants=(
            v(thema="Einstieg am Computer", inhalt="Maus, Tastatur, Ordner: Wir fangen ganz vorn an."),
            v(
                thema="Mein Smartphone verstehen",
                inhalt="Einstellungen, Fotos, Nachrichten und die richtige Lautstärke.",
            ),
            v(
                thema="Online-Ausweis und digitale Ämter",
                inhalt="Den Ausweis freischalten und Anträge von zu Hause stellen.",
            ),
            v(thema="Tabellen mit Gewinn", inhalt="Listen ordnen, rechnen lassen und Diagramme zeichnen."),
            v(thema="Sicher im Netz", inhalt="Gute Passwörter, falsche E-Mails und sicheres Bezahlen."),
            v(
                thema="Fotos ordnen und verschenken",
                inhalt="Bilder vom Telefon holen, aussuchen und ein Fotobuch gestalten.",
            ),
            v(thema="Gesundheit digital", inhalt="E-Rezept, Patientenakte und Arzttermine am Telefon."),
        ),
        costs=(euros("45"), euros("30", "ermäßigt 20 €"), FREE),
        schedules=(
            dates(4, "mo", "09:30-11:30"),
            weekly("do", "17:30-19:30", weeks=6),
            dates(2, "fr", "14:00-17:00"),
        ),
        registrations=("Anmeldung erforderlich.",),
        motif="computer",
    ),
    Pattern(
        key="medienberatung",
        topic="digi.media",
        audiences=("eltern", "alle"),
        titles=("Digitale Sprechstunde {ort}", "Technik-Hilfe: {thema}"),
        teasers=(
            "Das Gerät macht nicht, was es soll? Ehrenamtliche helfen bei Telefon, Tablet und Laptop.",
            "Sprechstunde für digitale Fragen, Schwerpunkt: {thema}.",
        ),
        texts=(
            (
                "Bringen Sie Ihr Gerät und Ihre Fragen mit, wir schauen gemeinsam nach. Häufige Themen: {thema}.",
                "Keine Frage ist zu einfach. Zuletzt ging es oft um das Thema {thema}.",
            ),
            (
                "Reparaturen machen wir nicht, aber wir wissen, wer es kann.",
                "Wer zu Hause kein Internet hat, kann unseren Anschluss nutzen.",
            ),
        ),
        variants=(
            v(thema="E-Mail einrichten"),
            v(thema="Videoanruf mit den Enkeln"),
            v(thema="Fahrkarten am Telefon kaufen"),
            v(thema="Jugendschutz einstellen"),
        ),
        schedules=(weekly("mi", "10:00-12:00"), weekly("fr", "14:00-16:00"), monthly(2, "do", "15:00-17:00")),
        engagement=True,
        motif="computer",
    ),
    Pattern(
        key="programmieren",
        topic="digi.code",
        audiences=("kinder", "jugend"),
        titles=("{thema}", "Tüfteln am Nachmittag: {thema}"),
        teasers=(
            "{thema}: selbst bauen und programmieren statt nur spielen.",
            "Neugierig auf Technik? {thema} für Mädchen und Jungen, Vorkenntnisse braucht niemand.",
        ),
        texts=(
            (
                (
                    "Stück für Stück entsteht etwas Eigenes. Laptops und Bausätze sind da, Mut zum"
                    " Ausprobieren bringst du mit."
                ),
                "In Zweierteams wird geknobelt, gelötet und programmiert. Fehler gehören dazu!",
            ),
            (
                "Die Gruppe wird von Studierenden der Informatik geleitet.",
                "Am letzten Termin stellen alle ihre Projekte vor, Familien sind eingeladen.",
            ),
        ),
        variants=(
            v(thema="Roboter bauen", ages=(9, 13)),
            v(thema="Erste Spiele mit Scratch", ages=(8, 12)),
            v(thema="Python für Neugierige", ages=(13, 18)),
            v(thema="3D-Druck-Club", ages=(11, 17)),
        ),
        costs=(FREE, euros("20", "Material")),
        schedules=(weekly("di", "16:00-18:00", weeks=10), dates(2, "sa", "10:00-14:00")),
        registrations=("Anmeldung erforderlich, 12 Plätze.",),
        motif="computer",
    ),
    Pattern(
        key="webinar",
        topic="edu.lecture",
        audiences=("erwachsene", "fachkraefte"),
        titles=("Online: {thema}", "{thema} (Online-Seminar)"),
        teasers=("Online-Abend von zu Hause aus: {thema}. Der Zugang kommt nach der Anmeldung per E-Mail.",),
        texts=(
            (
                (
                    "Anderthalb Stunden mit Beispielen und Fragerunde zum Thema „{thema}“. Es genügt ein"
                    " Gerät mit Ton, eine Kamera ist nicht nötig."
                ),
            ),
            (
                "Die Folien gibt es hinterher zum Herunterladen.",
                "Fragen können Sie auch schriftlich und ohne Namen stellen.",
            ),
        ),
        variants=(
            v(thema="Ehrenamt und Versicherung"),
            v(thema="Barrierefreie Veranstaltungen planen"),
            v(thema="Datenschutz im Verein"),
            v(thema="Fördermittel finden"),
            v(thema="Kinderschutz in der Gruppe"),
        ),
        ages=(16, None),
        schedules=(dates(1, "di", "18:00-19:30"), dates(1, "do", "19:00-20:30")),
        registrations=("Anmeldung per E-Mail bis zum Vortag.",),
        online="only",
        motif="computer",
    ),
)
