"""Company and visits for older people."""

from demo.content.types import FREE, Pattern, euros, price
from demo.content.write import NO_DATE, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="mittagstisch",
        topic="com.meal",
        audiences=("senioren", "alle"),
        titles=("Mittagstisch {ort}", "Gemeinsam essen: {name}", "{name}"),
        teasers=("{name}: frisch gekocht und in Gesellschaft gegessen. Auch vegetarisch.",),
        texts=(
            (
                (
                    "Suppe, Hauptgericht, Nachtisch – und Leute, mit denen man reden kann. Der Speiseplan"
                    " hängt im Schaukasten."
                ),
                "Gekocht wird mit dem, was die Jahreszeit hergibt. Wer allein lebt, sitzt hier nie allein am Tisch.",
            ),
            (
                "Bitte bis zum Vortag um zwölf Uhr anmelden.",
                "Ein Fahrdienst holt Sie auf Wunsch ab.",
                "Wer wenig hat, zahlt weniger; niemand fragt nach.",
            ),
        ),
        variants=(
            v(name="Suppentopf"),
            v(name="Offener Mittagstisch"),
            v(name="Tafelrunde"),
            v(name="Generationentisch", audiences=("alle", "familien")),
        ),
        costs=(euros("5.50"), euros("4", "ermäßigt 2 €"), price("jeder gibt, was er kann")),
        schedules=(
            weekly("di do", "12:00-13:30"),
            weekly("mi", "12:00-14:00"),
            monthly(1, "so", "12:00-14:00"),
        ),
        registrations=("Anmeldung bis zum Vortag.",),
        motif="essen",
    ),
    Pattern(
        key="seniorentreff",
        topic="sen.meet",
        audiences=("senioren",),
        titles=("{name}", "{name} {ort}", "Seniorentreff: {name}"),
        teasers=(
            "{name}: ein geselliger Nachmittag mit Kaffee und abwechslungsreichem Programm.",
            "Treff für Menschen ab 60: {name}. Neue Gesichter sind sehr willkommen.",
        ),
        texts=(
            (
                "{inhalt} Dazu gibt es Kaffee und selbst gebackenen Kuchen.",
                "{inhalt} Wer nicht gut zu Fuß ist, wird auf Wunsch abgeholt.",
            ),
            (
                "Das Programm liegt im Rathaus und in den Apotheken aus.",
                "Begleitpersonen sind gern gesehen.",
                "Der Raum ist ebenerdig, Parkplätze liegen vor der Tür.",
            ),
        ),
        variants=(
            v(name="Spielenachmittag", inhalt="Skat, Rommé, Rummikub: Es findet sich immer eine Runde."),
            v(name="Erzählcafé", inhalt="Wir erinnern uns gemeinsam an früher und reden über heute."),
            v(name="Geburtstagskaffee", inhalt="Einmal im Monat feiern wir alle, die Geburtstag hatten."),
            v(name="Strickrunde", inhalt="Socken, Schals und gute Laune entstehen fast nebenbei."),
            v(name="Zeitung lesen mit anderen", inhalt="Was steht drin, und was denken wir darüber?"),
            v(name="Herrenrunde", inhalt="Fußball, Politik, Garten – Gesprächsstoff ist immer da."),
            v(name="Bingo und Musik", inhalt="Mit kleinen Preisen und alten Schlagern."),
        ),
        ages=(60, None),
        costs=(FREE, price("2 € für Kaffee und Kuchen")),
        schedules=(
            weekly("mi", "14:30-17:00"),
            monthly(1, "do", "14:30-16:30"),
            monthly(3, "di", "15:00-17:00"),
        ),
        motif="senioren",
    ),
    Pattern(
        key="besuchsdienst",
        topic="sen.care",
        audiences=("senioren",),
        titles=("Besuchsdienst {ort}", "Zeit schenken: {name}", "{name}"),
        teasers=(
            "{name}: Ehrenamtliche kommen zu Ihnen nach Hause, hören zu und bringen Abwechslung.",
            "Besuch, der guttut: {name} bringt Zeit und ein offenes Ohr mit.",
        ),
        texts=(
            (
                (
                    "Vorlesen, spazieren gehen, Kaffee trinken: Was Sie zusammen machen, entscheiden Sie"
                    " selbst. Ein Pflegedienst sind wir nicht."
                ),
                (
                    "Viele ältere Menschen haben zu wenig Besuch. Das möchten wir ändern, Woche für Woche,"
                    " Mensch für Mensch."
                ),
            ),
            (
                "Alle Ehrenamtlichen werden geschult und begleitet.",
                "Der Dienst ist kostenlos und unabhängig von der Konfession.",
            ),
        ),
        variants=(v(name="Türöffner"), v(name="Besuch auf eine Tasse Tee"), v(name="Gute Gesellschaft")),
        ages=(65, None),
        schedules=(NO_DATE,),
        registrations=("Anruf genügt.",),
        engagement=True,
        motif="senioren",
    ),
    Pattern(
        key="demenz",
        topic="sen.care",
        audiences=("senioren", "familien"),
        titles=("{name}", "{name} – für Menschen mit Demenz"),
        teasers=("{name}: Betreuung für Menschen mit Demenz, damit Angehörige durchatmen können.",),
        texts=(
            (
                (
                    "Geschulte Helferinnen und Helfer singen, malen und bewegen sich mit den Gästen."
                    " Angehörige wissen ihre Lieben gut aufgehoben."
                ),
            ),
            ("Die Kosten erstattet in der Regel die Pflegekasse.", "Ein Schnuppernachmittag ist kostenlos."),
        ),
        variants=(
            v(name="Café Vergissmeinnicht"),
            v(name="Tanznachmittag mit Erinnerungen"),
            v(name="Betreuungsgruppe am Vormittag"),
        ),
        ages=(60, None),
        costs=(euros("20", "wird von der Pflegekasse erstattet"),),
        schedules=(weekly("do", "14:00-17:00"), weekly("di", "09:30-12:30")),
        registrations=("Anmeldung telefonisch.",),
        motif="senioren",
    ),
)
