"""The search gives the same answers in the same order on every PostgreSQL, whatever letters its locale knows."""

from django.db import connection
from django.utils import timezone

from portal.search.matching import Search
from portal.search.models import Synonyms
from portal.search.parameters import SearchQuery, Sort
from portal.search.providers import find_providers, known_providers
from portal.search.results import answer
from portal.search.suggestions import suggest
from portal.taxonomy.models import Category, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.german_cluster import on_german_cluster

TITLES = (
    "„Ähren & Übermut“ – Töpfern für Große", "Eltern-Kind-Turnen", "Töpferkurs … für Anfänger",
    "Abi-2027: Prüfungsangst?", "Café «Straße»", "STRASSENFEST", "Straßenfest am Ölberg", "Seniorentanz",
    "Tanzen im Sitzen", "3D-Druck U18",
    "Schüler:innen helfen Schüler*innen", "Kurs 261-3456", "Ästhetik", "Asthma-Gruppe", "Zähne putzen", "Über Öfen",
    "Çay ve sohbet", "Чай и разговоры", "لقاء النساء", "Ѐлка", "e\u0301cole française", "100 % Spaß", "C++ für Kids",
    "Klavier im Einzelunterricht", "Fußball", "FUSSBALL", "Mädchenfußball", "Flüchtlingsberatung", "Formularlotsen",
)  # fmt: skip
QUESTIONS = (
    "töpfern", "TÖPFERN", "toepfern", "Töpfrn", "to\u0308pfern", "Straße", "strasse", "Strassenfest", "Straßnefest",
    "ähren", "Ährne", "übermut", "Uebermut", "öfen", "oefen", "Asthma", "Ästhetik", "Abi", "2027", "abi-2027",
    "eltern kind", "Kinderturnen", "Seniorentanz", "Tanz für Senioren", "261-3456", "U18", "3d druck", "c++",
    "Schülerinnen", "schüler", "Fußball", "fusball", "Füßball", "fussball mädchen", "çay", "чай", "чаи", "النساء",
    "école", "ecole", "francaise", "100", "spass", "spaß", "Klavierunterricht", "Flüchtlinge", "Formulare ausfüllen",
    "German course", "Kita", "Stütze", "kostenlos töpfern", "Café", "cafe", "«Straße»", "für die", "…", "€", "ß", "Ä",
)  # fmt: skip
BEGINNINGS = (
    "tö",
    "toe",
    "Öf",
    "stra",
    "straß",
    "äs",
    "ca",
    "ça",
    "ча",
    "لق",
    "fuss",
    "fuß",
    "ver",
    "klavierunterricht",
)


def _fill():
    Synonyms.objects.all().delete()
    Synonyms.objects.create(words=["Kita", "Töpfern"])
    topics = [Category.objects.create(name=name) for name in ("Ökologie", "Äußeres", "Übungen", "Zirkus", "Ofenbau")]
    TargetGroup.objects.create(name="Ältere Menschen")
    providers = [a_provider(name=name) for name in ("Verein Übermut", "verein Ähre", "Verein „Zehn“", "VEREIN STRASSE")]
    for number, title in enumerate(TITLES):
        an_offer(
            title=title,
            summary=TITLES[-number],
            description=f"<p>Öffentlich: {TITLES[number // 2]}</p>",
            provider=providers[number % len(providers)],
            categories=[topics[number % len(topics)]],
            cost_kind="free" if number % 3 else "unknown",
        )


def _told():
    """What residents see, without numbers that differ from database to database."""
    now, tree = timezone.now(), load_tree()
    found = {}
    for text in QUESTIONS:
        for sort in (Sort.RELEVANCE, Sort.NAME):
            results = answer(Search(SearchQuery(text=text, sort=sort), tree, None, now))
            titles = results.columns.titles
            found[text, sort] = (
                [titles[row] for row in results.order.tolist()],
                [titles[row] for row in results.mentions.tolist()],
                results.text and (results.text.meant, results.text.close),
            )
        names = {each.id: each.name for each in known_providers()}
        found[text, "providers"] = [names[pk] for pk in find_providers(text)]
    for text in BEGINNINGS:
        found[text, "suggestions"] = [(each.kind, each.label) for each in suggest(text, now=now)]
    return found


def _letters():
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT datcollate, 'z' < 'Ä', 'É' ~ '\w' FROM pg_database WHERE datname = current_database()")
        return cursor.fetchone()


def test_a_german_cluster_gives_the_same_answers_in_the_same_order(own_database):
    with inside(municipality("ahausen")):
        _fill()
        here, usual = _letters(), _told()
    with on_german_cluster(), inside(municipality("ahausen")):
        _fill()
        there, german = _letters(), _told()
    assert (here[0], there[0]) == ("C", "de_DE.UTF-8")
    # They really differ: the one sorts by the numbers of signs.
    assert (here[1], there[1]) == (True, False)
    for question, told in usual.items():
        assert german[question] == told, question
    found = [told for (_text, kind), told in usual.items() if kind is Sort.RELEVANCE and told[0]]
    assert len(found) > 40
