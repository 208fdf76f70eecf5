"""Language courses and meetings where German is spoken."""

from demo.content.types import FREE, Pattern, euros, price
from demo.content.write import NO_DATE, dates, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="deutschkurs",
        topic="lang.german",
        audiences=("zugewanderte", "erwachsene"),
        titles=(
            "Deutschkurs {stufe} {zeit}",
            "Deutsch {stufe}: {thema}",
            "{zeit} Deutsch lernen – Stufe {stufe}",
        ),
        teasers=(
            "Deutsch lernen auf der Stufe {stufe}, {zeit}, in einer kleinen Gruppe und mit viel Zeit zum Sprechen.",
            "Sprachkurs {stufe} mit dem Schwerpunkt „{thema}“. Der Einstieg ist in den ersten beiden Wochen möglich.",
        ),
        texts=(
            (
                (
                    "In diesem Kurs üben wir Deutsch auf der Stufe {stufe}. Im Mittelpunkt steht das Thema"
                    " „{thema}“: Wir lesen kurze Texte, hören zu und sprechen viel miteinander."
                ),
                (
                    "Sie möchten im Alltag sicherer sprechen? Der Kurs {stufe} findet {zeit} statt und"
                    " behandelt Schritt für Schritt das Thema „{thema}“."
                ),
                (
                    "Wir lernen gemeinsam in einer Gruppe von höchstens 14 Personen. Grammatik kommt vor,"
                    " aber das Wichtigste ist das Sprechen – zum Beispiel zum Thema „{thema}“."
                ),
            ),
            (
                "Das Lehrbuch ist in der Gebühr nicht enthalten; gebrauchte Bücher können ausgeliehen werden.",
                (
                    "Vor dem Start gibt es einen kurzen Einstufungstest, damit der Kurs wirklich passt. Er"
                    " dauert etwa 20 Minuten."
                ),
                (
                    "Am Ende erhalten Sie eine Teilnahmebescheinigung. Wer möchte, kann sich danach zur"
                    " Prüfung anmelden."
                ),
            ),
        ),
        variants=(
            v(stufe="A1", zeit="am Vormittag", thema="Sich vorstellen und einkaufen"),
            v(stufe="A1", zeit="am Abend", thema="Zahlen, Uhrzeit und Termine"),
            v(stufe="A2", zeit="am Vormittag", thema="Wohnen und Nachbarschaft"),
            v(stufe="A2", zeit="am Abend", thema="Arztbesuch und Apotheke"),
            v(stufe="B1", zeit="am Nachmittag", thema="Arbeit und Bewerbung"),
            v(stufe="B1", zeit="am Samstag", thema="Behörden und Formulare"),
            v(stufe="B2", zeit="am Abend", thema="Diskutieren und die eigene Meinung sagen"),
            v(stufe="B2", zeit="am Vormittag", thema="Deutsch für den Beruf"),
            v(stufe="C1", zeit="am Abend", thema="Fachtexte verstehen und schreiben"),
        ),
        ages=(16, None),
        costs=(euros("98", "Ermäßigung auf Nachweis"), euros("120", "30 Unterrichtsstunden"), FREE),
        registrations=(
            "Anmeldung mit Einstufungstest, montags und donnerstags.",
            "Anmeldung telefonisch oder online bis eine Woche vor Beginn.",
        ),
        schedules=(
            weekly("mo mi", "09:00-11:15", weeks=12),
            weekly("di do", "18:00-19:30", weeks=15),
            weekly("mo di do", "09:00-12:15", weeks=10),
            weekly("di fr", "14:30-16:45", weeks=12),
            weekly("sa", "10:00-13:15", weeks=10, fixed=True),
        ),
        motif="sprache",
    ),
    Pattern(
        key="integrationskurs",
        topic="lang.integration",
        audiences=("zugewanderte",),
        titles=("Integrationskurs {art}", "Integrationskurs {ort} – {art}"),
        teasers=(
            "Deutsch von Anfang an und Wissen über das Leben in Deutschland: Integrationskurs, {zusatz}.",
            (
                "Der Kurs führt zur Prüfung „Deutsch-Test für Zuwanderer“ und schließt mit dem Test „Leben in"
                " Deutschland“ ab."
            ),
        ),
        texts=(
            (
                (
                    "Der Integrationskurs besteht aus einem Sprachkurs und einem Orientierungskurs. Diese"
                    " Gruppe ist {zusatz}."
                ),
                (
                    "600 Stunden Deutsch, danach 100 Stunden über Recht, Geschichte und Zusammenleben – so"
                    " ist der Kurs aufgebaut. Er ist {zusatz}."
                ),
            ),
            (
                (
                    "Bitte bringen Sie zur Anmeldung den Berechtigungsschein oder die Verpflichtung und Ihren"
                    " Ausweis mit. Wir helfen auch beim Antrag."
                ),
                (
                    "Wer Bürgergeld bezieht, kann von den Kosten befreit werden. Den Antrag füllen wir gern"
                    " gemeinsam mit Ihnen aus."
                ),
                (
                    "Sie haben noch keinen Berechtigungsschein? Kommen Sie in die Sprechstunde, wir stellen"
                    " den Antrag zusammen."
                ),
            ),
        ),
        variants=(
            v(art="am Vormittag", zusatz="offen für alle, die neu in Deutschland sind"),
            v(
                art="mit Kinderbetreuung",
                zusatz="besonders für Eltern gedacht; die Kinder werden im Nebenraum betreut",
                audiences=("zugewanderte", "eltern"),
            ),
            v(art="mit Alphabetisierung", zusatz="für Menschen, die noch nicht lateinisch schreiben"),
            v(art="am Abend", zusatz="für Berufstätige gedacht und deshalb am Abend"),
            v(
                art="für Frauen",
                zusatz="nur für Frauen, unterrichtet von einer Lehrerin",
                audiences=("zugewanderte", "frauen"),
            ),
        ),
        ages=(17, None),
        costs=(price("2,29 € je Unterrichtsstunde, Befreiung auf Antrag"),),
        registrations=("Persönliche Anmeldung mit Berechtigungsschein.",),
        schedules=(
            weekly("mo di mi do", "08:30-12:45", weeks=40, fixed=True),
            weekly("mo mi do", "17:30-20:45", weeks=45, fixed=True),
        ),
        motif="sprache",
    ),
    Pattern(
        key="fremdsprache",
        topic="lang.foreign",
        audiences=("erwachsene",),
        titles=("{sprache} {niveau}", "{sprache} – {niveau} {ort}", "Sprachkurs {sprache}: {niveau}"),
        teasers=(
            (
                "{sprache} lernen mit Freude: kleine Gruppe, viel Gespräch und immer wieder ein Blick auf"
                " Land und Leute."
            ),
            "{sprache}, {niveau}: einmal in der Woche abends. Zum Kennenlernen ist ein Schnupperabend frei.",
        ),
        texts=(
            (
                (
                    "{begruessung} Wir üben Gespräche, wie sie unterwegs und zu Besuch wirklich vorkommen,"
                    " und lernen die Grammatik nebenbei."
                ),
                (
                    "{begruessung} Der Kurs richtet sich an alle, die {sprache} regelmäßig sprechen möchten,"
                    " ohne sich zu verbiegen."
                ),
            ),
            (
                (
                    "Die Lehrerin spricht {sprache} als Muttersprache und bringt Lieder, Rezepte und"
                    " Zeitungsartikel mit."
                ),
                (
                    "Wir arbeiten mit einem aktuellen Lehrbuch; den Titel erfahren Sie am ersten Abend. Eine"
                    " Probestunde ist jederzeit möglich."
                ),
                "Wer unsicher ist, welche Stufe passt, ruft uns vorher an: Ein kurzes Gespräch genügt meistens.",
            ),
        ),
        variants=(
            v(
                sprache="Französisch",
                niveau="für Anfängerinnen und Anfänger (A1)",
                begruessung="Bonjour et bienvenue!",
            ),
            v(sprache="Französisch", niveau="Konversation (B1)", begruessung="Parlons français!"),
            v(sprache="Englisch", niveau="Auffrischung (A2)", begruessung="Schulenglisch, aber lange her?"),
            v(
                sprache="Englisch",
                niveau="am Arbeitsplatz (B1)",
                begruessung="Telefonate, E-Mails, Besprechungen: alles auf Englisch?",
            ),
            v(sprache="Spanisch", niveau="Grundkurs (A1)", begruessung="¡Hola!"),
            v(sprache="Italienisch", niveau="für den Urlaub (A1)", begruessung="Benvenuti!"),
            v(sprache="Türkisch", niveau="für den Einstieg (A1)", begruessung="Hoş geldiniz!"),
            v(sprache="Polnisch", niveau="für Nachbarn und Reisende (A1)", begruessung="Dzień dobry!"),
            v(
                sprache="Deutsche Gebärdensprache",
                niveau="Schnupperkurs",
                begruessung="Mit den Händen reden, mit den Augen zuhören.",
            ),
        ),
        ages=(16, None),
        costs=(euros("84"), euros("76", "ermäßigt 53 €"), euros("92")),
        registrations=(
            "Anmeldung erforderlich, mindestens 7 Personen.",
            "Anmeldung online oder in der Geschäftsstelle.",
        ),
        schedules=(
            weekly("di", "18:15-19:45", weeks=12),
            weekly("do", "19:00-20:30", weeks=10),
            dates(4, "sa", "10:00-13:00"),
        ),
        motif="sprache",
    ),
    Pattern(
        key="sprachcafe",
        topic="lang.cafe",
        audiences=("zugewanderte", "alle"),
        titles=("Sprachcafé {ort}", "{name}", "{name} {ort}"),
        teasers=(
            (
                "Bei Kaffee und Tee Deutsch sprechen: ohne Lehrbuch, ohne Noten, mit netten Leuten aus der"
                " Nachbarschaft."
            ),
            "Treffpunkt für alle, die Deutsch üben möchten, und für alle, die gern zuhören und erzählen.",
        ),
        texts=(
            (
                (
                    "An jedem Tisch sitzt jemand, der gut Deutsch spricht. Wir reden über {thema} und über"
                    " alles, was gerade los ist."
                ),
                (
                    "Hier darf man Fehler machen! Diesmal erzählen wir uns etwas über {thema}. Spiele und"
                    " Bilder helfen, wenn die Wörter fehlen."
                ),
            ),
            (
                "Kinder sind willkommen, eine Spielecke ist vorhanden. Kuchenspenden freuen uns immer.",
                (
                    "Wer schon gut Deutsch kann und gern mit anderen spricht, ist als Gastgeberin oder"
                    " Gastgeber herzlich willkommen."
                ),
            ),
        ),
        variants=(
            v(name="Plaudertisch Deutsch", thema="Feste und Feiertage"),
            v(name="Erzähl doch mal – Deutsch bei Kaffee und Tee", thema="Essen und Rezepte"),
            v(
                name="Deutsch-Treff für Frauen",
                thema="Familie, Schule und Alltag",
                audiences=("zugewanderte", "frauen"),
            ),
            v(name="Abendtisch: Deutsch sprechen nach Feierabend", thema="Arbeit und Kollegen"),
        ),
        schedules=(weekly("mi", "15:00-17:00"), weekly("fr", "16:00-18:00"), monthly(1, "do", "18:00-20:00")),
        languages=("de",),
        engagement=True,
        motif="kaffee",
    ),
    Pattern(
        key="tandem",
        topic="lang.cafe",
        audiences=("erwachsene", "zugewanderte"),
        titles=("Sprachtandem {sprachen}", "Tandem-Börse {sprachen}"),
        teasers=(
            "Zwei Menschen, zwei Sprachen: Wir bringen Sie mit jemandem zusammen, der Ihre Sprache lernen möchte.",
        ),
        texts=(
            (
                (
                    "Sie sprechen {sprachen}? Beim Tandem treffen sich zwei Menschen und bringen einander"
                    " ihre Sprache bei – eine halbe Stunde so herum, eine halbe Stunde anders herum."
                ),
            ),
            (
                (
                    "Füllen Sie einen kurzen Fragebogen aus, wir suchen die passende Person. Wo und wann Sie"
                    " sich treffen, machen Sie unter sich aus."
                ),
                (
                    "Beim ersten Treffen sind wir dabei und geben ein paar Gesprächskarten mit. Danach geht"
                    " es von allein."
                ),
            ),
        ),
        variants=(
            v(sprachen="Deutsch und Arabisch", languages=("de", "ar")),
            v(sprachen="Deutsch und Französisch", languages=("de", "fr")),
            v(sprachen="Deutsch und Ukrainisch", languages=("de", "uk")),
            v(sprachen="Deutsch und Türkisch", languages=("de", "tr")),
        ),
        ages=(18, None),
        schedules=(NO_DATE,),
        registrations=("Fragebogen ausfüllen und abgeben, wir melden uns.",),
        motif="sprache",
    ),
    Pattern(
        key="alphabetisierung",
        topic="lang.literacy",
        audiences=("erwachsene",),
        titles=(
            "Lesen und Schreiben für Erwachsene",
            "Endlich lesen: Kurs {ort}",
            "Lerncafé Lesen, Schreiben, Rechnen",
        ),
        teasers=(
            (
                "Lesen und Schreiben lernen, in Ruhe und ohne Druck. Sie sind damit nicht allein – und es ist"
                " nie zu spät."
            ),
        ),
        texts=(
            (
                (
                    "Viele Erwachsene lesen und schreiben nicht gut. Bei uns lernen Sie in einer Gruppe von"
                    " höchstens acht Personen, in Ihrem Tempo."
                ),
                (
                    "Briefe, Fahrpläne, Formulare: Wir üben mit dem, was im Alltag wirklich vorkommt. Niemand"
                    " muss vorlesen, der nicht möchte."
                ),
            ),
            (
                (
                    "Rufen Sie an oder lassen Sie jemanden für Sie anrufen. Wir sprechen vertraulich"
                    " miteinander und finden die passende Gruppe."
                ),
                "Auch mit dem Tablet wird gelernt; Vorkenntnisse braucht es dafür keine.",
            ),
        ),
        ages=(18, None),
        schedules=(weekly("mo do", "17:30-19:00"), weekly("di", "09:30-11:30", "17:00-19:00")),
        registrations=("Anruf genügt, auch von Verwandten oder Freunden.",),
        motif="buecher",
    ),
    Pattern(
        key="sprachmittler",
        topic="adv.migration",
        audiences=("zugewanderte", "fachkraefte"),
        titles=("Sprachmittlung bei Terminen", "Dolmetschen im Alltag: ehrenamtliche Sprachmittler"),
        teasers=(
            (
                "Begleitung zu Schule, Amt oder Arzt durch Menschen, die beide Sprachen sprechen. Bitte"
                " rechtzeitig anfragen."
            ),
        ),
        texts=(
            (
                (
                    "Unsere Sprachmittlerinnen und Sprachmittler begleiten Gespräche in Schule, Kita, Amt und"
                    " Praxis. Zur Zeit stehen {anzahl} Sprachen zur Verfügung."
                ),
            ),
            (
                (
                    "Bitte melden Sie den Termin mindestens eine Woche vorher an. Alle Sprachmittler sind zur"
                    " Verschwiegenheit verpflichtet."
                ),
                "Sie sprechen selbst zwei Sprachen gut? Wir bieten Schulungen an und freuen uns über Verstärkung.",
            ),
        ),
        variants=(v(anzahl="elf"), v(anzahl="sechzehn")),
        languages=("de", "ar", "uk", "ru", "tr", "fa"),
        schedules=(NO_DATE,),
        registrations=("Anfrage mindestens eine Woche vor dem Termin.",),
        engagement=True,
        motif="beratung",
    ),
)
