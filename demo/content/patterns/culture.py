"""Music, theatre, art, museums and the library."""

from demo.content.types import FREE, Pattern, euros, price
from demo.content.write import dates, monthly, period, v, weekly

PATTERNS = (
    Pattern(
        key="instrument",
        topic="cul.music",
        audiences=("kinder", "jugend", "erwachsene"),
        titles=("{instrument}", "{instrument} {form}", "{instrument} lernen {ort}"),
        teasers=(
            "{instrument} lernen, {form}. Ein Leihinstrument kann gestellt werden.",
            "{instrument} {form}: von den ersten Tönen bis zum Vorspiel.",
        ),
        texts=(
            (
                (
                    "Unsere Lehrkräfte gehen auf den Geschmack der Schülerinnen und Schüler ein: Klassik, Pop"
                    " oder beides. Gelernt wird {form}."
                ),
                (
                    "Schon nach wenigen Wochen klingen die ersten Lieder. Geübt wird {form}, und zweimal im"
                    " Jahr gibt es ein Vorspiel."
                ),
            ),
            (
                "Vor der Anmeldung kann eine kostenlose Probestunde vereinbart werden.",
                "Für Familien mit mehreren Kindern ermäßigt sich die Gebühr.",
                "Wer mag, spielt später im Ensemble mit.",
            ),
        ),
        variants=(
            v(instrument="Gitarre", form="in der Kleingruppe", ages=(8, None)),
            v(instrument="Klavier", form="im Einzelunterricht", ages=(6, None)),
            v(instrument="Geige", form="im Einzelunterricht", ages=(5, None)),
            v(instrument="Blockflöte", form="in der Kleingruppe", ages=(6, 12)),
            v(instrument="Schlagzeug", form="im Einzelunterricht", ages=(8, None)),
            v(instrument="Trompete und Posaune", form="in der Kleingruppe", ages=(8, None)),
            v(instrument="Ukulele", form="in der Kleingruppe", ages=(6, None)),
            v(instrument="Saz", form="in der Kleingruppe", ages=(9, None), languages=("de", "tr")),
            v(instrument="Querflöte", form="im Einzelunterricht", ages=(8, None)),
        ),
        costs=(euros("39", "im Monat"), euros("68", "im Monat, ermäßigt 45 €"), euros("29.50", "im Monat")),
        schedules=(weekly("mo di mi do", "14:00-18:00", fixed=True), weekly("fr", "14:00-17:30")),
        registrations=("Anmeldung zum Halbjahr.", "Anmeldung jederzeit, es gibt eine Warteliste."),
        motif="musik",
    ),
    Pattern(
        key="musikgarten",
        topic="cul.music",
        audiences=("kinder", "eltern"),
        titles=("{kurs}", "{kurs} {ort}"),
        teasers=(
            "{kurs}: singen, klatschen, Instrumente ausprobieren – Musik von Anfang an.",
            "Musik für die Jüngsten: {kurs} mit Liedern, Reimen und einfachen Instrumenten.",
        ),
        texts=(
            (
                "Mit Rasseln, Trommeln und vielen Liedern entdecken die Kinder die Welt der Töne. Üben muss niemand.",
                "Musik macht Kinder wach und ruhig zugleich. Im Kurs wird gesungen, getanzt und gelauscht.",
            ),
            ("Ein Liederheft für zu Hause gibt es dazu.", "Der Einstieg ist zu jedem Monatsbeginn möglich."),
        ),
        variants=(
            v(kurs="Musikgarten für Babys", ages=(0, 2)),
            v(kurs="Musikzwerge", ages=(2, 4)),
            v(kurs="Musikalische Früherziehung", ages=(4, 6)),
            v(kurs="Instrumentenkarussell", ages=(6, 8)),
        ),
        costs=(euros("24", "im Monat"), euros("60", "für 10 Stunden")),
        schedules=(weekly("mi", "15:15-16:00", "16:10-16:55"), weekly("do", "09:30-10:15")),
        registrations=("Anmeldung erforderlich, Schnupperstunde frei.",),
        motif="musik",
    ),
    Pattern(
        key="chor",
        topic="cul.choir",
        audiences=("alle",),
        titles=("{chor}", "{chor} sucht Stimmen", "Singen {ort}: {chor}"),
        teasers=(
            "{chor}: Wer gern singt, ist richtig. Noten lesen muss niemand können.",
            "Singen macht froh: {chor} sucht Menschen, die gern ihre Stimme erheben.",
        ),
        texts=(
            (
                "Wir singen {musik} und treten mehrmals im Jahr auf.",
                "Nach dem Einsingen proben wir {musik}. Die Chorleiterin erklärt geduldig und mit Humor.",
            ),
            (
                "Besonders Männerstimmen werden gesucht – aber nicht nur.",
                "Ein Probenbesuch verpflichtet zu nichts.",
                "Nach der Probe sitzen wir oft noch zusammen.",
            ),
        ),
        variants=(
            v(chor="Gospelchor", musik="Gospel und Spirituals", ages=(16, None)),
            v(
                chor="Kinderchor",
                musik="Kinderlieder und kleine Musicals",
                ages=(6, 11),
                audiences=("kinder",),
            ),
            v(
                chor="Chor der Kulturen",
                musik="Lieder aus zwölf Ländern",
                ages=(16, None),
                audiences=("alle", "zugewanderte"),
            ),
            v(
                chor="Singkreis am Nachmittag",
                musik="Volkslieder und alte Schlager",
                ages=(60, None),
                audiences=("senioren",),
            ),
            v(chor="Popchor", musik="Songs aus Radio und Film", ages=(18, None)),
            v(chor="Feierabendchor", musik="alte und neue Lieder zum Mitsingen", ages=(18, None)),
        ),
        costs=(FREE, price("Vereinsbeitrag 5 € im Monat")),
        schedules=(weekly("di", "19:30-21:30"), weekly("mi", "16:00-17:00"), weekly("do", "15:00-16:30")),
        motif="musik",
    ),
    Pattern(
        key="orchester",
        topic="cul.choir",
        audiences=("jugend", "erwachsene"),
        titles=("{gruppe}", "{gruppe}: Probe mit Gästen"),
        teasers=("{gruppe}: zusammen spielen statt allein üben. Mitspielerinnen und Mitspieler gesucht.",),
        texts=(
            ("Zwei Jahre Spielerfahrung reichen aus. Wir suchen die Stücke so aus, dass alle etwas zu tun haben.",),
            (
                "Noten und Pulte sind da. Einmal im Jahr fahren wir auf ein Probenwochenende.",
                "Beim Sommerkonzert spielen wir vor großem Publikum.",
            ),
        ),
        variants=(
            v(gruppe="Jugendblasorchester", ages=(12, 20)),
            v(gruppe="Bigband", ages=(15, None)),
            v(gruppe="Akkordeonorchester", ages=(14, None)),
            v(gruppe="Trommelgruppe", ages=(10, None)),
        ),
        schedules=(weekly("fr", "18:00-20:00"), weekly("mo", "19:00-21:00")),
        motif="musik",
    ),
    Pattern(
        key="theater",
        topic="cul.theatre",
        audiences=("jugend", "erwachsene", "kinder"),
        titles=("{gruppe}", "{gruppe}: mitspielen!", "Auf die Bühne: {gruppe}"),
        teasers=(
            "{gruppe}: spielen, sprechen, sich trauen. Am Ende gibt es eine Aufführung.",
            "Lampenfieber inbegriffen: {gruppe} für alle, die gern in andere Rollen schlüpfen.",
        ),
        texts=(
            (
                "Mit Übungen zu Stimme und Körper fangen wir an, dann entsteht gemeinsam ein Stück. {zusatz}",
                "Hier darf man jemand anderes sein. {zusatz}",
            ),
            (
                "Auch hinter der Bühne wird Hilfe gebraucht: Licht, Kostüme, Plakate.",
                "Geprobt wird wöchentlich, vor der Premiere öfter.",
            ),
        ),
        variants=(
            v(gruppe="Kindertheatergruppe", zusatz="Die Ideen kommen von den Kindern.", ages=(8, 12)),
            v(gruppe="Jugendtheater", zusatz="In diesem Jahr geht es um Mut.", ages=(13, 19)),
            v(
                gruppe="Improtheater",
                zusatz="Ohne Text und ohne Netz, aber mit viel Gelächter.",
                ages=(16, None),
            ),
            v(
                gruppe="Theater der Erfahrungen",
                zusatz="Ältere Menschen spielen Szenen aus dem eigenen Leben.",
                ages=(60, None),
                audiences=("senioren",),
            ),
            v(
                gruppe="Mundarttheater",
                zusatz="Gespielt wird, wie uns der Schnabel gewachsen ist.",
                ages=(16, None),
            ),
        ),
        costs=(FREE, euros("10", "im Monat")),
        schedules=(weekly("mi", "17:30-19:30"), weekly("fr", "16:00-18:00"), weekly("do", "19:00-21:30")),
        motif="theater",
    ),
    Pattern(
        key="kunstkurs",
        topic="cul.art",
        audiences=("erwachsene", "senioren"),
        titles=("{kurs}", "{kurs} – Kunstkurs {ort}", "Atelier: {kurs}"),
        teasers=(
            "{kurs}: in Ruhe arbeiten, Neues ausprobieren, gemeinsam hinsehen.",
            "{kurs} für alle, die gern gestalten – mit Anleitung und ohne Leistungsdruck.",
        ),
        texts=(
            (
                "Die Künstlerin gibt kurze Einführungen und geht dann von Tisch zu Tisch. {zusatz}",
                "Zum Einstieg sehen wir uns Bilder an, danach wird gearbeitet. {zusatz}",
            ),
            (
                "Eine Materialliste bekommen Sie mit der Anmeldung.",
                "Tee und Wasser stehen bereit, Kuchen bringt reihum jemand mit.",
            ),
        ),
        variants=(
            v(kurs="Aquarell für Anfänger", zusatz="Farben und Papier können ausgeliehen werden."),
            v(kurs="Zeichnen in der Stadt", zusatz="Bei gutem Wetter sitzen wir draußen."),
            v(kurs="Töpfern an der Scheibe", zusatz="Zwei Brennvorgänge sind im Preis enthalten."),
            v(kurs="Fotografieren mit Gefühl", zusatz="Eine einfache Kamera oder ein Telefon reicht."),
            v(kurs="Nähcafé", zusatz="Sechs Maschinen stehen bereit."),
            v(kurs="Handlettering und Karten", zusatz="Passend zur Jahreszeit gestalten wir Grüße."),
        ),
        ages=(16, None),
        costs=(euros("75"), euros("15", "je Abend"), euros("58", "ermäßigt 40 €")),
        schedules=(
            weekly("mo", "18:00-20:30", weeks=8),
            dates(2, "sa", "10:00-16:00"),
            weekly("mi", "14:30-17:00", weeks=6),
        ),
        registrations=("Anmeldung erforderlich.",),
        motif="kunst",
    ),
    Pattern(
        key="museum",
        topic="cul.museum",
        audiences=("alle", "familien"),
        titles=("Führung: {thema}", "{thema}", "Sonntags ins Museum: {thema}"),
        teasers=(
            "{thema}: ein Rundgang von einer Stunde, auch für Kinder ab acht Jahren spannend.",
            "Rundgang mit Geschichten: {thema}.",
        ),
        texts=(
            (
                (
                    "Wer genau hinschaut, entdeckt viel. Beim Rundgang „{thema}“ erzählen wir Geschichten,"
                    " die auf keinem Schild stehen."
                ),
            ),
            (
                "Der Rundgang ist auch mit Rollstuhl möglich, Klappstühle liegen bereit.",
                "Wer möchte, bleibt danach noch bei einem Getränk im Café.",
            ),
        ),
        variants=(
            v(thema="Arbeit und Alltag um 1900"),
            v(thema="Kinderzimmer früher und heute"),
            v(thema="Lieblingsstücke"),
            v(thema="Hinter den Kulissen"),
            v(thema="Frauen, die Geschichte machten"),
        ),
        costs=(euros("4", "Kinder frei"), FREE),
        schedules=(monthly(1, "so", "15:00-16:00"), dates(2, "so", "14:00-15:00", gap=14)),
        motif="museum",
    ),
    Pattern(
        key="ausstellung",
        topic="cul.museum",
        audiences=("alle",),
        titles=("Ausstellung „{titel}“", "„{titel}“"),
        teasers=("Zu sehen während der Öffnungszeiten: die Ausstellung „{titel}“. Der Eintritt ist frei.",),
        texts=(
            (
                "{inhalt} Zur Eröffnung spielen Schülerinnen und Schüler der Musikschule.",
                "{inhalt} Gruppen können eine Führung vereinbaren.",
            ),
            (
                "Texte liegen auch in großer Schrift und in Leichter Sprache aus.",
                "Im Gästebuch freuen wir uns über ein paar Zeilen.",
            ),
        ),
        variants=(
            v(titel="Angekommen", inhalt="Zwölf Menschen erzählen in Bildern, wie sie hier heimisch wurden."),
            v(titel="Farben des Jahres", inhalt="Malerei und Druckgrafik aus den Kursen dieses Jahres."),
            v(
                titel="Unsere Stadt in hundert Jahren",
                inhalt="Schulklassen haben Modelle gebaut und Pläne gezeichnet.",
            ),
            v(titel="Hände bei der Arbeit", inhalt="Fotografien aus Werkstätten, Küchen und Backstuben."),
        ),
        schedules=(period(30), period(45)),
        motif="museum",
    ),
    Pattern(
        key="bibliothek",
        topic="cul.library",
        audiences=("alle",),
        titles=("{was}", "{was} – Bücherei {ort}", "Neu in der Bücherei: {was}"),
        teasers=("{was}: ausleihen, ausprobieren, dableiben. {kurz}",),
        texts=(
            (
                "{kurz} Unser Team zeigt Ihnen gern, wie es geht.",
                "Die Bücherei ist mehr als ein Regal voller Bücher. {kurz}",
            ),
            (
                "Für Kinder und Jugendliche ist der Ausweis kostenlos.",
                "Sie brauchen dafür keinen Ausweis, nur Neugier.",
            ),
        ),
        variants=(
            v(
                was="Bibliothek der Dinge",
                kurz="Bohrmaschine, Beamer und Nähmaschine kann man hier ausleihen.",
            ),
            v(
                was="Spieleabend",
                kurz="Über zweihundert Brettspiele warten auf Mitspielende.",
                schedules=(monthly(2, "fr", "18:00-21:30"),),
            ),
            v(
                was="Literaturkreis",
                kurz="Einmal im Monat sprechen wir über ein Buch.",
                schedules=(monthly(3, "mi", "18:30-20:30"),),
            ),
            v(
                was="Führung für neue Leserinnen und Leser",
                kurz="In vierzig Minuten lernen Sie Haus und Katalog kennen.",
            ),
            v(
                was="Medien in vielen Sprachen",
                kurz="Romane und Kinderbücher gibt es in vierzehn Sprachen.",
                languages=("de", "en", "fr", "ar", "uk"),
            ),
            v(was="Saatgutbörse", kurz="Samen mitnehmen, aussäen und im Herbst welche zurückbringen."),
        ),
        schedules=(
            monthly(1, "do", "18:00-21:00"),
            weekly("di fr", "10:00-18:00", fixed=True),
            monthly(3, "mi", "17:00-19:00"),
        ),
        motif="buecher",
    ),
    Pattern(
        key="lesung",
        topic="cul.library",
        audiences=("erwachsene", "alle"),
        titles=("Lesung: {titel}", "{titel} – Lesung mit Musik"),
        teasers=("Ein Abend mit guten Texten: {titel}. Dazu ein Glas Wein oder Traubensaft.",),
        texts=(
            ("Vorgelesen wird, was berührt und was zum Lachen bringt. Zwischen den Texten spielt eine Gitarre.",),
            (
                "Karten gibt es in der Bücherei und an der Abendkasse.",
                "Der Saal fasst sechzig Personen, frühes Kommen lohnt sich.",
            ),
        ),
        variants=(
            v(titel="Krimis aus der Nachbarschaft"),
            v(titel="Briefe, die nie ankamen"),
            v(titel="Gedichte für zwei Stimmen"),
            v(titel="Erste Sätze"),
        ),
        costs=(euros("8", "ermäßigt 5 €"), price("Eintritt frei, Spende erbeten")),
        schedules=(dates(1, "fr", "19:30-21:30"), dates(1, "do", "19:00-20:30")),
        motif="buecher",
    ),
    Pattern(
        key="kino",
        topic="cul.theatre",
        audiences=("alle", "kinder", "familien"),
        titles=("{reihe}", "{reihe} {ort}"),
        teasers=("{reihe}: ein guter Film, kleine Preise und danach Zeit zum Reden.",),
        texts=(
            (
                (
                    "Gezeigt wird ein Film, der zum Gespräch einlädt. Den Titel geben wir aus rechtlichen"
                    " Gründen nur im Haus bekannt."
                ),
            ),
            (
                "Popcorn gibt es zum Selbstkostenpreis.",
                "Plätze für Rollstühle sind in der ersten Reihe frei.",
            ),
        ),
        variants=(
            v(reihe="Kinderkino", ages=(6, 12), audiences=("kinder", "familien")),
            v(reihe="Filmnachmittag für Ältere", ages=(60, None), audiences=("senioren",)),
            v(reihe="Film und Gespräch", ages=(16, None), audiences=("erwachsene",)),
        ),
        costs=(euros("3"), euros("2", "Kinder 1 €")),
        schedules=(monthly(2, "fr", "15:30-17:30"), monthly(4, "do", "18:30-21:00")),
        motif="theater",
    ),
)
