"""Young people in their free time."""

from demo.content.types import FREE, Pattern, price
from demo.content.write import NO_DATE, daily, dates, monthly, v, weekly

PATTERNS = (
    Pattern(
        key="jugendtreff",
        topic="youth.club",
        audiences=("jugend",),
        titles=("Offener Treff {ort}", "{name}: offener Treff", "{name} {ort}"),
        teasers=(
            "Chillen, kickern, kochen, reden: offener Treff für alle {alter}. Komm einfach vorbei!",
            "{name}: Hier bestimmst du mit, was läuft. Für alle {alter}, ohne Anmeldung und ohne Eintritt.",
        ),
        texts=(
            (
                (
                    "Tischkicker, Billard, Musik und eine Küche zum Selberkochen: Im offenen Treff kannst du"
                    " Freunde treffen oder neue finden."
                ),
                "Du musst nichts leisten und nichts bezahlen. Wenn du reden willst, ist immer jemand vom Team da.",
            ),
            (
                "Einmal im Monat beraten alle zusammen, was angeschafft und gemacht wird.",
                "WLAN ist da, Hausaufgaben gehen auch. Nur Alkohol und Zigaretten bleiben draußen.",
            ),
        ),
        variants=(
            v(name="Kellerclub", alter="von 12 bis 17", ages=(12, 17)),
            v(name="Teenietreff", alter="von 10 bis 13", ages=(10, 13)),
            v(name="Spätschicht", alter="von 14 bis 21", ages=(14, 21)),
            v(name="Mädchentreff", alter="Mädchen von 10 bis 16", ages=(10, 16)),
        ),
        schedules=(
            weekly("di do", "15:00-20:00"),
            weekly("mo mi fr", "14:30-19:00"),
            weekly("fr", "17:00-22:00", fixed=True),
        ),
        motif="jugend",
    ),
    Pattern(
        key="jugendgruppe",
        topic="kid.group",
        audiences=("kinder", "jugend"),
        titles=("{gruppe}", "{gruppe} {ort}", "Mitmachen: {gruppe}"),
        teasers=(
            "{satz} Neue Kinder und Jugendliche sind jederzeit willkommen.",
            "{gruppe}: jede Woche zusammen etwas erleben. {satz}",
            "Freunde finden und etwas lernen: {gruppe} für Kinder und Jugendliche aus der ganzen Stadt.",
        ),
        texts=(
            (
                "{satz} Wir treffen uns jede Woche, und mehrmals im Jahr geht es auf Fahrt.",
                "{satz} In der Gruppe zählt, dass man zusammenhält – besondere Vorkenntnisse braucht niemand.",
            ),
            (
                "Die Leiterinnen und Leiter sind ehrenamtlich dabei und haben eine Jugendleiterkarte.",
                "Komm dreimal zum Schnuppern, danach kannst du dich entscheiden.",
            ),
        ),
        variants=(
            v(
                gruppe="Pfadfindergruppe Wölflinge",
                satz="Feuer machen, Zelte aufbauen und bei Wind und Wetter draußen sein.",
                ages=(7, 10),
            ),
            v(
                gruppe="Jugendfeuerwehr",
                satz="Schläuche ausrollen, Knoten üben und im Ernstfall wissen, was zu tun ist.",
                ages=(10, 17),
            ),
            v(
                gruppe="Bambini-Feuerwehr",
                satz="Spielerisch lernen, wie man hilft und wie ein Löschfahrzeug funktioniert.",
                ages=(6, 10),
            ),
            v(
                gruppe="Jugendrotkreuz",
                satz="Verbände anlegen, Unfälle darstellen und anderen helfen.",
                ages=(8, 16),
            ),
            v(
                gruppe="THW-Jugend",
                satz="Pumpen, Stege bauen und Lichtmasten aufstellen: Technik zum Anfassen.",
                ages=(10, 17),
            ),
            v(
                gruppe="Naturschutzjugend",
                satz="Nistkästen bauen, Kröten retten und Bäche erforschen.",
                ages=(8, 14),
            ),
            v(
                gruppe="Schachgruppe für Einsteiger",
                satz="Vom ersten Zug bis zum Schachmatt, mit Turnier vor den Ferien.",
                ages=(7, 15),
            ),
        ),
        costs=(price("Jahresbeitrag 24 €"), FREE, price("Mitgliedsbeitrag 3 € im Monat")),
        access="members",
        schedules=(
            weekly("fr", "17:00-18:30"),
            weekly("mi", "16:30-18:00"),
            weekly("sa", "10:00-12:00", fixed=True),
        ),
        registrations=("Schnuppern ohne Anmeldung.",),
        motif="jugend",
    ),
    Pattern(
        key="medienprojekt",
        topic="youth.media",
        audiences=("jugend",),
        titles=("{projekt}", "Projekt: {projekt}", "{projekt} – mach mit!"),
        teasers=("{projekt}: Du lernst Technik und Tricks und zeigst am Ende, was du gemacht hast.",),
        texts=(
            (
                "{inhalt} Geräte sind da, du brauchst nur Lust und ein bisschen Ausdauer.",
                "{inhalt} Begleitet wirst du von Leuten, die das beruflich machen.",
            ),
            (
                "Das Ergebnis zeigen wir öffentlich – wenn du einverstanden bist.",
                "Die Teilnahme kostet nichts, das Projekt wird vom Land gefördert.",
            ),
        ),
        variants=(
            v(
                projekt="Podcast-Werkstatt",
                inhalt="Thema finden, Interviews führen, schneiden und senden.",
                ages=(12, 18),
            ),
            v(
                projekt="Rap und Beats",
                inhalt="Texte schreiben, Beats bauen und im Studio aufnehmen.",
                ages=(12, 21),
            ),
            v(
                projekt="Graffiti-Workshop",
                inhalt="Skizzieren, sprühen und eine legale Wand gestalten.",
                ages=(13, 20),
            ),
            v(
                projekt="Fotoprojekt „Mein Viertel“",
                inhalt="Mit der Kamera durch die Straßen ziehen und das Besondere entdecken.",
                ages=(12, 18),
            ),
            v(
                projekt="Kurzfilm in drei Tagen",
                inhalt="Drehbuch, Kamera, Schnitt: vom Einfall bis zur Premiere.",
                ages=(13, 19),
            ),
        ),
        schedules=(
            dates(4, "fr", "16:00-19:00"),
            daily(3, "10:00-16:00"),
            weekly("mi", "17:00-19:30", weeks=10),
        ),
        registrations=("Anmeldung per E-Mail.",),
        motif="jugend",
    ),
    Pattern(
        key="jugendbeteiligung",
        topic="youth.council",
        audiences=("jugend",),
        titles=("Jugendforum: deine Stimme zählt", "Treffen des Jugendbeirats", "Jugendkonferenz {stadt}"),
        teasers=("Skatepark, Busverbindung, Klimaschutz: Hier sagst du, was sich ändern soll.",),
        texts=(
            (
                (
                    "Wir treffen uns regelmäßig, sammeln Ideen und reden mit der Stadt. Für eigene Projekte"
                    " gibt es ein kleines Budget."
                ),
            ),
            (
                "Mitmachen können alle zwischen 12 und 21, eine Wahl ist nicht nötig.",
                "Du kannst auch nur einmal vorbeischauen und zuhören.",
            ),
        ),
        ages=(12, 21),
        schedules=(monthly(2, "mi", "17:00-19:00"), dates(1, "sa", "11:00-16:00")),
        engagement=True,
        motif="jugend",
    ),
    Pattern(
        key="jugendberatung",
        topic="adv.youth",
        audiences=("jugend",),
        titles=(
            "Jugendsprechstunde",
            "Reden hilft – Beratung für Jugendliche",
            "Stress zu Hause? Beratung {ort}",
        ),
        teasers=(
            (
                "Ärger mit Eltern, Schule oder Freunden? Du kannst mit uns sprechen, kostenlos und ohne dass"
                " es jemand erfährt."
            ),
        ),
        texts=(
            (
                (
                    "Manches mag man weder den Eltern noch Freunden erzählen. Bei uns bekommst du einen"
                    " Termin auch ohne deine Eltern."
                ),
                (
                    "Egal ob Liebeskummer, Mobbing oder Zoff zu Hause: Wir hören dir zu und überlegen mit"
                    " dir, was du tun kannst."
                ),
            ),
            (
                "Du kannst auch schreiben, dann antworten wir innerhalb von zwei Tagen.",
                "Wir sagen nichts weiter, das ist gesetzlich so geregelt.",
            ),
        ),
        ages=(12, 21),
        schedules=(weekly("do", "15:00-18:00"), NO_DATE),
        online="also",
        motif="beratung",
    ),
)
