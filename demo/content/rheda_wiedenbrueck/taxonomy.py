"""How Rheda-Wiedenbrück orders its offers: the tree and target groups of its original Chancenportal, carried on.

The names are the original's to the letter, so that a take-over finds its own categories again instead of adding
others beside them.
"""

from demo.content.types import CarrierSpec, CategorySpec, TargetGroupSpec


def _leaf(key: str, name: str, topics: str) -> CategorySpec:
    return CategorySpec(key, name, tuple(topics.split()))


CATEGORIES = (
    CategorySpec(
        "bildung",
        "Bildung und Betreuung",
        icon="education",
        colour="#1565c0",
        children=(
            _leaf("kita", "Kitas und Kinder- /Ferienbetreuung", "fam.daycare"),
            _leaf("schule", "Schulen", "edu.school edu.degree"),
            _leaf("sprachen", "Sprachen", "lang.german lang.integration lang.foreign lang.literacy lang.cafe"),
            _leaf("lesen", "Lesen und Bücherei", "edu.read cul.library"),
            _leaf("technik", "Computer und Technik", "digi.code digi.basic digi.media"),
            _leaf("vortrag", "Vorträge und Seminare", "edu.lecture adv.legal"),
        ),
    ),
    CategorySpec(
        "beratung",
        "Beratung und Unterstützung",
        icon="advice",
        colour="#b3123f",
        children=(
            _leaf("geburt", "Vor und nach der Geburt", "adv.pregnancy"),
            CategorySpec(
                "leben",
                "Leben mit Kind",
                children=(
                    _leaf("krabbeln", "Krabbelgruppen und Babykurse", "fam.baby"),
                    _leaf("eltern", "Elternabende", "fam.parents"),
                    _leaf("treffs", "Treffs für Familien", "fam.cafe fam.single"),
                ),
            ),
            _leaf(
                "stellen",
                "Beratungsstellen",
                "adv.family adv.youth adv.migration adv.social adv.disability adv.women adv.addiction adv.tenant",
            ),
            _leaf("geld", "Finanzielle Hilfen", "adv.debt adv.energy com.clothes"),
            _leaf("leben_alter", "Leben im Alter", "sen.care"),
        ),
    ),
    CategorySpec(
        "gesund",
        "Gesund leben",
        icon="health",
        colour="#2e7d32",
        children=(
            _leaf("aufwachsen", "Gesundes Aufwachsen", "fam.toddler"),
            _leaf("kurse", "Gesundheitskurse", "hea.course sport.rehab"),
            _leaf("hilfe", "Erste Hilfe und Selbsthilfe", "hea.firstaid hea.selfhelp"),
        ),
    ),
    CategorySpec(
        "beruf",
        "Übergang Schule & Beruf",
        icon="work",
        colour="#8a5a00",
        children=(
            _leaf("wahl", "Hilfe zur Berufswahl", "work.career"),
            _leaf("vorbereitung", "Berufsvorbereitung", "work.apply work.start work.recognition"),
        ),
    ),
    CategorySpec(
        "freizeit",
        "Freizeit und Kultur",
        icon="art",
        colour="#6a1b9a",
        children=(
            CategorySpec(
                "sport",
                "Sport und Bewegung",
                children=(
                    _leaf("verein", "Sport im Verein", "sport.club"),
                    _leaf("schwimmen", "Schwimmen", "sport.swim"),
                    _leaf("tanz", "Tanz", "sport.dance"),
                    _leaf("draussen", "Draußen unterwegs", "sport.outdoor nat.walk nat.garden"),
                ),
            ),
            CategorySpec(
                "kreativ",
                "Kreativität, Medien und Musik",
                children=(
                    _leaf("musik", "Musik", "cul.music cul.choir"),
                    _leaf("kunst", "Kunst und Theater", "kid.creative cul.art cul.theatre cul.museum"),
                    _leaf("medien", "Medien", "youth.media"),
                ),
            ),
            _leaf("ferien", "Ferienangebote", "kid.holiday"),
            _leaf("treffen", "Austausch und Treffen", "com.meet com.meal youth.club youth.council"),
            _leaf("gruppen", "Freizeitangebote", "kid.group"),
        ),
    ),
    CategorySpec(
        "alter",
        "Betreuung, Pflege und Wohnen im Alter",
        icon="senior",
        colour="#455a64",
        children=(_leaf("gesellig", "Geselligkeit und Bewegung", "sen.meet sen.move"),),
    ),
    CategorySpec(
        "mitmachen",
        "Mitmachen und Teilen",
        icon="volunteer",
        colour="#00695c",
        children=(
            _leaf("ehrenamt", "Ehrenamt", "com.volunteer"),
            _leaf("reparieren", "Reparieren", "com.repair"),
        ),
    ),
)

TARGET_GROUPS = (
    TargetGroupSpec("schwangere", "Schwangere", ("schwangere",)),
    TargetGroupSpec("baby", "0–3 Jahre", (), 0, 3),
    TargetGroupSpec("kita", "4–6 Jahre", (), 4, 6),
    TargetGroupSpec("schulkinder", "7–13 Jahre", (), 7, 13),
    TargetGroupSpec("jugend", "14–18 Jahre", (), 14, 18),
    TargetGroupSpec("erwachsen", "19–27 Jahre", (), 19, 27),
    TargetGroupSpec("eltern", "Eltern", ("eltern",)),
    TargetGroupSpec("elternkind", "Eltern / Kind", ("familien", "alle")),
    TargetGroupSpec("fach", "Fachkräfte Kinder/ Jugend/ Familie", ("fachkraefte",)),
    TargetGroupSpec("neu", "Zugewanderte Menschen", ("zugewanderte",)),
    TargetGroupSpec("foerder", "Junge Menschen mit Förderbedarf", ("behinderung",)),
    TargetGroupSpec("senioren", "Senioren", ("senioren",), 60, None),
    TargetGroupSpec("erwachsene", "Erwachsene", ("erwachsene", "arbeitsuchende"), 18, None),
    TargetGroupSpec("frauen", "Frauen", ("frauen",)),
)

CARRIERS = (
    CarrierSpec("kommunal", "Stadt oder Kreis"),
    CarrierSpec("kirchlich", "Kirchengemeinde"),
    CarrierSpec("verein", "Eingetragener Verein"),
    CarrierSpec("gemeinnuetzig", "Freier Träger"),
    CarrierSpec("initiative", "Initiative"),
    CarrierSpec("privat", "Privat oder gewerblich"),
)
