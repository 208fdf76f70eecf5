"""Courses for body and mind, first aid, and groups that help themselves."""

from demo.content.types import FREE, Pattern, euros, price
from demo.content.write import dates, monthly, v, weekly

MEMBER = price("im Vereinsbeitrag enthalten")

PATTERNS = (
    Pattern(
        key="gesundheitskurs",
        topic="hea.course",
        audiences=("erwachsene",),
        titles=("{kurs}", "{kurs} am {tageszeit}", "{kurs} {ort}"),
        teasers=(
            "{kurs}: sanft, wirksam und für jedes Alter. Von vielen Krankenkassen bezuschusst.",
            "{kurs} am {tageszeit} – eine Stunde für Körper und Kopf.",
        ),
        texts=(
            (
                "{nutzen} Die Übungen lassen sich leicht zu Hause fortsetzen.",
                "{nutzen} Die Kursleiterin achtet auf Rücken, Knie und gute Laune.",
            ),
            (
                "Bitte eine Matte, warme Socken und ein kleines Kissen mitbringen.",
                "Wer längere Zeit krank war, spricht vorher bitte mit der Hausarztpraxis.",
                "Eine Bescheinigung für die Krankenkasse wird ausgestellt.",
            ),
        ),
        variants=(
            v(
                kurs="Yoga für Einsteigerinnen und Einsteiger",
                tageszeit="Abend",
                nutzen="Dehnen, atmen, loslassen: Yoga macht beweglich und ruhig.",
            ),
            v(kurs="Rückenfit", tageszeit="Morgen", nutzen="Kräftige Muskeln entlasten den Rücken."),
            v(
                kurs="Pilates",
                tageszeit="Abend",
                nutzen="Kleine Bewegungen mit großer Wirkung stärken die Körpermitte.",
            ),
            v(
                kurs="Qigong",
                tageszeit="Vormittag",
                nutzen="Langsame, fließende Bewegungen bringen den Kreislauf in Gang.",
            ),
            v(
                kurs="Autogenes Training",
                tageszeit="Abend",
                nutzen="Mit einfachen Sätzen lernt der Körper, sich zu entspannen.",
            ),
            v(
                kurs="Beckenboden nach der Geburt",
                tageszeit="Vormittag",
                nutzen="Behutsam kommt der Körper wieder zu Kräften.",
                audiences=("frauen", "eltern"),
            ),
        ),
        ages=(16, None),
        costs=(euros("80", "Zuschuss der Krankenkasse möglich"), euros("65"), euros("72", "10 Termine")),
        schedules=(
            weekly("mo", "18:30-19:45", weeks=10),
            weekly("mi", "09:00-10:15", weeks=10),
            weekly("do", "17:00-18:15", weeks=8),
        ),
        registrations=("Anmeldung erforderlich.",),
        motif="yoga",
    ),
    Pattern(
        key="seniorensport",
        topic="sen.move",
        audiences=("senioren",),
        titles=("{kurs}", "Fit bleiben: {kurs}", "{kurs} für Ältere {ort}"),
        teasers=(
            "{kurs}: mit Schwung durch die Woche, danach gern noch ein Kaffee.",
            "Bewegung, die guttut: {kurs}. Jede und jeder macht mit, so weit es geht.",
        ),
        texts=(
            ("{inhalt} Alle machen mit, so gut es geht.", "{inhalt} Das Tempo bestimmt die Gruppe."),
            (
                "Treppen gibt es keine, Stühle sind immer in Reichweite.",
                "Die Übungsleiterin ist für den Sport mit älteren Menschen ausgebildet.",
                "Nach der Stunde sitzen viele noch eine Weile beisammen.",
            ),
        ),
        variants=(
            v(kurs="Sicher auf den Beinen", inhalt="Gleichgewicht, Kraft und sicherer Gang lassen sich üben."),
            v(kurs="Stuhlgymnastik", inhalt="Im Sitzen bewegen wir alles, was sich bewegen lässt."),
            v(kurs="Rollatortraining", inhalt="Bordstein, Bus und enge Türen: Mit Technik geht es leichter."),
            v(
                kurs="Spazierengehen mit Begleitung",
                inhalt="Eine halbe Stunde in gemütlichem Tempo, mit Pausen auf der Bank.",
            ),
            v(
                kurs="Gedächtnistraining mit Bewegung",
                inhalt="Beim Laufen, Werfen und Zählen bleibt auch der Kopf wach.",
            ),
            v(kurs="Wassergymnastik", inhalt="Im warmen Wasser sind die Gelenke dankbar."),
        ),
        ages=(60, None),
        costs=(FREE, euros("3", "je Stunde"), price("Vereinsbeitrag 4 € im Monat")),
        schedules=(weekly("di", "10:00-11:00"), weekly("mo", "14:00-15:00"), weekly("do", "09:30-10:30")),
        registrations=("Einfach dazukommen.", "Bitte einmal vorher anrufen."),
        motif="senioren",
    ),
    Pattern(
        key="rehasport",
        topic="sport.rehab",
        audiences=("erwachsene", "behinderung"),
        titles=("Rehasport {art}", "Rehasport {ort} – {art}"),
        teasers=("Rehasport {art} auf ärztliche Verordnung. Die Kosten übernimmt die Krankenkasse.",),
        texts=(
            (
                (
                    "Unter Anleitung bewegen Sie sich in der Gruppe und gewinnen Sicherheit zurück. Die"
                    " Stunde „Rehasport {art}“ wird von einer lizenzierten Übungsleiterin gehalten."
                ),
            ),
            (
                "Bitte lassen Sie die Verordnung vor dem ersten Termin von der Krankenkasse genehmigen.",
                "Auch ohne Verordnung ist eine Teilnahme als Mitglied möglich.",
            ),
        ),
        variants=(
            v(art="bei Rückenschmerzen"),
            v(art="bei Herzerkrankungen"),
            v(art="bei Lungenerkrankungen"),
            v(art="nach einer Krebserkrankung"),
        ),
        ages=(18, None),
        costs=(price("mit Verordnung kostenlos"),),
        schedules=(weekly("mo", "17:00-17:45", "18:00-18:45"), weekly("mi", "10:00-10:45")),
        registrations=("Anmeldung mit Verordnung.",),
        motif="turnen",
    ),
    Pattern(
        key="erstehilfe",
        topic="hea.firstaid",
        audiences=("alle",),
        titles=("{kurs}", "{kurs} {ort}"),
        teasers=(
            "{kurs}: üben, bis es sitzt. Mit Bescheinigung.",
            "Im Notfall das Richtige tun: {kurs}, anschaulich und ohne Prüfung.",
        ),
        texts=(
            (
                (
                    "Verbände, stabile Seitenlage, Wiederbelebung: Im Kurs „{kurs}“ üben Sie, was im Notfall"
                    " wirklich hilft."
                ),
                (
                    "Helfen ist leichter, als viele denken. Wir üben in Paaren und an Puppen, ohne Prüfung"
                    " und ohne Angst."
                ),
            ),
            (
                "Der Kurs gilt für Führerschein und Betrieb. Getränke sind da, eine Mittagspause ist eingeplant.",
                "Bitte bequeme Kleidung anziehen – wir sind viel auf dem Boden.",
            ),
        ),
        variants=(
            v(kurs="Erste Hilfe – Grundkurs", ages=(15, None)),
            v(kurs="Erste Hilfe am Kind", ages=(16, None), audiences=("eltern", "fachkraefte")),
            v(kurs="Erste Hilfe für Schulkinder", ages=(7, 11), audiences=("kinder",)),
            v(kurs="Auffrischung Erste Hilfe", ages=(15, None)),
            v(
                kurs="Letzte Hilfe: Sterbende begleiten",
                ages=(18, None),
                audiences=("erwachsene", "senioren"),
            ),
        ),
        costs=(euros("55"), euros("45", "Paare 80 €"), euros("15")),
        schedules=(dates(1, "sa", "09:00-16:30"), dates(2, "di", "18:00-21:30")),
        registrations=("Anmeldung online oder telefonisch.",),
        motif="ersthilfe",
    ),
    Pattern(
        key="selbsthilfe",
        topic="hea.selfhelp",
        audiences=("erwachsene",),
        titles=("Selbsthilfegruppe {thema}", "Gesprächskreis {thema}"),
        teasers=("Unter Menschen, die das kennen: Gesprächskreis {thema}. Neue sind willkommen.",),
        texts=(
            (
                "In der Gruppe erzählt, wer erzählen möchte, und hört zu, wer lieber zuhört. Alles bleibt im Raum.",
                "Wir treffen uns regelmäßig, tauschen Erfahrungen aus und laden manchmal Fachleute ein.",
            ),
            (
                "Vor dem ersten Besuch rufen Sie bitte an, dann holt Sie jemand an der Tür ab.",
                "Die Gruppe leitet sich selbst, eine Mitgliedschaft gibt es nicht.",
            ),
        ),
        variants=(
            v(thema="Depression und Angst"),
            v(thema="Trauer"),
            v(thema="pflegende Angehörige", audiences=("erwachsene", "senioren")),
            v(thema="Diabetes"),
            v(thema="Leben mit Krebs"),
            v(thema="Angehörige von Menschen mit Demenz", audiences=("senioren", "familien")),
        ),
        ages=(18, None),
        schedules=(
            monthly(1, "di", "18:00-20:00"),
            monthly(2, "do", "17:30-19:30"),
            monthly(-1, "mi", "19:00-21:00"),
        ),
        registrations=("Bitte vorher anrufen.",),
        motif="kreis",
    ),
    Pattern(
        key="gesundheitsinfo",
        topic="hea.course",
        audiences=("zugewanderte", "eltern"),
        titles=("Gesund in Deutschland: {thema}", "Infonachmittag {thema}"),
        teasers=("Wie funktioniert das mit Arzt und Krankenkasse? Einfach erklärt: {thema}.",),
        texts=(
            ("Eine Ärztin und eine Sprachmittlerin erklären in einfachen Worten, was wichtig ist. Thema: {thema}.",),
            (
                "Fragen dürfen auch schriftlich gestellt werden. Tee und Obst stehen bereit.",
                "Kinder werden im Nebenraum betreut.",
            ),
        ),
        variants=(
            v(thema="Impfen und Vorsorge"),
            v(thema="Zähne und Ernährung"),
            v(thema="Notaufnahme oder Hausarztpraxis"),
        ),
        languages=("de", "ar", "uk"),
        schedules=(dates(1, "mi", "15:00-17:00"), dates(1, "fr", "14:30-16:30")),
        motif="beratung",
    ),
)
