"""Advice for families, for people who are ill, in danger or in need of care."""

from demo.content.types import Pattern
from demo.content.write import NO_DATE, monthly, v, weekly

HOURS = (
    weekly("di do", "09:00-12:00"),
    weekly("mo", "14:00-17:00"),
    weekly("mi", "09:00-12:00", "14:00-17:00"),
)

PATTERNS = (
    Pattern(
        key="familienberatung",
        topic="adv.family",
        audiences=("eltern", "familien"),
        titles=(
            "Erziehungsberatung {ort}",
            "Beratung für Eltern: {thema}",
            "{thema}: Sprechstunde für Familien",
        ),
        teasers=("Reden hilft. Beratung für Eltern und Kinder, zum Beispiel bei {anlass}. Kostenlos und vertraulich.",),
        texts=(
            (
                (
                    "Streit, Sorgen, Müdigkeit: In jeder Familie gibt es Zeiten, in denen es knirscht. Wir"
                    " sprechen mit Ihnen über {anlass} und suchen gemeinsam, was Ihnen und Ihrem Kind guttut."
                ),
                "Zu uns kommen Mütter, Väter, Großeltern und auch Kinder allein. Oft geht es um {anlass}.",
            ),
            (
                (
                    "Die Beratung ist kostenlos und unterliegt der Schweigepflicht. Auf Wunsch beraten wir"
                    " auch am Telefon oder per Video."
                ),
                "Den ersten Termin bekommen Sie in der Regel innerhalb von zwei Wochen.",
            ),
        ),
        variants=(
            v(thema="Trotz und Grenzen", anlass="Trotzanfälle und Grenzen"),
            v(thema="Trennung und Scheidung", anlass="Trennung und Umgangszeiten"),
            v(thema="Schwierige Schulzeit", anlass="Streit um Schule und Hausaufgaben"),
            v(thema="Wenn die Pubertät anklopft", anlass="Konflikte in der Pubertät"),
        ),
        schedules=(NO_DATE, weekly("do", "14:00-16:00"), weekly("mo mi", "09:00-12:00")),
        registrations=("Termin nach Vereinbarung.",),
        online="also",
        motif="familie",
    ),
    Pattern(
        key="schwangerenberatung",
        topic="adv.pregnancy",
        audiences=("schwangere", "eltern"),
        titles=("Schwangerenberatung", "Rund um die Geburt: {thema}", "Hebammensprechstunde {ort}"),
        teasers=("Beratung vor und nach der Geburt: {thema}. Auch anonym und mit Dolmetscherin möglich.",),
        texts=(
            (
                "Wir beraten Schwangere, werdende Väter und junge Eltern. Häufige Fragen: {thema}.",
                "Ein Kind verändert vieles. In Ruhe besprechen wir, was ansteht – vor allem {thema}.",
            ),
            (
                (
                    "Über die Bundesstiftung „Mutter und Kind“ ist eine finanzielle Hilfe möglich; der Antrag"
                    " muss vor der Geburt gestellt werden."
                ),
                "Eine Hebamme ist dabei und beantwortet auch medizinische Fragen. Das Baby darf natürlich mitkommen.",
            ),
        ),
        variants=(
            v(thema="Elterngeld und Elternzeit"),
            v(thema="finanzielle Hilfen und Erstausstattung"),
            v(thema="Stillen, Schlaf und die ersten Wochen"),
        ),
        schedules=(weekly("di", "09:30-12:00"), weekly("do", "14:00-17:00"), NO_DATE),
        registrations=("Termin nach Vereinbarung, Sprechstunde ohne Anmeldung.",),
        languages=("de", "en"),
        motif="baby",
    ),
    Pattern(
        key="suchtberatung",
        topic="adv.addiction",
        audiences=("erwachsene", "jugend"),
        titles=("Suchtberatung: {thema}", "Offene Sprechstunde {thema}"),
        teasers=("Für Betroffene und Angehörige: vertrauliche Gespräche zum Thema {thema}, auf Wunsch anonym.",),
        texts=(
            (
                (
                    "Ob eigene Sorge oder Sorge um einen Menschen: Wir nehmen uns Zeit. In der Sprechstunde"
                    " zum Thema {thema} sind Betroffene und Angehörige willkommen."
                ),
            ),
            (
                (
                    "Niemand muss sofort aufhören. Wir überlegen gemeinsam, was der nächste Schritt sein"
                    " kann, und vermitteln auf Wunsch in eine Behandlung."
                ),
                (
                    "Die Mitarbeiterinnen und Mitarbeiter stehen unter Schweigepflicht. Sie müssen Ihren"
                    " Namen nicht nennen."
                ),
            ),
        ),
        variants=(
            v(thema="Alkohol und Medikamente"),
            v(thema="Glücksspiel"),
            v(thema="Medien und Computerspiele", ages=(14, None)),
            v(thema="Cannabis und andere Drogen", ages=(14, None)),
        ),
        schedules=(weekly("mi", "15:00-18:00"), weekly("mo", "16:00-18:00")),
        registrations=("Ohne Anmeldung, auch anonym.",),
        online="also",
        motif="beratung",
    ),
    Pattern(
        key="frauenberatung",
        topic="adv.women",
        audiences=("frauen",),
        titles=("Beratung von Frau zu Frau", "Frauensprechstunde {ort}"),
        teasers=("Geschützter Raum für Frauen mit Fragen zu Gewalt, Trennung, Beruf oder Gesundheit.",),
        texts=(
            (
                (
                    "Unsere Beraterinnen hören zu und stehen an Ihrer Seite: bei Gewalt in der Beziehung,"
                    " nach einer Trennung oder beim Neuanfang im Beruf."
                ),
                (
                    "Manches bespricht sich leichter unter Frauen. Wir beraten persönlich, am Telefon und"
                    " schriftlich, auf Wunsch anonym."
                ),
            ),
            (
                (
                    "In akuter Gefahr wählen Sie bitte den Notruf 110. Bei der Suche nach einem sicheren"
                    " Platz helfen wir sofort."
                ),
                "Kinder können zum Gespräch mitgebracht werden; eine Kollegin spielt so lange mit ihnen.",
            ),
        ),
        schedules=(weekly("mo do", "10:00-13:00"), weekly("di", "15:00-18:00")),
        languages=("de", "en", "tr"),
        registrations=("Termin telefonisch vereinbaren.",),
        motif="beratung",
    ),
    Pattern(
        key="pflegeberatung",
        topic="sen.care",
        audiences=("senioren", "familien"),
        titles=("Pflegeberatung {ort}", "Pflegegrad, was nun? {thema}", "{thema}: Beratung für Angehörige"),
        teasers=(
            (
                "Wer pflegt, braucht Rat: unabhängige Auskunft zu Pflegegrad und Hilfen im Haushalt."
                " Schwerpunkt: {thema}."
            ),
        ),
        texts=(
            (
                (
                    "Wir erklären, welche Leistungen es gibt, und helfen beim Antrag. Ein Schwerpunkt ist das"
                    " Thema „{thema}“."
                ),
                (
                    "Plötzlich ist Pflege ein Thema. Wir nehmen uns Zeit für Ihre Fragen, etwa zum Thema"
                    " „{thema}“, und kommen auf Wunsch nach Hause."
                ),
            ),
            (
                "Die Beratung ist neutral und kostenlos, gleich bei welcher Kasse Sie versichert sind.",
                "Bitte bringen Sie, wenn vorhanden, das letzte Gutachten des Medizinischen Dienstes mit.",
            ),
        ),
        variants=(
            v(thema="Entlastung im Alltag"),
            v(thema="Leben mit Demenz"),
            v(thema="Barrierefrei wohnen"),
            v(thema="Vollmacht und Verfügung"),
        ),
        schedules=(weekly("di", "09:00-12:00"), monthly(1, "do", "14:00-17:00"), NO_DATE),
        registrations=("Termin nach Vereinbarung, Hausbesuch möglich.",),
        motif="beratung",
    ),
    Pattern(
        key="teilhabeberatung",
        topic="adv.disability",
        audiences=("behinderung", "familien"),
        titles=(
            "Teilhabeberatung {ort}",
            "Beratung für Menschen mit Behinderung",
            "Leben mit Behinderung: {thema}",
        ),
        teasers=("Menschen mit Behinderung beraten Menschen mit Behinderung. Schwerpunkt: {thema}.",),
        texts=(
            (
                (
                    "Unsere Beraterinnen und Berater haben selbst eine Behinderung oder ein Kind mit"
                    " Behinderung. Sie kennen sich aus mit dem Thema {thema}."
                ),
            ),
            (
                (
                    "Gebärdensprache und Leichte Sprache sind nach Absprache möglich. Der Beratungsraum ist"
                    " ohne Stufen erreichbar."
                ),
                "Wir beraten unabhängig von Ämtern und Anbietern, auch am Telefon.",
            ),
        ),
        variants=(
            v(thema="Persönliches Budget und Assistenz"),
            v(thema="Schwerbehindertenausweis"),
            v(thema="Arbeit und Ausbildung mit Behinderung"),
        ),
        schedules=(weekly("do", "13:00-16:00"), NO_DATE),
        registrations=("Termin nach Vereinbarung.",),
        online="also",
        motif="beratung",
    ),
)
