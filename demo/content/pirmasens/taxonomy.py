"""How Pirmasens orders its offers: by the question someone comes with."""

from demo.content.types import CarrierSpec, CategorySpec, TargetGroupSpec


def _leaf(key: str, name: str, topics: str) -> CategorySpec:
    return CategorySpec(key, name, tuple(topics.split()))


CATEGORIES = (
    CategorySpec(
        "kinder",
        "Für Kinder und Eltern",
        icon="family",
        colour="#b5421e",
        children=(
            _leaf("baby", "Schwangerschaft und erste Jahre", "fam.baby fam.toddler adv.pregnancy"),
            _leaf("betreuung", "Betreuung", "fam.daycare"),
            _leaf("eltern", "Elternkurse und Familientreffs", "fam.parents fam.cafe fam.single"),
            _leaf("ferien", "Ferien und Gruppen", "kid.holiday kid.group kid.creative"),
        ),
    ),
    CategorySpec(
        "jugend",
        "Für junge Leute",
        icon="youth",
        colour="#1d5e8a",
        children=(
            _leaf("treff", "Treffs und Projekte", "youth.club youth.media youth.council"),
            CategorySpec(
                "zukunft",
                "Schule und Beruf",
                children=(
                    _leaf("lernen", "Lernhilfe", "edu.school edu.degree"),
                    _leaf("beruf", "Ausbildung und Arbeit", "work.apply work.career work.start work.recognition"),
                ),
            ),
            _leaf("jugendrat", "Beratung für Jugendliche", "adv.youth"),
            _leaf("technik", "Technik und Experimente", "digi.code"),
        ),
    ),
    CategorySpec(
        "senioren",
        "Für ältere Menschen",
        icon="senior",
        colour="#5b4a9c",
        children=(
            _leaf("gesellig", "Treffen und Geselligkeit", "sen.meet"),
            _leaf("fit", "Fit bleiben", "sen.move"),
            _leaf("pflege", "Pflege und Besuch", "sen.care"),
        ),
    ),
    CategorySpec(
        "hilfe",
        "Rat und Hilfe",
        icon="advice",
        colour="#a3254a",
        children=(
            _leaf("geld", "Geld, Schulden, Leistungen", "adv.debt adv.social"),
            _leaf("wohnen", "Wohnen und Energie", "adv.tenant adv.energy"),
            _leaf("krise", "Familie und Krisen", "adv.family adv.women adv.addiction hea.selfhelp"),
            _leaf("teilhabe", "Behinderung und Teilhabe", "adv.disability"),
            _leaf("recht", "Recht und Vorsorge", "adv.legal"),
            _leaf("ankommen", "Neu in der Stadt", "adv.migration"),
        ),
    ),
    CategorySpec(
        "bildung",
        "Lernen und Kultur",
        icon="education",
        colour="#256d3d",
        children=(
            _leaf(
                "sprachen",
                "Deutsch und Sprachen",
                "lang.german lang.integration lang.foreign lang.cafe lang.literacy",
            ),
            _leaf("kurse", "Vorträge und Computer", "edu.lecture digi.basic digi.media"),
            _leaf("lesen", "Bücher und Vorlesen", "edu.read cul.library"),
            _leaf("musik", "Musik", "cul.music cul.choir"),
            _leaf("kunst", "Kunst, Bühne, Museum", "cul.art cul.theatre cul.museum"),
        ),
    ),
    CategorySpec(
        "bewegung",
        "Sport und Gesundheit",
        icon="sport",
        colour="#0f6b6b",
        children=(
            _leaf("vereine", "Sportvereine", "sport.club sport.rehab"),
            _leaf("wasser", "Schwimmen", "sport.swim"),
            _leaf("tanzen", "Tanzen", "sport.dance"),
            _leaf("draussen", "Draußen unterwegs", "sport.outdoor nat.walk nat.garden"),
            _leaf("gesundheit", "Gesundheit und Erste Hilfe", "hea.course hea.firstaid"),
        ),
    ),
    CategorySpec(
        "miteinander",
        "Miteinander",
        icon="volunteer",
        colour="#6b5413",
        children=(
            _leaf("treffpunkte", "Treffpunkte und Feste", "com.meet"),
            _leaf("teilen", "Essen, Kleidung, Reparieren", "com.meal com.clothes com.repair"),
            _leaf("ehrenamt", "Ehrenamt", "com.volunteer"),
        ),
    ),
)

TARGET_GROUPS = (
    TargetGroupSpec("kinder", "Kinder", ("kinder",), 0, 12),
    TargetGroupSpec("jugend", "Jugendliche und junge Erwachsene", ("jugend",), 12, 27),
    TargetGroupSpec("familien", "Familien", ("familien", "eltern", "schwangere")),
    TargetGroupSpec("erwachsene", "Erwachsene", ("erwachsene", "arbeitsuchende"), 18, None),
    TargetGroupSpec("frauen", "Frauen", ("frauen",)),
    TargetGroupSpec("senioren", "Seniorinnen und Senioren", ("senioren",), 60, None),
    TargetGroupSpec("neu", "Neu in Pirmasens", ("zugewanderte",)),
    TargetGroupSpec("behinderung", "Menschen mit Behinderung", ("behinderung",)),
    TargetGroupSpec("fach", "Engagierte und Fachkräfte", ("fachkraefte",), 16, None),
    TargetGroupSpec("alle", "Alle", ("alle",)),
)

CARRIERS = (
    CarrierSpec("kommunal", "Stadt Pirmasens"),
    CarrierSpec("land", "Land und Pflegekassen"),
    CarrierSpec("kirchlich", "Kirchlicher Träger"),
    CarrierSpec("verein", "Verein"),
    CarrierSpec("gemeinnuetzig", "Gemeinnütziger Träger"),
    CarrierSpec("initiative", "Bürgerschaftliche Initiative"),
    CarrierSpec("privat", "Privater Anbieter"),
)
