"""How Rheda-Wiedenbrück orders its offers: along a childhood."""

from demo.content.types import CarrierSpec, CategorySpec, TargetGroupSpec


def _leaf(key: str, name: str, topics: str) -> CategorySpec:
    return CategorySpec(key, name, tuple(topics.split()))


CATEGORIES = (
    CategorySpec(
        "baby",
        "Baby und Kleinkind",
        icon="baby",
        colour="#c2185b",
        children=(
            _leaf("krabbeln", "Krabbeln und Spielen", "fam.baby"),
            _leaf("turnen", "Gemeinsam aktiv", "fam.toddler"),
            _leaf("geburt", "Rund um die Geburt", "adv.pregnancy"),
            _leaf("kita", "Kita und Tagespflege", "fam.daycare"),
        ),
    ),
    CategorySpec(
        "familie",
        "Eltern und Familie",
        icon="family",
        colour="#00695c",
        children=(
            _leaf("wissen", "Elternabende und Kurse", "fam.parents"),
            _leaf("treffs", "Treffs für Familien", "fam.cafe fam.single com.meet com.meal sen.meet"),
            _leaf("rat", "Beratung", "adv.family adv.youth adv.migration adv.social adv.disability adv.women adv.debt"),
            _leaf("gut", "Gesund bleiben", "hea.course hea.selfhelp hea.firstaid"),
            _leaf("leihen", "Kaufen, tauschen, reparieren", "com.clothes com.repair"),
        ),
    ),
    CategorySpec(
        "lernen",
        "Lernen und Zukunft",
        icon="education",
        colour="#1565c0",
        children=(
            _leaf("schule", "Hausaufgaben und Nachhilfe", "edu.school edu.degree"),
            _leaf("lesen", "Lesen und Vorlesen", "edu.read cul.library"),
            _leaf("technik", "Computer und Technik", "digi.code digi.basic digi.media"),
            _leaf("beruf", "Ausbildung und Beruf", "work.career work.apply work.start work.recognition"),
            CategorySpec(
                "sprache",
                "Sprachen",
                children=(
                    _leaf("deutsch", "Deutsch", "lang.german lang.integration lang.cafe lang.literacy"),
                    _leaf("fremd", "Andere Sprachen", "lang.foreign"),
                ),
            ),
            _leaf("vortrag", "Vorträge", "edu.lecture adv.legal"),
        ),
    ),
    CategorySpec(
        "freizeit",
        "Freizeit und Ferien",
        icon="camp",
        colour="#b45309",
        children=(
            _leaf("ferien", "Ferienangebote", "kid.holiday"),
            _leaf("gruppen", "Gruppen für Kinder", "kid.group"),
            _leaf("treff", "Jugendtreffs und Projekte", "youth.club youth.media youth.council"),
            _leaf("natur", "Natur und Garten", "nat.garden nat.walk sport.outdoor"),
        ),
    ),
    CategorySpec(
        "sport",
        "Sport und Tanz",
        icon="sport",
        colour="#2e7d32",
        children=(
            _leaf("verein", "Sport im Verein", "sport.club sport.rehab"),
            _leaf("schwimmen", "Schwimmen", "sport.swim"),
            _leaf("tanz", "Tanz", "sport.dance"),
        ),
    ),
    CategorySpec(
        "kultur",
        "Musik und Kultur",
        icon="music",
        colour="#6a1b9a",
        children=(
            _leaf("musik", "Instrumente und Früherziehung", "cul.music"),
            _leaf("ensemble", "Chöre und Ensembles", "cul.choir"),
            _leaf("kreativ", "Kunst und Theater", "kid.creative cul.art cul.theatre"),
            _leaf("museum", "Museum", "cul.museum"),
        ),
    ),
    CategorySpec(
        "mitmachen",
        "Mitmachen",
        icon="volunteer",
        colour="#37474f",
        children=(_leaf("ehrenamt", "Ehrenamt", "com.volunteer"),),
    ),
)

TARGET_GROUPS = (
    TargetGroupSpec("baby", "0–3 Jahre", (), 0, 3),
    TargetGroupSpec("kita", "3–6 Jahre", (), 3, 6),
    TargetGroupSpec("grundschule", "6–10 Jahre", (), 6, 10),
    TargetGroupSpec("teenies", "10–14 Jahre", (), 10, 14),
    TargetGroupSpec("jugend", "14–21 Jahre", (), 14, 21),
    TargetGroupSpec("eltern", "Eltern", ("eltern", "schwangere", "erwachsene", "frauen", "arbeitsuchende")),
    TargetGroupSpec("familien", "Ganze Familie", ("familien", "alle", "behinderung")),
    TargetGroupSpec("neu", "Neu in Deutschland", ("zugewanderte",)),
    TargetGroupSpec("grosseltern", "Großeltern", ("senioren",), 55, None),
    TargetGroupSpec("fach", "Fachkräfte und Ehrenamtliche", ("fachkraefte",), 16, None),
)

CARRIERS = (
    CarrierSpec("kommunal", "Stadt oder Kreis"),
    CarrierSpec("kirchlich", "Kirchengemeinde"),
    CarrierSpec("verein", "Eingetragener Verein"),
    CarrierSpec("gemeinnuetzig", "Freier Träger"),
    CarrierSpec("initiative", "Initiative"),
    CarrierSpec("privat", "Privat oder gewerblich"),
)
