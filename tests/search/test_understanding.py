"""What the issue's residents type finds what they mean, and not what only looks like it."""

import pytest

from portal.offers.models import Offer
from portal.search.questions import understand
from portal.search.text import answer_text
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.factories import an_offer

OFFERS = (
    ("Tanzen im Sitzen", "", ["Seniorinnen und Senioren"]),
    ("Eltern-Kind-Turnen", "", ["Familien"]),
    ("Klavier im Einzelunterricht", "", []),
    ("Sommerfest der Vereine", "", []),
    ("Flüchtlingsberatung", "", []),
    ("Formularlotsen: Hilfe beim Ausfüllen", "", []),
    ("Kurs der Volkshochschule: Töpfern", "", []),
    ("Nachbarschaftscafé in Alt-Saarbrücken", "", []),
    ("Schwimmkurs für alle, die sich nie trauen", "", []),
    ("Gospelchor sucht Stimmen", "", []),
    ("Suchtberatung", "", []),
    ("Deutschkurs für Menschen anderer Muttersprache", "Für Kinder in der Gruppe", []),
    ("Selbsthilfegruppe Trauer", "", []),
)


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        TargetGroup.objects.all().delete()
        groups = {name: TargetGroup.objects.create(name=name) for _t, _s, names in OFFERS for name in names}
        for title, summary, names in OFFERS:
            an_offer(title=title, summary=summary).target_groups.set([groups[name] for name in names])
        yield ahausen


def about(text):
    answer = answer_text(text)
    named = dict(Offer.objects.values_list("pk", "title"))
    ranked = sorted(zip(answer.about.scores.tolist(), answer.about.ids.tolist(), strict=True), reverse=True)
    return [named[pk] for _score, pk in ranked]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Seniorentanz", "Tanzen im Sitzen"),
        ("Kinderturnen", "Eltern-Kind-Turnen"),
        ("Klavierunterricht", "Klavier im Einzelunterricht"),
        ("Fest", "Sommerfest der Vereine"),
        ("Flüchtlinge", "Flüchtlingsberatung"),
        ("Formulare ausfüllen", "Formularlotsen: Hilfe beim Ausfüllen"),
        ("Volkshochschulkurs", "Kurs der Volkshochschule: Töpfern"),
        ("Volkshochschul-Kurs", "Kurs der Volkshochschule: Töpfern"),
        ("ich suche einen Schwimmkurs", "Schwimmkurs für alle, die sich nie trauen"),
        ("German course", "Deutschkurs für Menschen anderer Muttersprache"),
        ("Schwimkurs", "Schwimmkurs für alle, die sich nie trauen"),
        ("Sucht", "Suchtberatung"),
        ("Trauer", "Selbsthilfegruppe Trauer"),
    ],
)
def test_the_right_offer_comes_first(town, typed, found):
    assert about(typed)[0] == found


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("Senioren", "Nachbarschaftscafé in Alt-Saarbrücken"),
        ("Trauer", "Schwimmkurs für alle, die sich nie trauen"),
        ("Sucht", "Gospelchor sucht Stimmen"),
        ("Mutter-Kind-Gruppe", "Deutschkurs für Menschen anderer Muttersprache"),
        ("Rat", "Flüchtlingsberatung"),
    ],
)
def test_false_friends_are_not_found(town, typed, other):
    assert other not in about(typed)


@pytest.mark.parametrize(
    ("asked", "needed"),
    [
        ("wo kann ich Schach spielen", ["Schach"]),
        ("Ich suche einen Kurs für Spanisch", ["Spanisch"]),
        ("Gibt es hier einen Chor?", ["Chor"]),
        ("Gibt's bei euch auch Yoga?", ["Yoga"]),
        ("Bieten Sie auch Yoga an?", ["Yoga"]),
        ("Wissen Sie, wer in der Nähe Gitarre anbietet?", ["Gitarre"]),
        ("Hallo, ich bräuchte dringend Nachhilfe für meinen Sohn", ["Nachhilfe"]),
        ("unsere Tochter möchte gerne tanzen", ["tanzen"]),
        ("Kennt jemand eine Krabbelgruppe in der Stadt?", ["Krabbelgruppe"]),
        ("wir sind auf der Suche nach einem Deutschkurs", ["Deutschkurs"]),
        # Thirteen words and more: what tells something stands at the end.
        ("Guten Tag, ich bin neu hier in der Stadt und möchte wissen, ob es irgendwo einen Chor gibt", ["Chor"]),
        # Where nothing else is said, these are what is looked for.
        ("Suche", ["Suche"]),
        ("Wissen", ["Wissen"]),
        ("Kinder", ["Kinder"]),
    ],
)
def test_of_a_sentence_what_is_looked_for_is_needed(ahausen, asked, needed):
    with inside(ahausen):
        assert [term.text for term in understand(asked).needed] == needed


@pytest.mark.parametrize("typed", ["Kernphysik", "Fallschirmspringen", "Reisepass", "x", "?!…", "القهوة"])
def test_nothing_is_honestly_nothing(town, typed):
    assert about(typed) == []


def test_whole_words_come_before_parts_and_titles_before_texts(ahausen):
    with inside(ahausen):
        topic = Category.objects.create(name="Turnen")
        an_offer(title="Bewegung", summary="Hier wird auch geturnt, Turnen für alle")
        an_offer(title="Spiel und Spaß").categories.add(topic)
        an_offer(title="Kinderturnen")
        an_offer(title="Turnen")
        assert about("Turnen") == ["Turnen", "Kinderturnen", "Spiel und Spaß", "Bewegung"]


def test_what_is_only_mentioned_is_told_apart(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Lesung", description="<p>Dazu spielt eine Gitarre.</p>")
    page = visitor("ahausen").get("/angebote/", {"q": "Gitarre"}).content.decode()
    assert "0 Angebote gefunden" in page
    assert "Hier wird „Gitarre“ nur im Text erwähnt" in page
    assert "Lesung" in page
    with inside(ahausen):
        an_offer(title="Gitarre für Anfänger")
    page = visitor("ahausen").get("/angebote/", {"q": "Gitarre"}).content.decode()
    assert "1 weiterer Eintrag erwähnt „Gitarre“ nur im Text" in page
    both = visitor("ahausen").get("/angebote/", {"q": "Gitarre", "erwaehnt": "1"}).content.decode()
    assert both.index("für Anfänger") < both.index("Lesung")
    assert "2 Angebote gefunden" in both


def test_what_has_most_of_the_words_is_shown_where_nothing_has_all(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Gesprächskreis Trauer")
    page = visitor("ahausen").get("/angebote/", {"q": "Trauer Quantenphysik"}).content.decode()
    assert "Kein Eintrag passt zu allen Wörtern" in page
    assert "Gesprächskreis" in page


def test_why_an_offer_was_found_is_marked(ahausen, visitor):
    with inside(ahausen):
        an_offer(title="Turnen & Spiel", summary="Kinderturnen <b> für Kleine")
    page = visitor("ahausen").get("/angebote/", {"q": "turnen"}).content.decode()
    assert "<mark>Turnen</mark> &amp; Spiel" in page
    assert "<mark>Kinderturnen</mark> &lt;b&gt;" in page.replace("\u00ad", "")


@pytest.mark.parametrize(
    "typed", ["a" * 10_000, "für die und", "ä", "„“…–", "'); --", "x" * 80, "Ω≈ç√∫", "%s %(a)s \\ '"]
)
def test_any_question_gives_a_page(ahausen, visitor, typed):
    assert visitor("ahausen").get("/angebote/", {"q": typed}).status_code == 200
