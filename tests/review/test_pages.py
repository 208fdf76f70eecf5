"""The pages of the review: what they say, what they do, and what they never do twice."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mail.models import OutboxMessage
from portal.editorial.review import deciding
from portal.editorial.review.models import Decision, Sentence
from portal.offers import editing
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule
from portal.providers.models import Provider
from portal.revisions.models import Revision
from tests.review.conftest import QUEUE, changed_offer, new_offer
from tests.revisions.conftest import change


def words(answer) -> str:
    """What somebody reads on a page."""
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    apart = re.sub(r"</?(?:p|li|div|h\d|dt|dd|a|button|b|section)\b[^>]*>", " ", main)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", apart)).split())


def decided(answer) -> int:
    """The decision a redirect leads on with."""
    return int(answer.url.rsplit("entschieden=", 1)[1])


def test_online_stands_beside_what_was_handed_in(cast, editors):
    waiting = changed_offer(
        cast, description="<p>Ruf an: 0681 5550142 oder toepfern@verein.example</p>", cost_kind="free"
    )
    page = words(editors.get(f"{QUEUE}{waiting.pk}/"))
    assert "1 von 1 · am längsten wartende zuerst" in page
    assert "Online Töpfern" in page
    assert "Eingereicht Töpfern [neu: für Große]" in page
    assert "Vorher ansehen: Telefonnummer im Text E-Mail-Adresse im Text" in page
    assert "Beim nächsten Wechsel wird sie dort leicht vergessen." in page
    assert "3 Felder geändert" in page
    for button in ("Freigeben", "Ändern und freigeben", "Zurückgeben …", "Sperren mit Grund …"):
        assert button in page


def test_costs_where_there_were_none_are_noticed(cast, editors):
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.public(cost_kind="free")
    change(offer, cast.member, cost_kind="text", cost_text="2 € je Nachmittag")
    editing.submit(offer, by=cast.member)
    page = words(editors.get(f"{QUEUE}{editing.waiting_for(offer).pk}/"))
    assert "Vorher ansehen: war kostenfrei" in page
    assert "Bisher war es kostenfrei." in page


def test_after_the_decision_comes_the_next_with_the_way_back(cast, editors):
    first, second = new_offer(cast), new_offer(cast, title="Chor")
    answer = editors.post(f"{QUEUE}{first.pk}/freigeben/", {"version": first.version})
    assert answer.url.startswith(f"{QUEUE}{second.pk}/?entschieden=")
    page = editors.get(answer.url)
    line = re.search(r'role="status">(.*?)</form>', page.content.decode(), re.DOTALL)[1]
    until = timezone.localtime(Decision.objects.get().until)
    assert "„Yoga am Morgen“ ist freigegeben." in line
    assert f"geht um {until:%H:%M} Uhr hinaus" in line

    back = editors.post(f"{QUEUE}zurueckholen/{decided(answer)}/")
    assert back.url == f"{QUEUE}{first.pk}/?zurueckgeholt=1"
    assert "Ihre Entscheidung ist zurückgeholt." in words(editors.get(back.url))
    assert Offer.objects.get(pk=first.subject_id).state == "submitted"
    assert not OutboxMessage.objects.exists()
    # The second click says the same and does nothing.
    assert editors.post(f"{QUEUE}zurueckholen/{decided(answer)}/").url == back.url


def test_after_the_last_decision_the_list_shows_the_way_back(cast, editors):
    waiting = new_offer(cast)
    answer = editors.post(f"{QUEUE}{waiting.pk}/freigeben/", {"version": waiting.version})
    assert answer.url.startswith(f"{QUEUE}?entschieden=")
    page = editors.get(answer.url)
    assert "„Yoga am Morgen“ ist freigegeben." in words(page)
    # Without this the browser's form is refused; the client of the tests does not ask for it.
    assert "csrfmiddlewaretoken" in page.content.decode().split("zurueckholen/")[1].split("</form>")[0]


def test_too_late_is_said_and_nothing_is_done(cast, editors):
    waiting = new_offer(cast)
    answer = editors.post(f"{QUEUE}{waiting.pk}/freigeben/", {"version": waiting.version})
    Decision.objects.update(until=timezone.now())
    late = editors.post(f"{QUEUE}zurueckholen/{decided(answer)}/")
    assert late.status_code == 409
    assert "Zum Zurückholen ist es zu spät" in words(late)
    assert Offer.objects.get(pk=waiting.subject_id).state == "published"
    assert "zurückholen" not in words(editors.get(f"{QUEUE}?entschieden={decided(answer)}"))


def test_whoever_comes_second_is_told_who_was_faster_and_what_differs(cast, editors, colleague):
    waiting = changed_offer(cast, summary="Wir töpfern jeden Tag.")
    after = new_offer(cast, title="Chor")
    deciding.approve(waiting, by=colleague, version=waiting.version, content={"summary": "Wir töpfern jeden Montag."})
    before = Offer.objects.get(pk=waiting.subject_id)
    answer = editors.post(f"{QUEUE}{waiting.pk}/freigeben/", {"version": waiting.version})
    assert answer.status_code == 409
    page = words(answer)
    assert "Tarek Klein hat es mit einer eigenen Änderung freigegeben." in page
    assert "Ihre Entscheidung wurde nicht ausgeführt, es ist nichts verloren." in page
    assert "Was Tarek Klein anders gemacht hat" in page
    assert "Ihr Stand Wir töpfern jeden [gestrichen: Tag]." in page
    assert "Jetzt online Wir töpfern jeden [neu: Montag]." in page
    assert f'href="{QUEUE}{after.pk}/"' in answer.content.decode()
    assert Offer.objects.get(pk=waiting.subject_id).updated_at == before.updated_at


def test_what_was_taken_back_or_handed_in_anew_says_so(cast, editors):
    waiting = changed_offer(cast)
    editing.withdraw(waiting, by=cast.member)
    page = words(editors.get(f"{QUEUE}{waiting.pk}/"))
    assert "Der Anbieter hat es zurückgezogen." in page
    offer = Offer.objects.get()
    change(offer, cast.member, title="Töpfern ganz neu")
    editing.submit(offer, by=cast.member)
    newer = editing.waiting_for(offer)
    answer = editors.post(f"{QUEUE}{waiting.pk}/zurueckgeben/", {"version": waiting.version, "grund": "Nein"})
    assert answer.status_code == 409
    assert "Es gibt eine neuere Fassung" in words(answer)
    assert f'href="{QUEUE}{newer.pk}/"' in answer.content.decode()
    assert editing.waiting_for(offer).pk == newer.pk


def test_a_reason_of_sentences_and_words_is_previewed_and_sent(cast, editors):
    waiting = changed_offer(cast)
    editors.post(f"{QUEUE}saetze/", {"vorschlaege": "1"})
    credit, access, *_rest = Sentence.objects.all()
    given = {"version": waiting.version, "satz": [credit.pk, access.pk], "grund": "Schön, dass es weitergeht!"}
    address = f"{QUEUE}{waiting.pk}/zurueckgeben/"
    preview = editors.post(address, {**given, "vorschau": "1"})
    reason = (
        "– Zum Bild fehlt der Nachweis (wer hat es gemacht?).\n"
        "– Bitte sagen Sie, ob der Ort ohne Stufen zu erreichen ist.\n\nSchön, dass es weitergeht!"
    )
    assert reason in html.unescape(preview.content.decode())
    assert not OutboxMessage.objects.exists()
    assert editing.waiting_for(Offer.objects.get()) is not None

    answer = editors.post(address, given)

    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("returned", reason)
    mail = OutboxMessage.objects.get(to="member@verein.example")
    assert mail.reply_to == cast.editor.email
    shown = re.search(r'class="letter">(.*?)</p>', preview.content.decode(), re.DOTALL)[1]
    assert html.unescape(shown) == mail.body


@pytest.mark.parametrize(
    ("given", "said"), [({}, "Bitte sagen Sie, warum"), ({"grund": "x" * 2001}, "auf 2000 Zeichen")]
)
def test_without_a_reason_or_with_too_much_nothing_is_decided(cast, editors, given, said):
    waiting = changed_offer(cast)
    answer = editors.post(f"{QUEUE}{waiting.pk}/zurueckgeben/", {"version": waiting.version, **given})
    assert answer.status_code == 400
    assert said in words(answer)
    assert 'href="#id_grund"' in answer.content.decode()
    assert editing.waiting_for(Offer.objects.get()).pk == waiting.pk


def test_blocking_takes_it_offline_with_its_own_mail(cast, editors, visitor):
    waiting = changed_offer(cast)
    page = editors.get(f"{QUEUE}{waiting.pk}/zurueckgeben/?sperren=1")
    assert "wurde vom Netz genommen" in words(page)
    editors.post(
        f"{QUEUE}{waiting.pk}/zurueckgeben/", {"version": waiting.version, "art": "sperren", "grund": "Werbung"}
    )
    assert Offer.objects.get().state == "blocked"
    assert "Töpfern" not in visitor("ahausen").get("/angebote/").content.decode()


def test_own_changes_are_the_editors_revision_on_that_of_the_provider(cast, editors):
    waiting = changed_offer(cast)
    address = f"{QUEUE}{waiting.pk}/aendern/"
    page = editors.get(f"{address}?feld=title").content.decode()
    assert "Töpfern für Große" in page
    fields = dict(re.findall(r'<input type="hidden" name="(version|seite|stand)" value="([^"]*)"', page))
    topic = str(cast.sport.pk)
    typed = {"title": "Töpfern für Erwachsene", "summary": "Für alle.", "topic": topic, f"topic_{topic}": ""}
    # On to the next page, with nothing written.
    on = editors.post(address, {**fields, **typed, "zu": "bild"}).content.decode()
    assert editing.waiting_for(Offer.objects.get()).pk == waiting.pk
    fields = dict(re.findall(r'<input type="hidden" name="(version|seite|stand)" value="([^"]*)"', on))
    assert fields["seite"] == "bild"
    answer = editors.post(address, {**fields, "text": "Neuer Text", "fertig": "1"})
    assert answer.status_code == 302
    applied = Revision.objects.get(state="applied", author=cast.editor)
    assert applied.based_on_id == waiting.pk
    assert applied.content["title"] == "Töpfern für Erwachsene"
    assert "Neuer Text" in applied.content["description"]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.content["title"]) == ("replaced", "Töpfern für Große")
    assert "mit Ihren Änderungen freigegeben" in words(
        editors.get(f"{QUEUE}{new_offer(cast).pk}/?{answer.url.split('?')[1]}")
    )


@pytest.mark.parametrize("stand", ["", "x", "eyJ0aXRsZSI6IkJhZCJ9:1:x"])
def test_changes_that_are_not_from_here_are_not_taken(cast, editors, stand):
    waiting = changed_offer(cast)
    given = {"version": waiting.version, "seite": "bild", "stand": stand, "text": "", "fertig": "1"}
    editors.post(f"{QUEUE}{waiting.pk}/aendern/", given)
    assert Offer.objects.get().title == "Töpfern für Große"


def test_sentences_are_written_changed_ordered_and_deleted(cast, editors):
    address = f"{QUEUE}saetze/"
    for text in ("Eins", "Zwei", "Drei", "Drei"):
        editors.post(address, {"text": text})
    one, two, _three = Sentence.objects.all()
    editors.post(address, {"satz": two.pk, "hoch": "1"})
    editors.post(address, {"satz": one.pk, "sichern": "1", "text": "Eins, besser"})
    assert [each.text for each in Sentence.objects.all()] == ["Zwei", "Eins, besser", "Drei"]
    editors.post(address, {"satz": two.pk, "weg": "1"})
    editors.post(address, {"satz": two.pk, "weg": "1"})
    assert [each.text for each in Sentence.objects.all()] == ["Eins, besser", "Drei"]
    wrong = editors.post(address, {"text": " "})
    assert wrong.status_code == 400
    assert "Bitte schreiben Sie den Satz." in words(wrong)
    assert 'href="#neu-text"' in wrong.content.decode()
    assert editors.post(address, {"satz": "9" * 30}).status_code == 302


def test_a_provider_is_trusted_and_no_longer_so(cast, editors):
    waiting = changed_offer(cast)
    page = editors.get(f"{QUEUE}{waiting.pk}/")
    assert "Künftig vertrauen" in words(page)
    back = {"zurueck": f"{QUEUE}{waiting.pk}/"}
    answer = editors.post(f"{QUEUE}vertrauen/{cast.club.pk}/", {"vertraut": "1", **back})
    assert answer.url == back["zurueck"]
    assert Provider.objects.get(pk=cast.club.pk).trusted
    assert "Turnverein" in words(editors.get(f"{QUEUE}vertrauen/"))
    answer = editors.post(f"{QUEUE}vertrauen/{cast.club.pk}/", {"vertraut": "0", "zurueck": "https://boese.example/"})
    assert answer.url == f"{QUEUE}vertrauen/"
    assert not Provider.objects.get(pk=cast.club.pk).trusted
    assert "Turnverein" not in words(editors.get(f"{QUEUE}vertrauen/"))
    assert "Turnverein" in words(editors.get(f"{QUEUE}vertrauen/?q=turn"))


def test_what_went_online_without_approval_can_be_looked_at(cast, editors):
    cast.rule(ApprovalRule.PROVIDERS)
    offer = cast.public()
    change(offer, cast.administrator, title="Töpfern für Große")
    editing.submit(offer, by=cast.administrator)
    done = Revision.objects.get(informed=True)
    assert "Töpfern für Große" in words(editors.get(f"{QUEUE}kenntnis/"))
    page = words(editors.get(f"{QUEUE}kenntnis/{done.pk}/"))
    assert "Vorher Töpfern Nachher Töpfern [neu: für Große]" in page
    for _twice in range(2):
        assert editors.post(f"{QUEUE}kenntnis/{done.pk}/").url == f"{QUEUE}kenntnis/"
    assert "Töpfern für Große" not in words(editors.get(f"{QUEUE}kenntnis/?x")).split("Zur Kenntnis", 1)[1]


@pytest.mark.parametrize("page", ["", "zurueckgeben/", "aendern/"])
def test_as_many_statements_with_one_waiting_as_with_sixty(cast, editors, page):
    waiting = changed_offer(cast)
    address = f"{QUEUE}{waiting.pk}/{page}"
    editors.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        editors.get(address)
    for number in range(60):
        Sentence.objects.create(text=f"Satz {number}", position=number)
        Revision.objects.create(
            kind="offer", subject_id=10_000 + number, content=waiting.content, format=waiting.format,
            state="submitted", waits_for="editors", submitted_at=timezone.now(), settled_at=timezone.now(),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        editors.get(address)
    assert len(many) <= len(few) + 1
    assert len(many) < 45
