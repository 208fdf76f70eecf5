"""The editors' pages: beginning, changing, making and deleting papers; what is missing on a server; nothing twice."""

import re
import tempfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from portal.printing import keeping, libraries, making, tasks
from portal.printing.models import MOST_KEPT, Paper
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

pytestmark = pytest.mark.usefixtures("db")
frozen = time_machine.travel(datetime(2026, 11, 29, 9, tzinfo=UTC), tick=True)
AT = "/redaktion/drucksachen/"
DAYS = {"first": "2027-01-01", "last": "2027-03-31"}


def programme(key="a1", **fields):
    usual = {"title": "Winter", "chapters": "topic", "size": "a5", "index": "on", "keep_rest": "on", "key": key}
    return {**usual, **DAYS, **fields}


@pytest.fixture
def editor(ahausen, signed_in):
    return signed_in(ahausen, Role.EDITOR)


@frozen
def test_a_programme_is_begun_counted_changed_made_and_deleted(ahausen, editor, django_capture_on_commit_callbacks):
    with inside(ahausen):
        sport = Category.objects.create(name="Sport")
        north = District.objects.create(name="Nord")
        an_offer(title="Laufen", categories=[sport], places=[{"district": north}])
        an_offer(title="Chor")
    sent = programme(topics=[sport.pk], districts=[north.pk], free="")
    begun = editor.post(f"{AT}programm/", sent)
    again = editor.post(f"{AT}programm/", sent)
    assert begun.status_code == 302
    # A second click finds the paper of the first.
    assert again.url == begun.url
    page = editor.get(begun.url).content.decode()
    assert "1. Januar bis 31. März 2027" in page
    assert "Sport, Nord" in page
    assert re.search(r"Angebote heute</dt><dd>1 ", page)
    with inside(ahausen):
        paper = Paper.objects.get()
    assert paper.says["query"] == f"kategorie={sport.pk}&ortsteil={north.pk}"
    form = editor.get(f"{begun.url}aendern/").content.decode()
    assert re.search(rf'name="topics" value="{sport.pk}"[^>]* checked', form)
    assert editor.post(f"{begun.url}aendern/", programme(title="Alles", key="b")).status_code == 302
    assert re.search(r"Angebote heute</dt><dd>2 ", editor.get(begun.url).content.decode())
    assert editor.post(f"{begun.url}herstellen/").status_code == 302
    assert editor.post(f"{begun.url}herstellen/").status_code == 302
    with inside(ahausen):
        assert [each["paper"] for each in tasks.make_paper.under_way()["ahausen"]] == [paper.pk]
        assert "wartet" in editor.get(begun.url).content.decode()
        # Nothing is changed under the hands of the press.
        editor.post(f"{begun.url}aendern/", programme(title="Zu spät", key="c"))
        assert Paper.objects.get().title == "Alles"
        tasks.make_paper(paper=paper.pk)
    done = editor.get(begun.url).content.decode()
    assert "PDF herunterladen" in done
    answer = editor.get(f"{begun.url}datei.pdf")
    assert (answer["Content-Type"], answer["X-Robots-Tag"]) == ("application/pdf", "noindex")
    assert 'filename="alles.pdf"' in answer["Content-Disposition"]
    assert b"".join(answer).startswith(b"%PDF-1.7")
    assert editor.post(f"{begun.url}aendern/", programme(title="Neu", key="d")).status_code == 302
    assert "Sie haben seitdem etwas geändert" in editor.get(begun.url).content.decode()
    with inside(ahausen):
        name = str(Paper.objects.get().file)
        with django_capture_on_commit_callbacks(execute=True):
            assert editor.post(f"{begun.url}loeschen/").status_code == 302
        assert not default_storage.exists(name)
        assert not Paper.objects.exists()
        deeds = list(Entry.objects.filter(action__startswith="printing.").values_list("action", flat=True))
    assert sorted(deeds) == [
        "printing.begun", "printing.changed", "printing.changed", "printing.made", "printing.removed",
    ]  # fmt: skip


@frozen
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "Dieses Feld"),
        ({"first": "2027-04-01"}, "Der letzte Tag darf nicht vor dem ersten liegen."),
        ({"last": "2026-11-28", "first": "2026-11-01"}, "Dieser Tag ist vorbei."),
        ({"last": "2028-06-01"}, "Termine kennen wir bis zum 03.01.2028."),
        ({"first": "morgen"}, "Datum"),
        ({"pasted": "/angebote/?kategorie=987654"}, "Diese Suche fragt nach etwas, das es hier nicht gibt"),
        ({"topics": ["987654"]}, "987654"),
        ({"chapters": "farbe"}, "farbe"),
        ({"title": "x" * 121}, "120"),
    ],
)
def test_what_is_wrong_is_said_above_and_at_the_field(ahausen, editor, fields, sentence):
    with inside(ahausen):
        Category.objects.create(name="Sport")
    answer = editor.post(f"{AT}programm/", programme(**fields))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="fehler"' in page
    assert page.count(sentence) >= 2
    target = re.search(r'<li><a href="#([^"]+)">', page)[1]
    assert f'id="{target}"' in page
    with inside(ahausen):
        assert not Paper.objects.exists()


@frozen
def test_the_address_of_a_search_becomes_conditions_and_what_has_no_field_stays(ahausen, editor):
    with inside(ahausen):
        group = TargetGroup.objects.create(name="Chöre")
    address = (
        f"https://ahausen.example/angebote/?q=chor&zielgruppe={group.pk}&wochentag=mo&von=2026-01-01&ansicht=karte"
    )
    begun = editor.post(f"{AT}programm/", programme(pasted=address, words="gilt nicht"))
    with inside(ahausen):
        paper = Paper.objects.get()
    assert paper.says["query"] == f"q=chor&zielgruppe={group.pk}&wochentag=mo"
    form = editor.get(f"{begun.url}aendern/").content.decode()
    assert 'name="rest" value="wochentag=mo"' in form
    assert "Aus der übernommenen Suche: Montag" in form
    both = programme(words="chor", groups=[group.pk], rest="wochentag=mo")
    editor.post(f"{begun.url}aendern/", both)
    with inside(ahausen):
        assert Paper.objects.get().says["query"] == f"q=chor&zielgruppe={group.pk}&wochentag=mo"
    del both["keep_rest"]
    editor.post(f"{begun.url}aendern/", both)
    with inside(ahausen):
        assert Paper.objects.get().says["query"] == f"q=chor&zielgruppe={group.pk}"
    # The same conditions in the address of the form begin a new one with them.
    assert 'value="chor"' in editor.get(f"{AT}programm/?q=chor").content.decode()


@frozen
def test_a_topic_that_is_gone_stops_the_programme_before_it_is_made(ahausen, editor):
    with inside(ahausen):
        topic = Category.objects.create(name="Sport")
        an_offer(categories=[topic])
    begun = editor.post(f"{AT}programm/", programme(topics=[topic.pk]))
    with inside(ahausen):
        topic.delete()
    page = editor.get(begun.url).content.decode()
    assert "den es nicht mehr gibt. Ändern Sie die Bedingungen." in page
    assert f"{begun.url}herstellen/" not in page
    assert editor.get(f"{begun.url}aendern/").status_code == 200


def test_posters_find_what_is_meant_by_name_or_address(ahausen, editor):
    with inside(ahausen):
        choir = an_offer(title="Chor")
        an_offer(title="Chor für Kinder")
        provider = a_provider(name="Musikschule")
    base = {"kind": "poster", "headline": "Singt mit!", "key": "p"}

    def send(**fields):
        return editor.post(f"{AT}werbung/", {**base, **fields})

    assert "welches gemeint ist" in send(about="offer").content.decode()
    assert "Nichts Öffentliches hat diesen Namen" in send(about="provider", named="Chor").content.decode()
    several = send(about="offer", named="cho").content.decode()
    assert "Mehrere passen" in several
    assert "Chor für Kinder" in several
    assert send(about="offer", named="chor").status_code == 302
    assert send(about="offer", named=f"https://x.example{choir.get_absolute_url()}", key="q").status_code == 302
    assert send(about="provider", named="musik", key="r", kind="flyer").status_code == 302
    assert send(about="portal", key="s", kind="postcard", title="Karten").status_code == 302
    with inside(ahausen):
        told = {each.title + each.kind: (each.says["about"], each.says["target"]) for each in Paper.objects.all()}
        assert Paper.objects.count() == 4
    assert told["Singt mit!poster"] == ("offer", choir.pk)
    assert told["Singt mit!flyer"] == ("provider", provider.pk)
    assert told["Kartenpostcard"] == ("portal", 0)


def test_a_poster_becomes_a_flyer_and_a_larger_poster(ahausen, editor):
    sent = {"about": "portal", "headline": "Hallo", "title": "Hallo"}
    begun = editor.post(f"{AT}werbung/", {**sent, "kind": "poster", "key": "p"})
    for kind, kept in (("flyer", ("flyer", "a4")), ("poster_a3", ("poster", "a3")), ("postcard", ("postcard", "a4"))):
        assert editor.post(f"{begun.url}aendern/", {**sent, "kind": kind, "key": "q"}).status_code == 302
        with inside(ahausen):
            paper = Paper.objects.get()
        assert (paper.kind, paper.says["sheet"]) == kept
        form = editor.get(f"{begun.url}aendern/").content.decode()
        assert re.search(rf'name="kind" value="{kind}"[^>]* checked', form)


def test_what_is_stopped_is_made_no_further_and_begins_anew_with_a_click(ahausen, editor, a_paper):
    with inside(ahausen):
        paper = a_paper("poster", about="portal", headline="Hallo")
        # It waits no longer than until somebody stops it, and its job finds nothing to do.
        assert making.ask_for(paper, by="test")
    assert editor.post(f"{AT}{paper.pk}/abbrechen/").status_code == 302
    page = editor.get(f"{AT}{paper.pk}/").content.decode()
    assert "abgebrochen" in page
    assert "PDF herstellen" in page
    with inside(ahausen):
        tasks.make_paper(paper=paper.pk)
        assert Paper.objects.get().state == "failed"
        # It is being made: with the next step the press is told.
        assert making.ask_for(paper, by="test")
        first = Paper.objects.get()
        assert making.stop(paper, by="test")
        with pytest.raises(making.StoppedError):
            making._teller(first)(1, 2)
        # Begun anew meanwhile: who makes the earlier one stops all the same and leaves the new one alone.
        assert making.ask_for(paper, by="test")
        with pytest.raises(making.StoppedError):
            making._teller(first)(1, 2)
        making.make(first)
        assert (Paper.objects.get().state, Paper.objects.get().run) == ("waiting", 3)
        assert Entry.objects.filter(action="printing.stopped").count() == 2
        Paper.objects.update(state="ready", file="~paper/x.pdf")
    again = editor.post(f"{AT}{paper.pk}/abbrechen/", follow=True).content.decode()
    assert "Hier wird gerade nichts hergestellt" in again


def test_letters_and_the_sheet_begin_on_their_pages(ahausen, editor):
    with inside(ahausen):
        a_provider(street="Ring 1", postcode="66111", city="Ahausen")
    page = editor.get(f"{AT}briefe/").content.decode()
    assert "Ihre Organisation steht im" in page
    begun = editor.post(
        f"{AT}briefe/", {"title": "Guten Tag", "who": "all", "text": "Hallo", "signed": "Wir", "key": "l"}
    )
    assert "1 Anbieter" in editor.get(begun.url).content.decode()
    one, two = (editor.post(f"{AT}erste-schritte/") for _n in range(2))
    assert one.url == two.url
    with inside(ahausen):
        assert Paper.objects.get(kind="sheet").state == "waiting"
    assert editor.get(f"{one.url}aendern/").status_code == 404


def test_on_a_server_without_the_libraries_the_pages_name_them_and_nothing_fails(ahausen, editor, monkeypatch):
    monkeypatch.setitem(libraries.NEEDED, "gibtesgarnicht-9", "libgibtesgarnicht9")
    assert libraries.missing() == ["libgibtesgarnicht9"]
    begun = editor.post(f"{AT}werbung/", {"kind": "poster", "about": "portal", "headline": "Hallo", "key": "x"})
    for address in (AT, begun.url):
        assert "apt-get install libgibtesgarnicht9" in editor.get(address).content.decode()
    assert "herstellen/" not in editor.get(begun.url).content.decode()
    editor.post(f"{begun.url}herstellen/")
    editor.post(f"{AT}erste-schritte/")
    with inside(ahausen):
        assert list(Paper.objects.values_list("state", flat=True)) == ["new"]


def test_lists_cost_the_same_however_many_papers_there_are(ahausen, editor):
    def statements():
        with CaptureQueriesContext(connection) as seen:
            page = editor.get(AT).content.decode()
        return len(seen), page.count('class="badge')

    with inside(ahausen):
        a_few = [Paper(key=f"k{n}", kind="poster", title=f"Plakat {n}") for n in range(2)]
        Paper.objects.bulk_create(a_few)
    editor.get(AT)
    few = statements()
    with inside(ahausen):
        Paper.objects.bulk_create(Paper(key=f"m{n}", kind="poster", title=f"Plakat {n}") for n in range(60))
    many = statements()
    assert few[0] == many[0]
    assert many[1] == few[1] + 60


def test_when_there_are_enough_the_next_one_is_refused_in_words(ahausen, editor):
    with inside(ahausen):
        Paper.objects.bulk_create(Paper(key=f"m{n}", kind="poster", title="P") for n in range(MOST_KEPT))
    answer = editor.post(f"{AT}werbung/", {"kind": "poster", "about": "portal", "headline": "Hallo", "key": "x"})
    assert answer.status_code == 400
    assert f"Es gibt schon {MOST_KEPT} Drucksachen." in answer.content.decode()


@pytest.mark.both_stores
def test_old_files_go_at_night_and_what_lost_its_job_is_taken_up_again(ahausen, a_paper, monkeypatch, tmp_path):
    # Folders of papers that other tests make meanwhile are none of its business.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    now = timezone.now()
    with inside(ahausen):
        old, fresh, lost = (a_paper("poster", about="portal", headline="x") for _n in range(3))
        for paper, days in ((old, 181), (fresh, 179)):
            name = default_storage.save("~paper/x.pdf", ContentFile(b"%PDF"))
            Paper.objects.filter(pk=paper.pk).update(state="ready", file=name, made_at=now - timedelta(days=days))
        Paper.objects.filter(pk=lost.pk).update(state="making")
        stray = default_storage.save("~paper/verwaist.pdf", ContentFile(b"%PDF"))
        tasks.tidy_papers()
        assert [each["paper"] for each in tasks.make_paper.under_way()["ahausen"]] == [lost.pk]
        old.refresh_from_db()
        fresh.refresh_from_db()
        assert (old.state, str(old.file)) == ("new", "")
        assert default_storage.exists(str(fresh.file))
        # It may belong to a paper that is being made just now.
        assert default_storage.exists(stray)
        assert keeping.tidy(now + timedelta(days=2)) == 1
        assert not default_storage.exists(stray)
