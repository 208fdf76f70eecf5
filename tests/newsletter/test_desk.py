"""The editors' pages: from nothing to an issue that was sent, two people at one draft, lists in a fixed effort."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core import work
from core.access import Role
from mail.models import OutboxMessage
from portal.newsletter import sending
from portal.newsletter.models import AddressList, Issue, Mailing, Newsletter, Reader, Source
from portal.newsletter.tokens import manage_token
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.newsletter.town import NOW, a_newsletter, a_running_mailing, an_issue, dated, readers, write_all

DESK = "/redaktion/newsletter/"
SETTINGS = {
    "name": "Neues für Familien", "description": "", "address": "", "days_ahead": "14", "rhythm": "nie",
    "audience": "alle", "contact": "", "contact_email": "", "admission": "offen", "archived": "on", "active": "on",
}  # fmt: skip


@pytest.fixture
def editor(ahausen, signed_in):
    with time_machine.travel(NOW, tick=False):
        yield signed_in(ahausen, Role.EDITOR)


@pytest.fixture
def town(ahausen, editor):
    with inside(ahausen):
        yield ahausen


def draft(newsletter):
    """As its page sends it: everything chosen that is chosen."""
    issue = newsletter.issues.get()
    items = list(issue.items.all())
    return issue, {
        "version": str(issue.version),
        "title": issue.title,
        "preface": "",
        "closing": "",
        "gezeigt": [str(each.pk) for each in items],
        "nimm": [str(each.pk) for each in items if each.chosen],
        "tun": "speichern",
    }


def test_from_nothing_to_an_issue_that_is_sent(editor, ahausen):
    assert "Ersten Newsletter anlegen" in editor.get(DESK).content.decode()
    page = editor.post(f"{DESK}neu/", SETTINGS).url
    with inside(ahausen):
        newsletter = Newsletter.objects.get()
        assert newsletter.slug == "neues-fuer-familien"
        dated("Sommerfest", days=2)
        dated("Abgewählt", days=3)
        readers(newsletter, 3)
    make = {"nummer": "0", "since": "2026-02-01", "first_day": "2026-03-02", "last_day": "2026-03-16"}
    at = editor.post(page, make).url
    assert editor.post(page, make).url == at, "a double click makes one draft"
    with inside(ahausen):
        issue, sent = draft(newsletter)
        away = issue.items.get(offer__title="Abgewählt").pk
        kept = issue.items.get(offer__title="Sommerfest").pk
    sent["nimm"].remove(str(away))
    sent |= {f"notiz-{kept}": "Mit Eis!", "preface": "Guten Tag,\n\n- eins", "title": "Der Sommer"}
    editor.post(at, sent)
    preview = editor.get(f"{at}vorschau/").content.decode()
    assert "Sommerfest" in preview
    assert "Mit Eis!" in preview
    assert "<li>eins</li>" in preview.replace("\n", "") or "eins</li>" in preview
    assert "Abgewählt" not in preview
    summary = editor.get(f"{at}senden/").content.decode()
    assert "An 3 Personen versenden" in summary
    with inside(ahausen):
        version = Issue.objects.get().version
    for _press in range(2):
        editor.post(f"{at}senden/", {"when": "jetzt", "version": version})
    with inside(ahausen):
        mailing = Mailing.objects.get()
        assert sending.begin(mailing.pk, now=NOW)
        write_all(mailing)
    assert "unterwegs" in editor.get(at).content.decode()
    with inside(ahausen):
        path = Issue.objects.get().get_absolute_url()
    public = editor.get(path).content.decode()
    assert "Der Sommer" in public
    assert "Abgewählt" not in public


def test_a_test_mail_goes_to_whoever_asks_for_it_and_to_nobody_else(editor, town):
    newsletter = a_newsletter()
    readers(newsletter, 2)
    dated("Sommerfest", days=2)
    issue = an_issue(newsletter)
    editor.post(f"{DESK}ausgaben/{issue.pk}/probe/")
    sent = OutboxMessage.objects.get()
    assert sent.to == User.objects.get().email
    assert sent.subject.startswith("[Probe]")
    assert "Sommerfest" in sent.html
    assert not sent.headers, "its links end nothing"
    assert "/newsletter/abo/muster/abmelden/" in sent.body
    assert issue.is_draft


def test_two_at_one_draft_lose_nothing(editor, town):
    newsletter = a_newsletter()
    dated("Fest", days=2)
    issue = an_issue(newsletter)
    _issue, mine = draft(newsletter)
    at = f"{DESK}ausgaben/{issue.pk}/"
    assert editor.post(at, {**mine, "title": "Von ihr"}).status_code == 302
    answer = editor.post(at, {**mine, "title": "Von mir"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Von mir"' in page
    assert "Von ihr" in page
    issue.refresh_from_db()
    assert issue.title == "Von ihr"
    assert editor.post(at, {**mine, "title": "Von mir", "version": "2"}).status_code == 302
    issue.refresh_from_db()
    assert issue.title == "Von mir"


def test_a_mistake_in_between_does_not_hide_what_somebody_else_saved(editor, town):
    """The form that comes back with a complaint is still the one from before the other's words."""
    newsletter = a_newsletter()
    dated("Fest", days=2)
    issue = an_issue(newsletter)
    _issue, mine = draft(newsletter)
    at = f"{DESK}ausgaben/{issue.pk}/"
    editor.post(at, {**mine, "title": "Von jemand anderem"})
    page = editor.post(at, {**mine, "title": "", "preface": "Meine Worte"})
    assert page.status_code == 400
    again = re.search(r'name="version" value="(-?\d+)"', page.content.decode())[1]
    assert editor.post(at, {**mine, "version": again, "title": "Meine", "preface": "Meine Worte"}).status_code == 409
    issue.refresh_from_db()
    assert issue.title == "Von jemand anderem"


def test_offers_are_moved_added_and_never_taken_from_another_issue(editor, town):
    newsletter = a_newsletter()
    for title in ("Eins", "Zwei", "Drei"):
        dated(title, days=2)
    issue = an_issue(newsletter)
    order = list(issue.items.values_list("offer__title", flat=True))
    _issue, sent = draft(newsletter)
    at = f"{DESK}ausgaben/{issue.pk}/"
    second = issue.items.all()[1].pk
    editor.post(at, {**sent, "tun": f"hoch-{second}"})
    assert list(issue.items.values_list("offer__title", flat=True)) == [order[1], order[0], order[2]]
    later = dated("Später", days=60)
    editor.post(
        at, {**sent, "version": "2", "tun": "dazu", "angebot": f"https://x.example/angebote/{later.pk}-spaeter/"}
    )
    assert issue.items.get(offer=later).chosen
    editor.post(at, {**sent, "version": "3", "tun": "dazu", "angebot": "nichts"})
    foreign = an_issue(a_newsletter("Anderer")).items.first()
    editor.post(at, {**sent, "version": "4", "gezeigt": [str(foreign.pk)], "nimm": [], "tun": f"hoch-{foreign.pk}"})
    foreign.refresh_from_db()
    assert foreign.chosen
    assert issue.items.count() == 4


def test_what_is_planned_or_sent_cannot_be_changed_or_thrown_away(editor, town):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    dated("Fest", days=2)
    issue = an_issue(newsletter)
    _issue, sent = draft(newsletter)
    sending.plan(issue, at=NOW + timedelta(days=1), by=None, version=1)
    at = f"{DESK}ausgaben/{issue.pk}/"
    editor.post(at, {**sent, "title": "Geändert"})
    editor.post(f"{at}loeschen/")
    issue.refresh_from_db()
    assert issue.title != "Geändert"
    editor.post(f"{at}versand/", {"tun": "zurueck"})
    assert not Mailing.objects.exists()
    editor.post(f"{at}loeschen/")
    assert not Issue.objects.exists()


def test_a_newsletter_is_deleted_with_its_readers_and_issues_but_never_while_one_goes_out(editor, town, visitor):
    kept = a_newsletter(name="Bleibt")
    readers(kept, 1)
    newsletter = a_newsletter(name="Geht")
    readers(newsletter, 3)
    dated("Fest", days=2)
    issue = an_issue(newsletter)
    at = f"{DESK}{newsletter.pk}/loeschen/"
    sending.plan(issue, at=NOW + timedelta(days=1), by=None, version=1)
    assert editor.post(at).url == f"{DESK}ausgaben/{issue.pk}/"
    assert newsletter.readers.count() == 3
    Mailing.objects.all().delete()
    running = a_running_mailing(newsletter)
    assert editor.post(at).url == f"{DESK}ausgaben/{running.issue_id}/"
    write_all(running)
    Mailing.objects.update(state=Mailing.State.DONE)
    page = editor.get(at).content.decode()
    assert "die Adressen von 3 Leserinnen und Lesern" in page
    link = manage_token(newsletter.readers.first())
    assert editor.post(at).url == DESK
    assert list(Newsletter.objects.all()) == [kept]
    assert Reader.objects.count() == 1
    assert not Issue.objects.exists()
    assert editor.post(at).status_code == 404
    # Whoever presses “unsubscribe” in an old mail is thanked all the same.
    assert visitor("ahausen").post(f"/newsletter/abo/{link}/abmelden/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"when": "spaeter", "day": "2026-03-01", "hour": "09:00"}, "vorbei"),
        ({"when": "spaeter", "day": "", "hour": ""}, "Bitte füllen"),
        ({"when": "spaeter", "day": "2028-03-01", "hour": "09:00"}, "im nächsten Jahr"),
        ({"when": "jetzt", "version": "7"}, "inzwischen geändert"),
    ],
)
def test_a_plan_in_the_past_and_the_like_are_refused_with_a_sentence(editor, town, sent, said):
    newsletter = a_newsletter()
    readers(newsletter, 1)
    dated("Fest", days=2)
    issue = an_issue(newsletter)
    answer = editor.post(f"{DESK}ausgaben/{issue.pk}/senden/", {"version": "1", **sent})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Mailing.objects.exists()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://ahausen.localhost/angebote/?kategorie={topic}&seite=3&ansicht=karte", "kategorie={topic}"),
        ("kategorie={topic}", "kategorie={topic}"),
        ("", ""),
        ("/angebote/?kategorie=999999", None),
        ("https://www.example.org/", None),
    ],
)
def test_a_newsletter_tells_of_a_search_that_exists(editor, town, address, kept):
    topic = Category.objects.create(name="Familie").pk
    answer = editor.post(f"{DESK}neu/", {**SETTINGS, "address": address.format(topic=topic)})
    found = Newsletter.objects.first()
    assert answer.status_code == (400 if kept is None else 302)
    assert (found and found.query) == (kept and kept.format(topic=topic) if kept is not None else None) or kept == ""


def test_names_give_addresses_and_none_is_taken_twice(editor, town):
    for name in ("Abo", "Ärzte & Co.", "Ärzte Co", "!!!"):
        assert editor.post(f"{DESK}neu/", {**SETTINGS, "name": name}).status_code == 302
    assert list(Newsletter.objects.order_by("pk").values_list("slug", flat=True)) == [
        "abo-2", "aerzte-co", "aerzte-co-2", "newsletter",
    ]  # fmt: skip
    assert editor.post(f"{DESK}neu/", {**SETTINGS, "name": "Abo"}).status_code == 302, "a double click"
    assert Newsletter.objects.count() == 4
    Newsletter.objects.update(created_at=NOW - timedelta(hours=1))
    assert editor.post(f"{DESK}neu/", {**SETTINGS, "name": "Abo"}).status_code == 400


def test_a_list_from_the_browser(editor, town):
    newsletter = a_newsletter()
    file = SimpleUploadedFile(
        "leser.csv", b"Name;Mail\nAnna;anna@verein.de\nAnna;ANNA@verein.de\nBernd;bernd@gmial.com\n"
    )
    at = editor.post(f"{DESK}{newsletter.pk}/liste/", {"file": file, "text": "", "key": "abcdefgh12"}).url
    page = editor.get(at).content.decode()
    assert "bernd@gmail.com" in page
    assert not Reader.objects.exists()
    assert editor.post(at, {"consent": "liegt-vor", "evidence": ""}).status_code == 400
    for _press in range(2):
        editor.post(at, {"consent": "liegt-vor", "evidence": "Unterschriften vom Fest", "corrected": "on"})
    found = AddressList.objects.get()
    assert found.state == AddressList.State.TAKING
    assert "0 von 3" in editor.get(at).content.decode()
    refused = editor.post(f"{DESK}{newsletter.pk}/liste/", {"text": "niemand", "key": ""})
    assert refused.status_code == 400
    assert "keine E-Mail-Adresse" in refused.content.decode()


def test_drafts_that_made_themselves_and_requests_wait_on_the_desk(editor, town):
    newsletter = a_newsletter(admission="anfrage")
    dated("Fest", days=2)
    an_issue(newsletter, by=None)
    readers(newsletter, 1, beginning="fragt", state="asking")
    page = editor.get("/redaktion/").content.decode()
    assert "Newsletter liegt bereit" in page
    assert "fragt0@leute.example" in page
    assert {each.kind for each in work._sources} >= {"newsletter", "newsletter-anfrage"}


def test_the_pages_take_the_same_effort_however_many_readers_and_issues_there_are(editor, town):
    few, many = a_newsletter("Wenige"), a_newsletter("Viele")
    readers(few, 1)
    readers(many, 60, beginning="viele", source=Source.LIST)
    for newsletter, number in ((few, 1), (many, 8)):
        for _issue in range(number):
            a_running_mailing(newsletter)
    Mailing.objects.update(state=Mailing.State.DONE)
    found = []
    for newsletter in (few, many):
        numbers = []
        for path in (f"{DESK}{newsletter.pk}/", f"{DESK}{newsletter.pk}/leser/", newsletter.get_absolute_url()):
            editor.get(path)
            with CaptureQueriesContext(connection) as queries:
                editor.get(path)
            numbers.append(len(queries))
        found.append(numbers)
    assert found[0] == found[1]
    assert max(found[0]) < 40
    assert timezone.now() == NOW


def test_readers_leave_as_a_table_without_formulas(editor, town):
    newsletter = a_newsletter()
    readers(newsletter, 1, evidence="=1+1")
    table = editor.get(f"{DESK}{newsletter.pk}/leser/liste.csv").content.decode("utf-8-sig")
    assert "leserin0@leute.example" in table
    assert ";=1+1" not in table
