"""Advice for people in trouble with money, landlords, authorities or papers."""

from demo.content.types import FREE, Pattern, price
from demo.content.write import dates, monthly, v, weekly

HOURS = (
    weekly("di do", "09:00-12:00"),
    weekly("mo", "14:00-17:00"),
    weekly("mi", "09:00-12:00", "14:00-17:00"),
)

PATTERNS = (
    Pattern(
        key="schuldnerberatung",
        topic="adv.debt",
        audiences=("erwachsene", "familien"),
        titles=("Schuldnerberatung {ort}", "Offene Sprechstunde bei Schulden", "Schulden? {zusatz}"),
        teasers=(
            "Wenn das Geld nicht reicht: kostenlose, vertrauliche Beratung für Menschen mit Schulden.",
            (
                "Mahnung, Pfändung, gesperrtes Konto: Wir sehen uns Ihre Unterlagen an und suchen mit Ihnen"
                " einen Ausweg."
            ),
        ),
        texts=(
            (
                (
                    "Wir ordnen gemeinsam Ihre Briefe, rechnen aus, was zum Leben bleibt, und sprechen auf"
                    " Wunsch mit den Gläubigern. {zusatz}"
                ),
                (
                    "Schulden können jeden treffen. In der Beratung verschaffen wir uns einen Überblick und"
                    " überlegen, welcher Weg passt. {zusatz}"
                ),
            ),
            (
                (
                    "Bitte bringen Sie Ihre Unterlagen mit, gern auch ungeöffnet in der Tüte. Wir unterliegen"
                    " der Schweigepflicht."
                ),
                (
                    "Bei drohender Stromsperre oder Räumung rufen Sie bitte sofort an, dann finden wir"
                    " kurzfristig einen Termin."
                ),
            ),
        ),
        variants=(
            v(zusatz="Auch eine Bescheinigung für das P-Konto stellen wir aus."),
            v(zusatz="Zur Verbraucherinsolvenz beraten wir ausführlich."),
            v(
                zusatz="Für junge Leute unter 27 gibt es eigene Termine.",
                ages=(16, 27),
                audiences=("jugend",),
            ),
        ),
        schedules=HOURS,
        registrations=(
            "Zur offenen Sprechstunde ohne Termin, sonst nach Vereinbarung.",
            "Termin bitte telefonisch vereinbaren.",
        ),
        motif="beratung",
    ),
    Pattern(
        key="migrationsberatung",
        topic="adv.migration",
        audiences=("zugewanderte",),
        titles=("{art} {ort}", "{art}", "Sprechstunde: {art}"),
        teasers=(
            "Fragen zu Aufenthalt, Sprachkurs, Arbeit oder Schule? Wir beraten kostenlos und in mehreren Sprachen.",
            "Neu hier? In der Sprechstunde klären wir die nächsten Schritte und füllen Anträge zusammen aus.",
        ),
        texts=(
            (
                (
                    "Wir begleiten Menschen, die neu in Deutschland sind, bei Fragen zu {themen}. Die"
                    " Beratung ist vertraulich."
                ),
                (
                    "{themen} – das sind die Themen, mit denen die meisten zu uns kommen. Bringen Sie einfach"
                    " alle Briefe mit, die Sie nicht verstehen."
                ),
            ),
            (
                "Wenn wir Ihre Sprache nicht sprechen, organisieren wir eine Dolmetscherin oder einen Dolmetscher.",
                (
                    "Ohne Termin kann es zu Wartezeiten kommen. Für längere Gespräche vereinbaren wir einen"
                    " eigenen Termin."
                ),
                "Auf Wunsch begleiten wir Sie beim ersten Mal zum Amt.",
            ),
        ),
        variants=(
            v(
                art="Migrationsberatung für Erwachsene",
                themen="Aufenthalt, Familiennachzug und Wohnung",
                ages=(27, None),
                languages=("de", "en", "ar"),
            ),
            v(
                art="Jugendmigrationsdienst",
                themen="Schule, Ausbildung und Freizeit",
                ages=(12, 27),
                languages=("de", "en", "fr"),
                audiences=("zugewanderte", "jugend"),
            ),
            v(
                art="Flüchtlingsberatung",
                themen="Asylverfahren, Unterkunft und Gesundheit",
                languages=("de", "en", "ar", "fa"),
            ),
            v(
                art="Erstberatung für Menschen aus der Ukraine",
                themen="Anmeldung, Krankenversicherung und Kita",
                languages=("de", "uk", "ru"),
            ),
            v(
                art="Beratung für Menschen aus der EU",
                themen="Arbeit, Kindergeld und Krankenkasse",
                languages=("de", "ro", "bg", "pl"),
            ),
        ),
        schedules=HOURS,
        registrations=(
            "Offene Sprechstunde ohne Anmeldung.",
            "Bitte vorher anrufen oder eine E-Mail schreiben.",
        ),
        motif="beratung",
    ),
    Pattern(
        key="mieterberatung",
        topic="adv.tenant",
        audiences=("erwachsene",),
        titles=("Mieterberatung {ort}", "Rat in Mietfragen: {thema}"),
        teasers=(
            "Ärger mit der Wohnung? Fachleute prüfen Mietvertrag, Abrechnung und Kündigung. Schwerpunkt: {thema}.",
        ),
        texts=(
            (
                (
                    "Ist die Abrechnung richtig? Wer bezahlt den Schimmel? Darf die Miete steigen? In der"
                    " Sprechstunde bekommen Sie eine erste Einschätzung, besonders zum Thema {thema}."
                ),
                (
                    "Bringen Sie Mietvertrag und Schriftwechsel mit. Wir sehen uns die Unterlagen an und"
                    " sagen Ihnen, welche Schritte sinnvoll sind. Ein Schwerpunkt ist zurzeit: {thema}."
                ),
            ),
            (
                "Die Erstberatung dauert etwa 20 Minuten. Eine Vertretung vor Gericht ist nicht möglich.",
                "Für Menschen mit wenig Geld ist die Beratung kostenlos, bitte einen Nachweis mitbringen.",
            ),
        ),
        variants=(
            v(thema="Nebenkosten"),
            v(thema="Schimmel und Mängel"),
            v(thema="Kündigung und Umzug"),
            v(thema="Mieterhöhung"),
        ),
        costs=(FREE, price("10 € je Beratung, mit Nachweis kostenlos")),
        schedules=(
            monthly(2, "di", "16:00-18:00"),
            monthly(4, "do", "15:00-17:00"),
            weekly("mi", "16:00-18:00"),
        ),
        registrations=("Anmeldung bis zum Vortag.",),
        motif="haus",
    ),
    Pattern(
        key="sozialberatung",
        topic="adv.social",
        audiences=("erwachsene", "familien", "senioren"),
        titles=("Allgemeine Sozialberatung", "Sozialsprechstunde {ort}", "Hilfe bei {hilfe}"),
        teasers=(
            "Welche Leistung steht mir zu? Wir helfen bei {hilfe} und begleiten Sie, bis der Bescheid da ist.",
            "Rat und Begleitung in schwierigen Lebenslagen, zum Beispiel bei {hilfe}. Vertraulich und kostenlos.",
        ),
        texts=(
            (
                (
                    "Wir hören zu, erklären Bescheide und helfen bei {hilfe}. Wenn andere Stellen besser"
                    " helfen können, stellen wir den Kontakt her."
                ),
                (
                    "Manchmal kommt alles auf einmal. In der Beratung sortieren wir, was zuerst dran ist –"
                    " von {hilfe} bis zur Kur."
                ),
            ),
            (
                (
                    "Alles, was Sie uns erzählen, bleibt unter uns. Sie müssen keiner Kirche und keinem"
                    " Verein angehören."
                ),
                "Bitte bringen Sie die letzten Bescheide und einen Ausweis mit.",
            ),
        ),
        variants=(
            v(hilfe="Anträgen auf Wohngeld"),
            v(hilfe="Anträgen auf Bürgergeld"),
            v(hilfe="Fragen zum Kinderzuschlag"),
            v(hilfe="Fragen zur Grundsicherung im Alter", audiences=("senioren",), ages=(60, None)),
        ),
        schedules=HOURS,
        registrations=("Termin nach Vereinbarung.", "Offene Sprechstunde, keine Anmeldung nötig."),
        motif="beratung",
    ),
    Pattern(
        key="formularhilfe",
        topic="adv.social",
        audiences=("alle",),
        titles=(
            "Formularlotsen: Hilfe beim Ausfüllen",
            "Papierkram gemeinsam erledigen {ort}",
            "Schreibhilfe für Briefe und Anträge",
        ),
        teasers=("Antrag, Brief, Kündigung: Ehrenamtliche helfen beim Ausfüllen und erklären, was gemeint ist.",),
        texts=(
            (
                (
                    "Unsere Formularlotsen setzen sich mit Ihnen hin, lesen vor, erklären und füllen"
                    " gemeinsam aus. Eine Rechtsberatung ist das nicht, aber oft reicht es."
                ),
                (
                    "Amtsdeutsch ist schwer. Bringen Sie den Brief einfach mit – wir übersetzen ihn in"
                    " verständliche Sätze und schreiben zusammen die Antwort."
                ),
            ),
            (
                "Ein Kopierer ist da. Ihre Unterlagen nehmen Sie danach wieder mit, wir behalten nichts.",
                "Meistens dauert es nicht länger als eine halbe Stunde.",
            ),
        ),
        schedules=(weekly("do", "15:00-17:30"), weekly("mo", "10:00-12:00")),
        engagement=True,
        languages=("de", "en"),
        motif="beratung",
    ),
    Pattern(
        key="energieberatung",
        topic="adv.energy",
        audiences=("alle",),
        titles=("Energieberatung: {thema}", "{thema} – Beratung {ort}"),
        teasers=("Strom und Heizkosten senken: unabhängige Beratung zum Thema {thema}.",),
        texts=(
            (
                (
                    "Im Gespräch von 45 Minuten klären wir, wo in Ihrer Wohnung Energie verloren geht und was"
                    " sich lohnt. Diesmal steht im Mittelpunkt: {thema}."
                ),
            ),
            (
                (
                    "Bitte die letzten Abrechnungen mitbringen. Wer wenig Geld hat, bekommt ein Starterpaket"
                    " mit Sparlampen und Thermometer."
                ),
                "Die Beratung ist unabhängig, niemand will Ihnen etwas verkaufen.",
            ),
        ),
        variants=(
            v(thema="Stromfresser finden"),
            v(thema="Richtig heizen und lüften"),
            v(thema="Balkonkraftwerk"),
        ),
        schedules=(monthly(1, "mi", "14:00-18:00"), monthly(3, "do", "14:00-17:30")),
        registrations=("Termin telefonisch reservieren.",),
        motif="haus",
    ),
    Pattern(
        key="rechtsabend",
        topic="adv.legal",
        audiences=("erwachsene", "senioren"),
        titles=("Infoabend: {thema}", "{thema} – was man wissen sollte"),
        teasers=(
            "Verständlich erklärt und mit Zeit für Fragen: {thema}. Ein Abend mit einer Fachfrau aus der Praxis.",
        ),
        texts=(
            (
                (
                    "Eine Fachanwältin erklärt die wichtigsten Regeln zum Thema {thema} und beantwortet"
                    " Fragen aus dem Publikum."
                ),
                "Was gilt, was ist zu tun, und wer hilft weiter? Der Abend gibt einen Überblick zum Thema {thema}.",
            ),
            (
                "Eine persönliche Rechtsberatung ist an diesem Abend nicht möglich. Muster zum Mitnehmen liegen aus.",
                "Der Vortrag dauert etwa eine Stunde, danach ist Zeit für Gespräche.",
            ),
        ),
        variants=(
            v(thema="Vorsorgevollmacht und Patientenverfügung"),
            v(thema="Erben und Vererben"),
            v(thema="Elternunterhalt"),
            v(thema="Sicher einkaufen im Internet"),
            v(thema="Mein Recht als Nachbarin und Nachbar"),
        ),
        costs=(FREE, price("Eintritt frei, Spende willkommen")),
        schedules=(dates(1, "do", "18:30-20:00"), dates(1, "di", "19:00-20:30")),
        registrations=("Anmeldung erwünscht, Plätze begrenzt.",),
        motif="vortrag",
    ),
)
