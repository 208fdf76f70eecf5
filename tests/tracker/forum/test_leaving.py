"""A municipality is deleted: its texts go, what it counted for stays."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.access import Role
from tests.tracker.forum.test_contacts import a_contact
from tests.tracker.forum.test_examples import PDF, an_example
from tests.tracker.forum.test_polls import a_poll, whole
from tests.tracker.people import OPERATOR, editor_of
from tracker.forum.counting import result_of
from tracker.forum.finding import find
from tracker.forum.models import AgendaItem, Contact, Example, Post, Topic, Use
from tracker.forum.services import polling, showing, talking
from tracker.tickets.leaving import farewell
from tracker.tickets.models.files import shared_files


def test_its_words_go_and_its_voices_stay(ahausen, bedorf, signed_in, django_capture_on_commit_callbacks):
    leaving, staying = editor_of(ahausen), editor_of(bedorf)
    answered = talking.open_topic("Geheimtipp Ahausen", "Nur bei uns.", by=leaving)
    talking.answer(answered, "Danke!", by=staying)
    talking.open_topic("Ohne Antwort", "Allein.", by=leaving)
    theirs = talking.open_topic("Bedorf fragt", "Wie?", by=staying)
    talking.answer(theirs, "So macht es Ahausen.", by=leaving)
    own = an_example(leaving, [SimpleUploadedFile("a.pdf", PDF)])
    file = own.files.get().file.name
    used = an_example(staying, title="Beispiel aus Bedorf")
    showing.use(used, by=leaving)
    a_contact(leaving)
    a_contact(staying)
    poll = a_poll()
    polling.propose(poll, "Ahausener Punkt", "", by=leaving)
    polling.vote(poll, whole(poll), by=leaving)
    with django_capture_on_commit_callbacks(execute=True):
        farewell("ahausen")
    assert not shared_files().exists(file)
    assert list(Example.objects.all()) == [used]
    assert Use.objects.get().participant.left_at is not None
    assert [each.text for each in Post.objects.all()] == ["Danke!"]
    assert {each.title for each in Topic.objects.all()} == {"ehemalige Kommune", "Bedorf fragt"}
    assert Contact.objects.count() == 1
    assert not AgendaItem.objects.exists()
    assert result_of(poll).dates[0].yes == ["ehemalige Kommune"]
    for words in ("Geheimtipp", "Ahausen"):
        assert find(words, staying, 10) == []
    page = signed_in(bedorf, Role.EDITOR).get("/plattform/austausch/").content.decode()
    assert "ehemalige Kommune" in page
    assert "Geheimtipp" not in page


def test_an_export_of_the_exchange_holds_ones_own_and_nothing_of_others(ahausen, bedorf):
    from tracker.tickets.exports import exports

    mine, theirs = editor_of(ahausen), editor_of(bedorf)
    topic = talking.open_topic("Frage aus Ahausen", "aaaa", by=mine)
    talking.answer(topic, "Antwort aus Bedorf", by=theirs)
    an_example(theirs, title="Bedorfer Beispiel")
    a_contact(theirs, name="Berta Bedorf")
    poll = a_poll(closes_on=timezone.localdate() + timedelta(days=1))
    polling.vote(poll, whole(poll), by=theirs)
    kinds = [each for each in exports() if each.key in {"themen", "antworten", "beispiele", "kontakte", "umfragen"}]
    assert len(kinds) == 5

    def written(viewer):
        return {each.key: list(each.rows(viewer)) for each in kinds}

    assert {key: len(rows) for key, rows in written(mine).items()} == {
        "themen": 1, "antworten": 0, "beispiele": 0, "kontakte": 0, "umfragen": 0,
    }  # fmt: skip
    assert "Bedorf" not in str(written(mine))
    assert "Ahausen" not in str({key: rows for key, rows in written(theirs).items() if key != "umfragen"})
    assert {key: len(rows) for key, rows in written(OPERATOR).items()} == {
        "themen": 1, "antworten": 1, "beispiele": 1, "kontakte": 1, "umfragen": 4,
    }  # fmt: skip
