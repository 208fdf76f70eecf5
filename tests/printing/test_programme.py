"""The printed programme: what it holds, where it stands, that it can be read aloud, and that it is always the same."""

import re
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.core.files.base import ContentFile
from PIL import Image

from core.ordering import name_key
from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.preferences.models import Preferences
from portal.printing import making, showing, tasks
from portal.printing.programme import writing
from portal.printing.programme.chapters import REGULAR_FROM, by_place, by_week
from portal.printing.programme.entries import Entry, Stretch
from portal.printing.programme.settings import MOST_OFFERS
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tenants.urls import own_host
from tests.factories import a_provider, an_offer
from tests.printing.rules import bookmarks, breaches, page_of, texts, walk
from theming.models import Theme
from theming.services import save_theme

pytestmark = pytest.mark.usefixtures("db")
frozen = time_machine.travel(datetime(2026, 11, 29, 9, tzinfo=UTC), tick=True)


def on(offer: Offer, *days: date) -> None:
    """Single dates of an offer."""
    rules = [Schedule(offer=offer, first_date=day, start_time=time(16), end_time=time(17, 30)) for day in days]
    set_schedules(offer, ScheduleKind.DATES, rules)


def a_town() -> dict[str, Offer]:
    """Two topics, two districts, and offers of every kind."""
    sport = Category.objects.create(name="Sport & Bewegung", position=1)
    music = Category.objects.create(name="Musik", position=2)
    dance = Category.objects.create(name="Tanz", parent=music)
    north = District.objects.create(name="Nordstadt", position=1)
    south = District.objects.create(name="Südstadt", position=2)
    club = a_provider(name="Turnverein Ähre e. V.", phone="0681 123456")
    school = a_provider(name="Musikschule", phone="0681 654321")
    stadium = {"name": "Stadion", "street": "Ring 1", "postcode": "66111", "city": "Ahausen", "district": north}
    shelter = {"name": "Geheim", "street": "Versteck 7", "postcode": "66111", "city": "Ahausen", "district": south}
    found = {
        "run": an_offer(
            title="Lauftreff <für alle> & Größen",
            provider=club,
            categories=[sport],
            summary="Gemeinsam laufen, jeder im eigenen Tempo.",
            places=[stadium],
        ),
        "both": an_offer(
            title="Zumba",
            provider=club,
            categories=[dance, sport],
            places=[{"name": "Halle", "district": south}, {"name": "Aula", "district": north}],
        ),
        "choir": an_offer(
            title="Chor @@o1@@ <?seite o1?>",
            provider=school,
            categories=[music],
            min_age=18,
            cost_kind="amount",
            cost_amount="7.50",
        ),
        "hidden": an_offer(
            title="Frauenhaus", provider=school, summary="Beratung", places=[{**shelter, "hide_exact_address": True}]
        ),
        "later": an_offer(title="Sommerfest", provider=school, categories=[music]),
        "draft": an_offer(title="Entwurf", provider=school, state="draft", published_at=None, categories=[music]),
    }
    on(found["run"], date(2027, 1, 5), date(2027, 1, 12), date(2027, 4, 6))
    on(found["both"], date(2027, 2, 9))
    on(found["later"], date(2027, 7, 3))
    return found


def a_look() -> None:
    """A logo, and a picture of the start page."""
    drawn = BytesIO()
    Image.new("RGB", (600, 400), "#123").save(drawn, "PNG")
    theme = Theme.objects.first() or Theme()
    theme.logo_alt, theme.hero_image_alt, theme.hero_image_copyright = "Wappen von Ahausen", "Marktplatz", "Foto: Öz"
    theme.logo, theme.hero_image = (ContentFile(drawn.getvalue(), name) for name in ("logo.png", "markt.png"))
    save_theme(theme, by="test")


@frozen
def test_a_programme_holds_what_its_search_finds_in_its_period_each_once_and_in_its_chapter(ahausen, a_paper, printed):
    with inside(ahausen):
        found = a_town()
        paper = a_paper(preface="Liebe Leute,\n\nviel Freude!", signed="Die Bürgermeisterin", subtitle="Für alle")
        path = printed(paper)
        first, digest = path.read_bytes(), paper.digest
        # The same input gives the same bytes, another does not.
        assert (printed(paper).read_bytes(), paper.digest) == (first, digest)
        Offer.objects.filter(pk=found["choir"].pk).update(summary="Neu: auch Bässe.")
        assert printed(paper).read_bytes() != first
        assert paper.digest != digest
    pages = texts(path)
    whole = "\n".join(pages).replace("\u00a0", " ")
    assert breaches(path) == []
    assert paper.number == 4
    assert paper.pages == len(pages)
    for said in (
        "Winterprogramm", "1. Januar bis 31. März 2027", "Liebe Leute,", "Die Bürgermeisterin", "Gemeinsam laufen",
        "Lauftreff <für alle> & Größen", "Stadion, Ring 1, 66111 Ahausen, Nordstadt", "7,50", "0681 123456",
        "Dienstag, 5. Januar 2027", "ab 18 Jahre",
    ):  # fmt: skip
        assert said in whole, said
    for never in ("Sommerfest", "Entwurf", "Versteck 7", "Geheim", "6. April 2027", "0000"):
        assert never not in whole, never
    with pikepdf.open(path) as pdf:
        outline = bookmarks(pdf)
        chapters = [title for level, title, _anchor in outline if level == 1]
        assert chapters == [
            "Vorwort", "Inhalt", "Sport & Bewegung", "Musik", "Weitere Angebote",
            "Angebote von A bis Z", "Anbieter von A bis Z",
        ]  # fmt: skip
        # Zumba is of both topics: in full where the town puts its first topic, a line in the other.
        below = [title for level, title, _anchor in outline if level == 2]
        assert below == ["Lauftreff <für alle> & Größen", "Zumba", "Chor @@o1@@ <?seite o1?>", "Frauenhaus"]
        assert sum("Halle" in page for page in pages) == 1
        for _level, title, anchor in outline:
            heading = pages[page_of(pdf, anchor) - 1].replace("\r\n", " ")
            assert title.split()[0] in heading


@frozen
def test_numbers_of_pages_in_contents_and_index_are_those_of_the_pages(ahausen, a_paper, printed):
    with inside(ahausen):
        found, whole_area = a_town(), Preferences.current().whole_area_name
        a_look()
        path, host = printed(a_paper(chapters="district")), own_host()
    pages = texts(path)
    assert breaches(path) == []
    with pikepdf.open(path) as pdf:
        # On the cover the logo and the picture, in the imprint its author and the code: each with its text.
        figures = [str(each.Alt) for each in walk(pdf.Root.StructTreeRoot.K[0]) if each.S == "/Figure"]
        assert figures == ["Wappen von Ahausen", "Marktplatz", f"QR-Code, führt zu {host}"]
        assert "Bild auf der Titelseite: Foto: Öz" in pages[1]
        places = {title: page_of(pdf, anchor) for level, title, anchor in bookmarks(pdf)}
    contents = pages[places["Inhalt"] - 1].replace("\r\n", " ")
    for title in ("Nordstadt", "Südstadt", whole_area):
        assert re.search(rf"{title} \(\d\) {places[title]}\b|{places[title]} {title}", contents), title
    index = pages[places["Angebote von A bis Z"] - 1]
    for offer in ("run", "both", "choir", "hidden"):
        assert re.search(rf"{re.escape(found[offer].title[:9])}[^\n]*, {places[found[offer].title]}\b", index), offer
    providers = pages[places["Anbieter von A bis Z"] - 1].replace("\r\n", " ")
    own = sorted({places[found[each].title] for each in ("choir", "hidden")})
    assert f"Musikschule, {', '.join(map(str, own))}" in providers
    # The number at the foot of a page is the one it is called by; cover and imprint bear none.
    assert [each for each in range(3, len(pages) + 1) if str(each) not in pages[each - 1].split()] == []


@frozen
def test_a_chapter_over_several_parts_stays_one_chapter(ahausen, a_paper, printed, monkeypatch):
    monkeypatch.setattr(writing, "PER_PART", 5)
    with inside(ahausen):
        sport = Category.objects.create(name="Sport")
        provider = a_provider()
        for number in range(11):
            an_offer(title=f"Kurs {number:03}", provider=provider, categories=[sport], summary="Wir turnen. " * 12)
        paper = a_paper(index=False)
        path = printed(paper)
    assert breaches(path) == []
    pages = texts(path)
    with pikepdf.open(path) as pdf:
        outline = bookmarks(pdf)
        assert [title for level, title, _anchor in outline if level == 2] == [
            f"Kurs {number:03}" for number in range(11)
        ]
        last = page_of(pdf, outline[12][2])
        assert [title for level, title, _ in outline if level == 1][:2] == ["Inhalt", "Sport"]
        assert "Kurs 010" in pages[last - 1]
        # The line on top names the chapter on its second part, too.
        assert "Sport" in pages[last - 1]
    assert paper.number == 11


@frozen
@pytest.mark.parametrize(
    ("says", "trouble"),
    [
        ({"query": "q=gibtesgarnicht"}, "nothing"),
        ({"query": "kategorie=987654"}, "changed"),
        ({"first": "2020-01-01", "last": "2020-02-01", "query": "q=Lauftreff"}, "nothing"),
    ],
)
def test_what_cannot_be_printed_says_why(ahausen, a_paper, says, trouble):
    with inside(ahausen):
        a_town()
        paper = a_paper(**says)
        assert making.ask_for(paper, by="test")
        tasks.make_paper(paper=paper.pk)
        paper.refresh_from_db()
    assert (paper.state, paper.trouble, str(paper.file)) == ("failed", trouble, "")


@frozen
def test_more_offers_than_a_programme_holds_are_refused_with_their_number(ahausen, a_paper, monkeypatch):
    assert MOST_OFFERS == 3000
    for room in (writing, showing):
        monkeypatch.setattr(room, "MOST_OFFERS", 3)
    with inside(ahausen):
        provider = a_provider()
        for number in range(4):
            an_offer(title=f"Angebot {number}", provider=provider)
        paper = a_paper()
        assert (
            "findet 4 Angebote, in ein Programm passen höchstens 3" in showing.about(paper, date(2026, 11, 29))["stops"]
        )
        assert making.ask_for(paper, by="test")
        tasks.make_paper(paper=paper.pk)
        paper.refresh_from_db()
        # Nothing went on: a second click asks again, and the settings can be changed.
        assert making.ask_for(paper, by="test")
        assert not making.ask_for(paper, by="test")
    assert (paper.state, paper.trouble, paper.number) == ("failed", "too_many", 4)


def an_entry(pk: int, *, topics: tuple[int, ...] = (), dates: tuple[tuple[date, date], ...] = ()) -> Entry:
    title = f"Angebot {pk}"
    return Entry(
        pk, title, name_key(title), "", (), "Verein", "", topics=topics, dates=tuple(Stretch(*each) for each in dates)
    )


def test_each_entry_stands_in_full_once_and_as_a_line_wherever_else_it_belongs():
    entries = [an_entry(1, topics=(10, 20)), an_entry(2, topics=(20,)), an_entry(3), an_entry(4, topics=(99,))]
    found = by_place(entries, {10: "A", 20: "B", 30: "C"}, lambda entry: entry.topics, rest="Rest", note="Notiz")
    told = [(each.title, [one.id for one in each.entries], [one.id for one in each.also]) for each in found]
    assert told == [("A", [1], []), ("B", [2], [1]), ("Rest", [3, 4], [])]


def test_weeks_begin_on_monday_and_what_is_regular_has_its_own_chapter():
    first, last = date(2027, 1, 6), date(2027, 3, 31)
    single = an_entry(1, dates=((date(2027, 1, 7), date(2027, 1, 7)),))
    # From Sunday to Monday: two weeks, the second by a line.
    over = an_entry(2, dates=((date(2027, 1, 10), date(2027, 1, 11)),))
    weekly = an_entry(3, dates=tuple((first + timedelta(weeks=n),) * 2 for n in range(REGULAR_FROM)))
    # A stretch of the whole winter, begun before the period.
    long = an_entry(4, dates=((date(2026, 12, 1), date(2027, 3, 1)),))
    never = an_entry(5)
    found = by_week([single, over, weekly, long, never], (first, last))
    told = [(each.title, [one.id for one in each.entries], [one.id for one in each.also]) for each in found]
    assert told == [
        ("6. Januar bis 10. Januar 2027", [1, 2], []),
        ("11. Januar bis 17. Januar 2027", [], [2]),
        ("Regelmäßig", [3, 4], []),
        ("Ohne festen Termin", [5], []),
    ]
