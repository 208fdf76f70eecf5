"""Neighbours, volunteers, nature: meeting and helping each other."""

from demo.content.types import FREE, Pattern, euros, price
from demo.content.write import NO_DATE, dates, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="repaircafe",
        topic="com.repair",
        audiences=("alle",),
        titles=("Repair-Café {ort}", "Reparieren statt wegwerfen: {was}", "{was} reparieren – gemeinsam"),
        teasers=(
            "Toaster kaputt, Hose gerissen? Ehrenamtliche reparieren mit Ihnen. Schwerpunkt: {was}.",
            "Reparieren ist besser als wegwerfen. Diesmal vor allem: {was}.",
        ),
        texts=(
            (
                (
                    "Mitgebracht werden darf alles, was sich tragen lässt. Zusammen mit geübten Bastlerinnen"
                    " und Bastlern suchen wir den Fehler. Diesmal besonders willkommen: {was}."
                ),
            ),
            (
                "Eine Garantie gibt es nicht, aber die Erfolgsquote ist hoch. Zum Warten gibt es Kaffee und Kuchen.",
                "Ersatzteile bezahlen Sie selbst, die Hilfe ist kostenlos.",
            ),
        ),
        variants=(v(was="Elektrogeräte"), v(was="Fahrräder"), v(was="Kleidung"), v(was="Spielzeug")),
        schedules=(
            monthly(2, "sa", "10:00-14:00"),
            monthly(1, "fr", "16:00-19:00"),
            monthly(-1, "sa", "13:00-16:00"),
        ),
        costs=(price("Spende willkommen"), FREE),
        engagement=True,
        motif="werkzeug",
    ),
    Pattern(
        key="nachbarschaftscafe",
        topic="com.meet",
        audiences=("alle",),
        titles=("Nachbarschaftscafé {ort}", "Offener Treff: {name}", "{name}"),
        teasers=("{name}: Kaffee, Kuchen und gute Gespräche. Alle sind willkommen, ganz gleich, woher.",),
        texts=(
            (
                (
                    "Das Café ist offen für alle, die nicht allein sitzen möchten. Bedient wird von Menschen"
                    " aus der Nachbarschaft."
                ),
                (
                    "Schon an der Tür duftet es nach Kaffee. Zeitungen liegen aus, und meistens wird an"
                    " irgendeinem Tisch Karten gespielt."
                ),
            ),
            (
                "Wer mitbacken möchte, meldet sich beim Team.",
                "Der Raum hat eine Induktionsanlage für Hörgeräte.",
                "Einmal im Monat kommt die Quartiersmanagerin und nimmt Wünsche auf.",
            ),
        ),
        variants=(
            v(name="Café Miteinander"),
            v(name="Kaffeeklatsch"),
            v(name="Café Querbeet"),
            v(name="Suppe und Seele"),
        ),
        costs=(price("Kaffee 1 €, Kuchen 1,50 €"), price("Spende willkommen")),
        schedules=(weekly("mi", "14:30-17:00"), weekly("do", "09:30-12:00", "14:30-17:00")),
        motif="kaffee",
    ),
    Pattern(
        key="ehrenamt",
        topic="com.volunteer",
        audiences=("alle", "erwachsene"),
        titles=("{aufgabe} gesucht", "Ehrenamt: {aufgabe}", "Gesucht: {aufgabe}"),
        teasers=("Zwei Stunden in der Woche, die gut tun: {aufgabe} gesucht. Einarbeitung inklusive.",),
        texts=(
            (
                "{was} Sie werden eingearbeitet, sind versichert und bekommen Auslagen erstattet.",
                "{was} Besondere Kenntnisse braucht es nicht, nur Verlässlichkeit.",
            ),
            (
                "Wir treffen uns regelmäßig zum Austausch und zu einem Fest im Sommer.",
                "Am besten kommen Sie auf einen Kaffee vorbei, dann erzählen wir mehr.",
            ),
        ),
        variants=(
            v(aufgabe="Lesepatinnen und Lesepaten", was="Sie lesen mit einem Kind, das Übung braucht."),
            v(aufgabe="Fahrerinnen und Fahrer", was="Sie holen Lebensmittel bei Geschäften ab."),
            v(
                aufgabe="Ausbildungspatinnen und Ausbildungspaten",
                was="Sie begleiten Jugendliche auf dem Weg in den Beruf.",
            ),
            v(aufgabe="Helfende Hände für den Garten", was="Sie jäten, pflanzen und ernten mit."),
            v(
                aufgabe="Begleitung für Familien",
                was="Sie entlasten junge Familien im ersten Jahr nach der Geburt.",
            ),
        ),
        ages=(16, None),
        schedules=(NO_DATE, monthly(1, "mo", "17:00-18:30")),
        registrations=("Kontakt telefonisch oder per E-Mail.",),
        engagement=True,
        motif="haende",
    ),
    Pattern(
        key="tauschladen",
        topic="com.clothes",
        audiences=("alle", "familien"),
        titles=("{art}", "{art} {ort}"),
        teasers=(
            "{art}: gut erhaltene Sachen für wenig Geld oder im Tausch.",
            "Gut erhalten und zu schade zum Wegwerfen: {art} für alle.",
        ),
        texts=(
            (
                "{was} Einkaufen dürfen alle, einen Nachweis braucht niemand.",
                "{was} Der Erlös kommt Kindern in der Stadt zugute.",
            ),
            (
                "Spenden bitte sauber und nur während der Öffnungszeiten abgeben.",
                "Für Aufbau und Verkauf suchen wir Helferinnen und Helfer.",
            ),
        ),
        variants=(
            v(art="Kleiderkammer", was="Kleidung und Schuhe für Groß und Klein, gewaschen und sortiert."),
            v(art="Kinderkleiderbasar", was="Kinderwagen, Spielzeug und Kleidung nach Größen sortiert."),
            v(art="Möbellager", was="Tische, Schränke und Geschirr aus Wohnungsauflösungen."),
            v(art="Bücherflohmarkt", was="Romane, Sachbücher und Comics, jedes Stück ein Euro."),
        ),
        costs=(price("kleine Preise"), FREE),
        schedules=(weekly("di", "09:00-12:00"), weekly("do", "14:00-17:00"), dates(1, "sa", "09:30-12:30")),
        motif="haende",
    ),
    Pattern(
        key="tafel",
        topic="com.meal",
        audiences=("erwachsene", "familien"),
        titles=("Lebensmittelausgabe {ort}", "Lebensmittel für kleines Geld"),
        teasers=("Gute Lebensmittel für Menschen mit wenig Geld. Bitte Nachweis und Taschen mitbringen.",),
        texts=(
            (
                (
                    "Wir geben Lebensmittel aus, die sonst weggeworfen würden. Beim ersten Besuch stellen wir"
                    " einen Ausweis aus."
                ),
            ),
            (
                "Auf Wunsch bringen wir die Tüte auch nach Hause.",
                "Am Nebentisch berät die Sozialarbeiterin, während Sie warten.",
            ),
        ),
        costs=(price("2 € je Einkauf"),),
        schedules=(weekly("di fr", "13:00-15:30", fixed=True), weekly("mi", "14:00-16:00")),
        motif="essen",
    ),
    Pattern(
        key="garten",
        topic="nat.garden",
        audiences=("alle", "familien"),
        titles=("Gemeinschaftsgarten {ort}", "{thema}", "Im Garten: {thema}"),
        teasers=(
            "{thema}: Hände in die Erde, Kopf an die Luft. Werkzeug ist da.",
            "Im Garten gibt es immer etwas zu tun: {thema}. Mitmachen darf jede und jeder.",
        ),
        texts=(
            (
                "Im Garten arbeiten Menschen aus vielen Ländern Beet an Beet. Diesmal auf dem Plan: {thema}.",
                "Wer keinen eigenen Garten hat, findet hier ein Stück Erde. Heute geht es um das Thema „{thema}“.",
            ),
            (
                "Kinder haben ein eigenes Beet.",
                "Bei Regen treffen wir uns im Gewächshaus.",
                "Die Ernte wird geteilt.",
            ),
        ),
        variants=(
            v(thema="Hochbeete bauen"),
            v(thema="Obstbäume schneiden"),
            v(thema="Kompost und Boden"),
            v(thema="Kräuter für Küche und Tee"),
            v(thema="Nistkästen bauen"),
        ),
        schedules=(
            weekly("sa", "10:00-13:00", fixed=True),
            dates(2, "fr", "15:00-17:30", gap=14),
            weekly("mi", "15:00-17:00"),
        ),
        engagement=True,
        motif="garten",
    ),
    Pattern(
        key="naturfuehrung",
        topic="nat.walk",
        audiences=("familien", "alle"),
        titles=("{thema}", "Naturführung: {thema}", "{thema} – unterwegs mit Fachleuten"),
        teasers=(
            "{thema}: draußen staunen, fragen und lauschen. Für Neugierige ab sechs Jahren.",
            "Unterwegs mit Menschen, die sich auskennen: {thema}.",
        ),
        texts=(
            (
                "Etwa zwei Stunden sind wir unterwegs und bleiben oft stehen. {zusatz}",
                "Mit Fernglas, Lupe oder Taschenlampe geht es hinaus. {zusatz}",
            ),
            ("Bitte wetterfest anziehen.", "Die Führung findet ab fünf Personen statt."),
        ),
        variants=(
            v(thema="Vögel am Futterplatz", zusatz="Am Ende erkennen alle mindestens fünf Arten."),
            v(
                thema="Nachts im Wald",
                zusatz="Wer leise ist, hört vielleicht den Waldkauz.",
                schedules=(dates(1, "fr", "19:00-21:00"),),
            ),
            v(thema="Tierspuren lesen", zusatz="Wir gießen Abdrücke aus Gips."),
            v(thema="Pilze erkennen", zusatz="Gesammelt wird nur fürs Auge."),
            v(thema="Leben im Bach", zusatz="Gummistiefel sind Pflicht."),
        ),
        ages=(6, None),
        costs=(euros("5", "Familien 12 €"), FREE),
        schedules=(dates(1, "so", "10:00-12:00"), dates(1, "sa", "14:00-16:30")),
        registrations=("Anmeldung bis zwei Tage vorher.",),
        motif="wald",
    ),
    Pattern(
        key="kochen",
        topic="com.meet",
        audiences=("alle", "zugewanderte"),
        titles=("Kochabend: {kueche}", "{kueche} – zusammen kochen und essen"),
        teasers=(
            "{kueche}: Rezepte tauschen, schnippeln, zusammen am langen Tisch sitzen.",
            "Gemeinsam kochen macht Freunde: {kueche}. Die Zutaten kaufen wir ein.",
        ),
        texts=(
            ("Jedes Mal zeigt jemand aus der Gruppe ein Gericht von zu Hause. Heute steht auf der Tafel: {kueche}.",),
            ("Eine vegetarische Variante gibt es immer.", "Die Rezepte sammeln wir in einem kleinen Heft."),
        ),
        variants=(
            v(kueche="Syrische Vorspeisen"),
            v(kueche="Regionale Küche"),
            v(kueche="Ukrainischer Borschtsch"),
            v(kueche="Backen ohne Zucker"),
            v(kueche="Gesund kochen für wenig Geld"),
        ),
        ages=(14, None),
        costs=(euros("6", "Zutaten"), price("Umlage etwa 5 €")),
        schedules=(monthly(3, "fr", "17:30-20:30"), dates(1, "mi", "17:00-20:00")),
        registrations=("Anmeldung bis zum Vortag, 12 Plätze.",),
        motif="essen",
    ),
    Pattern(
        key="begegnung",
        topic="com.meet",
        audiences=("alle", "zugewanderte", "familien"),
        titles=("{fest}", "{fest} {ort}", "Herzlich willkommen: {fest}"),
        teasers=(
            "{fest}: Musik, Essen und Begegnung für alle aus der Nachbarschaft.",
            "{fest} – ein Tag zum Kennenlernen, Zuhören und Mitfeiern.",
        ),
        texts=(
            ("Vereine, Initiativen und Nachbarn bereiten ein buntes Programm vor. {zusatz}",),
            (
                "Salate und Kuchen für das Buffet sind willkommen.",
                "Das Gelände ist ohne Stufen erreichbar, eine barrierefreie Toilette ist da.",
            ),
        ),
        variants=(
            v(fest="Fest der Kulturen", zusatz="Auf der Bühne wird in acht Sprachen gesungen."),
            v(fest="Lichterfest", zusatz="Bei Einbruch der Dunkelheit ziehen wir mit Laternen los."),
            v(fest="Nachbarschaftsflohmarkt", zusatz="Einen Tisch können Sie kostenlos reservieren."),
            v(fest="Offene Familienwerkstatt", zusatz="Kerzen ziehen, Sterne falten, Plätzchen backen."),
        ),
        schedules=(dates(1, "sa", "14:00-19:00"), dates(1, "so", "13:00-18:00")),
        engagement=True,
        motif="fest",
    ),
)
