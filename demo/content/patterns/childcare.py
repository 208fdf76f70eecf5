"""Who looks after children, and who is there for families."""

from demo.content.types import Pattern, price
from demo.content.write import NO_DATE, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="tagespflege",
        topic="fam.daycare",
        audiences=("eltern", "erwachsene"),
        titles=(
            "Beratung zur Kindertagespflege",
            "Tagesmutter oder Tagesvater werden",
            "Kita oder Tagespflege? Sprechstunde {ort}",
        ),
        teasers=("Sie suchen einen Betreuungsplatz oder möchten selbst Kinder betreuen? Wir beraten zu beidem.",),
        texts=(
            (
                (
                    "Wir vermitteln Plätze in der Tagespflege und erklären, wie die Kosten berechnet werden."
                    " Wer selbst Kinder betreuen möchte, erfährt alles über Kurs und Erlaubnis."
                ),
            ),
            (
                "Der Kurs umfasst 300 Stunden und beginnt zweimal im Jahr.",
                "Bitte melden Sie sich möglichst sechs Monate, bevor Sie den Platz brauchen.",
            ),
        ),
        schedules=(weekly("do", "14:00-17:00"), NO_DATE),
        registrations=("Termin nach Vereinbarung.",),
        motif="kita",
    ),
    Pattern(
        key="kita",
        topic="fam.daycare",
        audiences=("eltern", "kinder"),
        titles=("{haus}", "Plätze frei: {haus}"),
        teasers=(
            "{haus} mit Platz zum Toben, frisch gekochtem Essen und festen Bezugspersonen.",
            "Für Kinder {alter}: spielen, forschen, zusammen essen. {schwerpunkt}",
        ),
        texts=(
            (
                (
                    "In unseren Gruppen spielen und lernen Kinder {alter}. Wir gehen bei jedem Wetter hinaus"
                    " und kochen jeden Tag frisch."
                ),
                "Eingewöhnt wird in Ruhe und mit den Eltern zusammen. {schwerpunkt}",
            ),
            (
                "{zeiten} Zum Kennenlernen laden wir Familien an einem Nachmittag im Monat ein.",
                "{zeiten} Die Anmeldung läuft über das Vormerksystem der Stadt.",
            ),
        ),
        variants=(
            v(
                haus="Krippe für Kinder ab einem Jahr",
                zeiten="Geöffnet ist von 7 bis 16.30 Uhr.",
                alter="von einem bis drei Jahren",
                schwerpunkt="Viele Räume sind den Jüngsten vorbehalten.",
                ages=(1, 3),
            ),
            v(
                haus="Kindergarten mit Ganztagsplatz",
                zeiten="Geöffnet ist von 7 bis 17 Uhr.",
                alter="von drei bis sechs Jahren",
                schwerpunkt="Jeden Donnerstag ist Waldtag.",
                ages=(3, 6),
            ),
            v(
                haus="Zweisprachige Kindergruppe",
                zeiten="Geöffnet ist von 7.30 bis 16 Uhr.",
                alter="von zwei bis sechs Jahren",
                schwerpunkt="Eine Erzieherin spricht nur Französisch mit den Kindern.",
                ages=(2, 6),
                languages=("de", "fr"),
            ),
            v(
                haus="Kindergartenplätze am Vormittag",
                zeiten="Betreut wird von 7.30 bis 13 Uhr.",
                alter="von drei bis sechs Jahren",
                schwerpunkt="Musik und Bewegung gehören bei uns zu jedem Tag.",
                ages=(3, 6),
            ),
        ),
        costs=(price("Beitrag nach Satzung der Stadt, Essensgeld 68 € im Monat"),),
        schedules=(NO_DATE,),
        registrations=("Vormerkung erforderlich.",),
        motif="kita",
    ),
    Pattern(
        key="grosseltern",
        topic="fam.single",
        audiences=("senioren", "familien"),
        titles=("Leihgroßeltern gesucht und gefunden", "Wunschgroßeltern {ort}"),
        teasers=("Wir bringen Familien und Menschen zusammen, die gern Zeit mit Kindern verbringen.",),
        texts=(
            (
                (
                    "Die eigenen Großeltern wohnen weit weg? Unsere Wunschgroßeltern lesen vor, gehen auf den"
                    " Spielplatz und feiern Geburtstage mit."
                ),
                (
                    "Sie haben Zeit und mögen Kinder? Wir lernen uns kennen, sprechen über Wünsche und suchen"
                    " eine passende Familie."
                ),
            ),
            (
                "Ein erweitertes Führungszeugnis ist nötig, die Kosten übernehmen wir.",
                "Regelmäßig treffen sich alle Familien zum Kaffee.",
            ),
        ),
        schedules=(NO_DATE, monthly(1, "mi", "15:00-17:00")),
        registrations=("Erstgespräch nach Vereinbarung.",),
        engagement=True,
        motif="familie",
    ),
)
