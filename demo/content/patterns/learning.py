"""School, work and knowledge: learning that gets one further."""

from demo.content.types import FREE, Pattern, euros, price
from demo.content.write import dates, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="hausaufgabenhilfe",
        topic="edu.school",
        audiences=("kinder", "jugend"),
        titles=("Hausaufgabenhilfe {ort}", "Hausaufgabentreff {fuer}", "Lernzeit {fuer}"),
        teasers=(
            "Ruhe, Hilfe und ein Apfel zwischendurch: Hausaufgabenhilfe {fuer}.",
            "Gemeinsam geht es leichter: betreute Lernzeit {fuer}, danach wird gespielt.",
        ),
        texts=(
            (
                (
                    "Nach der Schule machen wir zusammen Hausaufgaben, üben für Arbeiten und erklären, was"
                    " unklar geblieben ist. Das Angebot ist {fuer} gedacht."
                ),
                "In kleinen Tischgruppen wird gelernt. Ehrenamtliche und Studierende helfen weiter, ohne vorzusagen.",
            ),
            (
                "Mit Lehrkräften und Eltern halten wir Kontakt, wenn die Familie das möchte.",
                "Deutsch als Zweitsprache ist kein Hindernis – im Gegenteil, hier wird viel gesprochen.",
                "In den Ferien findet die Hausaufgabenhilfe nicht statt.",
            ),
        ),
        variants=(
            v(fuer="für die Grundschule", ages=(6, 10)),
            v(fuer="für die Klassen 5 bis 7", ages=(10, 13)),
            v(fuer="für die Klassen 8 bis 10", ages=(13, 17)),
        ),
        costs=(FREE, price("10 € im Monat, Befreiung möglich")),
        schedules=(
            weekly("mo di mi do", "13:30-15:30", fixed=True),
            weekly("di do", "14:00-16:00"),
            weekly("mo mi", "14:30-16:30"),
        ),
        registrations=("Anmeldung durch die Eltern.", "Anmeldung mit Formular, es gibt eine Warteliste."),
        engagement=True,
        motif="buecher",
    ),
    Pattern(
        key="nachhilfe",
        topic="edu.school",
        audiences=("jugend",),
        titles=("{fach} verstehen: Lerngruppe", "Prüfungstraining {fach}", "Lerngruppe {fach} {ort}"),
        teasers=(
            "Lücken schließen in {fach}: kleine Gruppe, klare Erklärungen und viel Übung.",
            "{fach} ohne Stress: gemeinsam üben, bis es sitzt.",
        ),
        texts=(
            (
                (
                    "In der Lerngruppe {fach} wiederholen wir, was in der Schule zu schnell ging. Höchstens"
                    " sechs Jugendliche sind dabei."
                ),
                (
                    "Du schreibst bald eine Arbeit oder den Abschluss in {fach}? Wir rechnen, lesen und üben"
                    " mit alten Prüfungen."
                ),
            ),
            (
                "Über das Bildungspaket können die Kosten übernommen werden; beim Antrag helfen wir.",
                "Bring bitte dein Heft und die letzten Arbeiten mit.",
            ),
        ),
        variants=(v(fach="Mathematik"), v(fach="Englisch"), v(fach="Deutsch"), v(fach="Physik und Chemie")),
        ages=(12, 18),
        costs=(price("5 € je Stunde, mit Bildungspaket frei"), euros("40", "für 10 Termine")),
        schedules=(
            weekly("mo", "16:00-17:30", weeks=12),
            weekly("do", "15:30-17:00"),
            dates(3, "sa", "10:00-13:00"),
        ),
        registrations=("Anmeldung erforderlich.",),
        online="also",
        motif="buecher",
    ),
    Pattern(
        key="schulabschluss",
        topic="edu.degree",
        audiences=("jugend", "erwachsene"),
        titles=("{abschluss} nachholen", "Vorbereitung auf den {abschluss}"),
        teasers=("Zweite Chance: In {dauer} zum {abschluss}, mit Lernbegleitung und Beratung.",),
        texts=(
            (
                (
                    "Der Kurs bereitet in {dauer} auf die Prüfung vor. Unterrichtet werden Deutsch,"
                    " Mathematik, eine Fremdsprache und zwei weitere Fächer."
                ),
            ),
            (
                (
                    "Eine Sozialpädagogin begleitet die Gruppe und hilft, wenn es außerhalb des Unterrichts"
                    " schwierig wird."
                ),
                "Vor der Anmeldung laden wir zu einem Gespräch und einem kleinen Test ein.",
            ),
        ),
        variants=(
            v(abschluss="Hauptschulabschluss", dauer="einem Jahr"),
            v(abschluss="mittleren Bildungsabschluss", dauer="zwei Jahren"),
        ),
        ages=(16, None),
        schedules=(
            weekly("mo di mi do fr", "08:30-12:45", weeks=40, fixed=True),
            weekly("mo di do", "17:30-20:45", weeks=40, fixed=True),
        ),
        registrations=("Anmeldung nach Beratungsgespräch.",),
        motif="buecher",
    ),
    Pattern(
        key="vortrag",
        topic="edu.lecture",
        audiences=("erwachsene", "alle"),
        titles=("{thema}", "Vortrag: {thema}", "{thema} – Vortrag mit Gespräch"),
        teasers=(
            "{thema}: ein Abend mit Bildern, Beispielen und Zeit für Fragen.",
            "Vortrag mit anschließendem Gespräch. {kern}",
        ),
        texts=(
            (
                "{kern} Der Vortrag setzt keine Vorkenntnisse voraus.",
                "{kern} Die Referentin hat viele Jahre zum Thema gearbeitet und erzählt anschaulich.",
            ),
            (
                "Im Anschluss laden wir zu einem Getränk und zum Gespräch ein.",
                "Eine Aufzeichnung ist nicht geplant.",
                "Der Saal ist mit einer Höranlage ausgestattet.",
            ),
        ),
        variants=(
            v(
                thema="Geschichten aus der Heimat",
                kern="Alte Karten und Fotografien zeigen, wie sich die Stadt verändert hat.",
            ),
            v(
                thema="Sterne über der Stadt",
                kern="Was am Abendhimmel zu sehen ist und wie man es auch ohne Fernrohr findet.",
            ),
            v(thema="Heizen im Wandel", kern="Wärmepumpe, Fernwärme, Holz: Was passt zu welchem Haus?"),
            v(
                thema="Wie wir entscheiden",
                kern="Warum unser Kopf so oft Abkürzungen nimmt und wann das gefährlich wird.",
            ),
            v(
                thema="Mit dem Fahrrad bis ans Meer",
                kern="Ein Reisebericht über 1.400 Kilometer, Regen, Rückenwind und gute Nachbarn.",
            ),
            v(
                thema="Desinformation erkennen",
                kern="Woran man gefälschte Bilder und Nachrichten erkennt – mit vielen Beispielen.",
            ),
            v(
                thema="Bienen, Hummeln, Schwebfliegen",
                kern="Wer bei uns bestäubt und was ein Balkon dafür tun kann.",
            ),
        ),
        costs=(euros("6", "ermäßigt 3 €"), FREE, price("Eintritt frei, Spende erbeten")),
        schedules=(
            dates(1, "di", "19:00-20:30"),
            dates(1, "do", "19:30-21:00"),
            dates(1, "mi", "18:00-19:30"),
        ),
        registrations=("Keine Anmeldung nötig, Abendkasse.", "Anmeldung erwünscht."),
        motif="vortrag",
    ),
    Pattern(
        key="bewerbung",
        topic="work.apply",
        audiences=("arbeitsuchende", "jugend", "erwachsene"),
        titles=("Bewerbungshilfe {ort}", "{art}", "Hilfe auf dem Weg zur Stelle: {art}"),
        teasers=("{art}: Wir bringen Ihre Unterlagen in Form und üben, worauf es ankommt.",),
        texts=(
            (
                (
                    "Gemeinsam schreiben wir Lebenslauf und Anschreiben, machen auf Wunsch ein Foto und"
                    " suchen passende Stellen."
                ),
                (
                    "Eine gute Bewerbung muss nicht lang sein. Wir sehen uns an, was Sie können, und sagen es"
                    " in klaren Sätzen."
                ),
            ),
            (
                "Computer und Drucker stehen bereit. Bitte bringen Sie Zeugnisse mit, wenn Sie welche haben.",
                "Auch ohne Zeugnisse lohnt es sich zu kommen – Erfahrung zählt.",
            ),
        ),
        variants=(
            v(art="Bewerbungswerkstatt"),
            v(art="Lebenslauf-Check"),
            v(art="Training Vorstellungsgespräch"),
            v(art="Bewerben auf Deutsch", audiences=("zugewanderte", "arbeitsuchende")),
        ),
        ages=(15, None),
        schedules=(weekly("di", "09:00-12:00"), weekly("do", "14:00-17:00"), dates(2, "fr", "09:00-13:00")),
        registrations=("Offen ohne Anmeldung.", "Termin nach Vereinbarung."),
        motif="arbeit",
    ),
    Pattern(
        key="berufsorientierung",
        topic="work.career",
        audiences=("jugend", "eltern"),
        titles=("{art}", "{art} {ort}"),
        teasers=(
            "{art}: Berufe ausprobieren, Betriebe kennenlernen, Fragen stellen.",
            "Welcher Beruf passt zu dir? {art} mit Menschen, die davon erzählen können.",
        ),
        texts=(
            ("Was passt zu mir? Hier kannst du Berufe anfassen und mit Auszubildenden sprechen. {zusatz}",),
            ("Deine Eltern können gern mitkommen.", "Im Anschluss vermitteln wir auf Wunsch ein Praktikum."),
        ),
        variants=(
            v(art="Ausbildungsmesse", zusatz="Über vierzig Betriebe stellen sich vor."),
            v(
                art="Tag der offenen Werkstatt",
                zusatz="Metall, Holz, Küche und Pflege laden zum Ausprobieren ein.",
            ),
            v(art="Berufe-Speeddating", zusatz="Alle sieben Minuten wechselst du zum nächsten Tisch."),
            v(
                art="Girls’ Day und Boys’ Day: Vorbereitung",
                zusatz="Wir suchen mit dir einen Platz, der nicht ins Klischee passt.",
            ),
        ),
        ages=(13, 20),
        schedules=(dates(1, "sa", "10:00-15:00"), dates(1, "mi", "14:00-17:00")),
        motif="arbeit",
    ),
    Pattern(
        key="wiedereinstieg",
        topic="work.start",
        audiences=("frauen", "erwachsene", "arbeitsuchende"),
        titles=("{thema}", "Workshop: {thema}"),
        teasers=("{thema} – ein Angebot für alle, die beruflich neu anfangen oder zurückkehren möchten.",),
        texts=(
            (
                (
                    "Nach der Familienzeit, nach einer Krankheit oder mit einer neuen Idee: Neu anfangen"
                    " gelingt besser, wenn man weiß, was man will. Darum geht es im Workshop „{thema}“."
                ),
            ),
            (
                (
                    "Die Gruppe bleibt klein, damit für jede Frage Zeit ist. Auf Wunsch gibt es danach ein"
                    " Einzelgespräch."
                ),
                "Eine Kinderbetreuung können wir anbieten; bitte bei der Anmeldung angeben.",
            ),
        ),
        variants=(
            v(thema="Zurück in den Beruf"),
            v(thema="Stärken finden, Stelle finden"),
            v(thema="Sich selbstständig machen"),
            v(thema="Minijob und was dann?"),
        ),
        ages=(18, None),
        costs=(FREE, euros("25")),
        schedules=(dates(3, "mi", "09:00-12:00"), dates(1, "sa", "10:00-16:00")),
        registrations=("Anmeldung bis eine Woche vorher.",),
        motif="arbeit",
    ),
    Pattern(
        key="anerkennung",
        topic="work.recognition",
        audiences=("zugewanderte", "arbeitsuchende"),
        titles=(
            "Anerkennungsberatung für ausländische Abschlüsse",
            "Mein Beruf in Deutschland: Beratung {ort}",
        ),
        teasers=("Ihr Zeugnis aus dem Ausland ist etwas wert: Wir klären, ob und wie es anerkannt werden kann.",),
        texts=(
            (
                (
                    "Pflege, Handwerk, Studium: Für jeden Beruf ist eine andere Stelle zuständig. Wir finden"
                    " sie und helfen beim Antrag und bei den Übersetzungen."
                ),
            ),
            (
                "Über mögliche Zuschüsse zu den Kosten beraten wir ebenfalls.",
                "Bitte bringen Sie Zeugnisse und Lebenslauf mit, auch als Foto auf dem Telefon.",
            ),
        ),
        languages=("de", "en", "fr", "ar"),
        schedules=(weekly("mi", "13:00-16:00"), monthly(1, "di", "10:00-15:00")),
        registrations=("Termin per E-Mail vereinbaren.",),
        online="also",
        motif="arbeit",
    ),
)
