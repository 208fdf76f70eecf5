"""How the Regionalverband orders its offers: learning and advice first."""

from demo.content.types import CarrierSpec, CategorySpec, TargetGroupSpec


def _leaf(key: str, name: str, topics: str) -> CategorySpec:
    return CategorySpec(key, name, tuple(topics.split()))


CATEGORIES = (
    CategorySpec(
        "sprache",
        "Deutsch und Sprachen",
        icon="language",
        colour="#1f5fa8",
        children=(
            CategorySpec(
                "deutsch",
                "Deutsch lernen",
                children=(
                    _leaf("deutschkurse", "Deutschkurse", "lang.german"),
                    _leaf("integration", "Integrationskurse", "lang.integration"),
                    _leaf("lesen", "Lesen und Schreiben", "lang.literacy"),
                ),
            ),
            _leaf("fremd", "Fremdsprachen", "lang.foreign"),
            _leaf("sprachtreff", "Sprachtreffs und Tandems", "lang.cafe"),
        ),
    ),
    CategorySpec(
        "bildung",
        "Bildung und Wissen",
        icon="education",
        colour="#7a3e9d",
        children=(
            _leaf("schule", "Lernhilfe und Schule", "edu.school edu.read"),
            _leaf("abschluss", "Schulabschluss nachholen", "edu.degree"),
            _leaf("vortraege", "Vorträge und Seminare", "edu.lecture"),
            _leaf("digital", "Digitales", "digi.basic digi.media digi.code"),
            _leaf("buecherei", "Bücherei und Literatur", "cul.library"),
        ),
    ),
    CategorySpec(
        "arbeit",
        "Arbeit und Beruf",
        icon="work",
        colour="#9a5b13",
        children=(
            _leaf("bewerben", "Bewerben und Stelle finden", "work.apply"),
            _leaf("berufswahl", "Ausbildung und Berufswahl", "work.career"),
            _leaf("neustart", "Neustart und Rückkehr", "work.start"),
            _leaf("anerkennung", "Abschlüsse anerkennen", "work.recognition"),
        ),
    ),
    CategorySpec(
        "beratung",
        "Beratung und Hilfe",
        icon="advice",
        colour="#b3263a",
        children=(
            _leaf("migration", "Ankommen in Deutschland", "adv.migration"),
            CategorySpec(
                "geld",
                "Geld und Wohnen",
                children=(
                    _leaf("schulden", "Schulden", "adv.debt"),
                    _leaf("miete", "Miete und Energie", "adv.tenant adv.energy"),
                    _leaf("soziales", "Soziale Leistungen", "adv.social"),
                ),
            ),
            CategorySpec(
                "leben",
                "Familie und Lebenslagen",
                children=(
                    _leaf("famberatung", "Familie, Schwangerschaft, Jugend", "adv.family adv.pregnancy adv.youth"),
                    _leaf("frauen", "Frauen", "adv.women"),
                    _leaf("sucht", "Sucht", "adv.addiction"),
                ),
            ),
            _leaf("recht", "Recht und Vorsorge", "adv.legal"),
            _leaf("pflege", "Pflege und Behinderung", "sen.care adv.disability"),
        ),
    ),
    CategorySpec(
        "familie",
        "Kinder, Jugend, Familie",
        icon="family",
        colour="#0b7a75",
        children=(
            _leaf("klein", "Eltern mit kleinen Kindern", "fam.baby fam.toddler fam.cafe"),
            _leaf("eltern", "Elternbildung", "fam.parents fam.single"),
            _leaf("betreuung", "Kita und Tagespflege", "fam.daycare"),
            _leaf("kinder", "Kinder und Ferien", "kid.holiday kid.group kid.creative"),
            _leaf("jugend", "Jugendliche", "youth.club youth.media youth.council"),
        ),
    ),
    CategorySpec(
        "gesund",
        "Gesundheit und Sport",
        icon="health",
        colour="#2f7d32",
        children=(
            _leaf("kurse", "Gesundheitskurse", "hea.course sport.rehab"),
            _leaf("selbsthilfe", "Selbsthilfe", "hea.selfhelp"),
            _leaf("erstehilfe", "Erste Hilfe", "hea.firstaid"),
            _leaf("sport", "Sport und Bewegung", "sport.club sport.swim sport.dance sport.outdoor sen.move"),
        ),
    ),
    CategorySpec(
        "kultur",
        "Kultur und Musik",
        icon="music",
        colour="#a8327a",
        children=(
            _leaf("musik", "Musik und Chor", "cul.music cul.choir"),
            _leaf("kunst", "Kunst und Bühne", "cul.art cul.theatre"),
            _leaf("museum", "Museen und Ausstellungen", "cul.museum"),
        ),
    ),
    CategorySpec(
        "nachbarn",
        "Nachbarschaft und Ehrenamt",
        icon="volunteer",
        colour="#4d5b1f",
        children=(
            _leaf("treffen", "Treffpunkte und Feste", "com.meet sen.meet"),
            _leaf("essen", "Essen, Kleidung, Reparatur", "com.meal com.clothes com.repair"),
            _leaf("ehrenamt", "Ehrenamt", "com.volunteer"),
            _leaf("natur", "Natur und Garten", "nat.garden nat.walk"),
        ),
    ),
)

TARGET_GROUPS = (
    TargetGroupSpec("neu", "Neu Zugewanderte", ("zugewanderte",)),
    TargetGroupSpec("kinder", "Kinder", ("kinder",), 0, 12),
    TargetGroupSpec("jugend", "Jugendliche und junge Erwachsene", ("jugend",), 12, 27),
    TargetGroupSpec("eltern", "Eltern und Familien", ("eltern", "familien", "schwangere")),
    TargetGroupSpec("erwachsene", "Erwachsene", ("erwachsene", "arbeitsuchende"), 18, None),
    TargetGroupSpec("frauen", "Frauen", ("frauen",)),
    TargetGroupSpec("senioren", "Seniorinnen und Senioren", ("senioren",), 60, None),
    TargetGroupSpec("behinderung", "Menschen mit Behinderung", ("behinderung",)),
    TargetGroupSpec("fach", "Ehrenamtliche und Fachkräfte", ("fachkraefte",), 16, None),
    TargetGroupSpec("alle", "Alle", ("alle",)),
)

CARRIERS = (
    CarrierSpec("kommunal", "Kommune"),
    CarrierSpec("kirchlich", "Kirche"),
    CarrierSpec("verein", "Verein"),
    CarrierSpec("gemeinnuetzig", "Gemeinnützige Gesellschaft"),
    CarrierSpec("initiative", "Bürgerinitiative"),
    CarrierSpec("privat", "Privates Unternehmen"),
)
