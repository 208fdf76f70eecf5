"""Children in their free time: holidays, groups, workshops, stories."""

from demo.content.types import Pattern, euros
from demo.content.write import daily, dates, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="ferienfreizeit",
        topic="kid.holiday",
        audiences=("kinder", "jugend"),
        titles=("{ferien}: {thema}", "Ferienwoche „{thema}“", "{thema} – {ferien} {ort}"),
        teasers=(
            "Eine Woche lang {tun}. Mit Mittagessen, neuen Freunden und einem Fest zum Abschluss.",
            "{ferien} ohne Langeweile: {tun}, dazu Spiele drinnen und draußen.",
            "„{thema}“ heißt unsere Ferienwoche. Die Kinder werden {tun}.",
        ),
        texts=(
            (
                (
                    "Ferien voller Abenteuer: In dieser Woche werden wir {tun}. Das Team besteht aus"
                    " Fachkräften und jungen Ehrenamtlichen."
                ),
                (
                    "In unserer Ferienwoche „{thema}“ dürfen Kinder {tun} und mitbestimmen, was am nächsten"
                    " Tag passiert."
                ),
            ),
            (
                "Bitte Sachen anziehen, die schmutzig werden dürfen. Essen und Getränke sind im Preis enthalten.",
                "Familien mit wenig Geld zahlen weniger; sprechen Sie uns an, das bleibt unter uns.",
                "Am letzten Nachmittag zeigen die Kinder ihren Familien, was entstanden ist.",
            ),
        ),
        variants=(
            v(
                ferien="Herbstferien",
                thema="Zirkus Sternenstaub",
                tun="jonglieren, balancieren und zaubern lernen",
                ages=(7, 12),
            ),
            v(
                ferien="Osterferien",
                thema="Waldläufer",
                tun="Hütten bauen, Spuren lesen und Stockbrot backen",
                ages=(6, 11),
            ),
            v(
                ferien="Sommerferien",
                thema="Stadt der Kinder",
                tun="eine eigene Stadt mit Rathaus, Bank und Zeitung gründen",
                ages=(8, 13),
            ),
            v(
                ferien="Herbstferien",
                thema="Trickfilm-Werkstatt",
                tun="Figuren kneten und eigene Filme drehen",
                ages=(9, 14),
            ),
            v(
                ferien="Sommerferien",
                thema="Sport querbeet",
                tun="jeden Tag eine neue Sportart ausprobieren",
                ages=(8, 14),
            ),
            v(
                ferien="Osterferien",
                thema="Werkstattwoche Holz",
                tun="sägen, schrauben und Vogelhäuser bauen",
                ages=(8, 13),
            ),
            v(
                ferien="Osterferien",
                thema="Kochen rund um die Welt",
                tun="einkaufen, schnippeln und Gerichte aus fünf Ländern kochen",
                ages=(9, 13),
            ),
        ),
        costs=(euros("60", "Geschwister 45 €"), euros("85", "mit Mittagessen"), euros("35", "ermäßigt 15 €")),
        schedules=(daily(5, "08:30-16:00"), daily(5, "09:00-15:00")),
        registrations=("Anmeldung mit Formular, Plätze begrenzt.",),
        motif="ferien",
    ),
    Pattern(
        key="kreativwerkstatt",
        topic="kid.creative",
        audiences=("kinder",),
        titles=("{werk}", "Kinderwerkstatt: {werk}", "{werk} für Kinder {ort}"),
        teasers=(
            "{werk}: Kinder von {von} bis {bis} Jahren probieren aus, was ihre Hände können.",
            "Mit Händen, Augen und viel Fantasie: {werk} für Kinder von {von} bis {bis}.",
        ),
        texts=(
            (
                (
                    "Hier wird gekleckst, geklebt und geklopft. Unter dem Titel „{werk}“ entstehen kleine"
                    " Kunstwerke, die mit nach Hause dürfen."
                ),
                (
                    "Mit Ruhe und guten Werkzeugen gelingt mehr, als man denkt. Zwei Künstlerinnen begleiten"
                    " die Gruppe „{werk}“."
                ),
            ),
            (
                "Material ist vorhanden und im Preis enthalten. Bitte ein altes Hemd mitbringen.",
                "Alle Stücke werden am Ende in einer kleinen Ausstellung gezeigt.",
            ),
        ),
        variants=(
            v(werk="Töpfern", von="6", bis="12", ages=(6, 12)),
            v(werk="Filzen und Weben", von="7", bis="11", ages=(7, 11)),
            v(werk="Malen wie die Großen", von="5", bis="10", ages=(5, 10)),
            v(werk="Papier, Schere, Kleister", von="4", bis="8", ages=(4, 8)),
            v(werk="Nähen mit der Maschine", von="9", bis="14", ages=(9, 14)),
            v(werk="Löten und Leuchten", von="9", bis="13", ages=(9, 13)),
        ),
        costs=(euros("8"), euros("48", "für 6 Nachmittage"), euros("12", "mit Material")),
        schedules=(
            dates(6, "di", "15:30-17:00"),
            dates(1, "sa", "10:00-13:00"),
            weekly("do", "15:00-16:30", weeks=8),
        ),
        registrations=("Anmeldung erforderlich.",),
        motif="kunst",
    ),
    Pattern(
        key="vorlesen",
        topic="edu.read",
        audiences=("kinder", "familien"),
        titles=("Vorlesezeit: {thema}", "{name}", "{name} {ort}"),
        teasers=("{thema} – Geschichten zum Zuhören, Mitraten und Träumen für Kinder ab {alter} Jahren.",),
        texts=(
            (
                (
                    "Unsere Vorlesepatinnen und Vorlesepaten bringen Bilderbücher zum Leben. Diesmal heißt"
                    " das Thema „{thema}“."
                ),
                (
                    "Es wird geflüstert, gebrüllt und gelacht: Wir lesen Geschichten rund um das Thema"
                    " „{thema}“ und basteln danach eine Kleinigkeit."
                ),
            ),
            (
                "Eltern dürfen dabeibleiben oder so lange stöbern.",
                "Die Bücher können anschließend ausgeliehen werden.",
            ),
        ),
        variants=(
            v(name="Bilderbuchkino", thema="Wald und Wichtel", alter="4", ages=(4, 7)),
            v(name="Lesemäuse", thema="Tiere, die sprechen", alter="3", ages=(3, 6)),
            v(
                name="Geschichten in zwei Sprachen",
                thema="Märchen aus aller Welt",
                alter="5",
                ages=(5, 9),
                languages=("de", "ar", "tr"),
            ),
            v(name="Erzähltheater am Nachmittag", thema="Freundschaft", alter="4", ages=(4, 8)),
            v(
                name="Vorlesen auf Französisch",
                thema="Contes et comptines",
                alter="3",
                ages=(3, 8),
                languages=("fr", "de"),
            ),
        ),
        schedules=(
            weekly("do", "16:00-16:45"),
            monthly(1, "mi", "15:30-16:30"),
            dates(1, "sa", "11:00-12:00"),
        ),
        registrations=("Keine Anmeldung nötig.", "Gruppen bitte anmelden."),
        engagement=True,
        motif="buecher",
    ),
    Pattern(
        key="spielmobil",
        topic="kid.group",
        audiences=("kinder", "familien"),
        titles=("Spielmobil unterwegs {ort}", "Das Spielmobil kommt!"),
        teasers=(
            "Stelzen, Seifenblasen, Rollbretter: Das Spielmobil macht Halt auf Plätzen und Schulhöfen.",
            "Nachmittags rollt das Spielmobil an: spielen, bauen und toben für alle Kinder.",
        ),
        texts=(
            (
                (
                    "Aus dem bunten Anhänger kommt alles, was man für einen Nachmittag draußen braucht."
                    " Mitspielen dürfen alle Kinder, ohne Anmeldung und ohne Eintritt."
                ),
            ),
            (
                "Kleine Geschwister kommen bitte mit einem Erwachsenen.",
                "Bei starkem Regen bleibt das Spielmobil in der Garage.",
            ),
        ),
        ages=(4, 13),
        schedules=(weekly("di", "15:00-18:00"), weekly("fr", "14:30-17:30")),
        places=3,
        motif="ferien",
    ),
    Pattern(
        key="kinderkirche",
        topic="kid.group",
        audiences=("kinder", "familien"),
        titles=("Kinderkirche {ort}", "Kinderbibeltag"),
        teasers=("Singen, Geschichten hören, basteln und zusammen essen – für Kinder jeder Konfession und auch ohne.",),
        texts=(
            (
                (
                    "Ein Vormittag mit einer Geschichte, viel Musik und einem einfachen Mittagessen. Ein Team"
                    " von Ehrenamtlichen bereitet alles vor."
                ),
            ),
            (
                "Geschwister und Freunde sind willkommen, getauft sein muss niemand.",
                "Eltern können in der Zeit im Gemeindehaus Kaffee trinken.",
            ),
        ),
        ages=(5, 11),
        schedules=(monthly(3, "sa", "10:00-13:00"), dates(1, "sa", "09:30-13:30")),
        registrations=("Bitte bis Donnerstag anmelden.",),
        motif="familie",
    ),
)
