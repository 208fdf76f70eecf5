"""Programs that scan mail open every link. None of that confirms, ends or changes anything; one POST ends it."""

import re
from html import unescape

import pytest
import time_machine
from django.core import mail

from mail import tasks
from mail.models import OutboxMessage
from portal.feedback import spam
from portal.newsletter import letters
from portal.newsletter import readers as verbs
from portal.newsletter.models import Audience, Left, Newsletter, Reader, State
from portal.newsletter.models.readers import CONFIRM_WITHIN
from portal.newsletter.tokens import confirm_token, manage_token
from tenants.running.context import inside
from tests.newsletter.town import NOW, a_newsletter, a_running_mailing, dated, readers, write_all

ADDRESS = re.compile(r"https?://[^\s<>\"')]+")
LINK = re.compile(r"(?:href|src|action)=\"([^\"]+)\"")


@pytest.fixture
def portal(ahausen, visitor):
    with time_machine.travel(NOW, tick=False):
        yield visitor("ahausen")


def everything_about(where):
    with inside(where):
        return (
            sorted(Reader.objects.values_list("email", "state", "confirmed_at", "language")),
            Left.objects.count(),
            OutboxMessage.objects.count(),
        )


def paths_in(text):
    """Ours, of whatever host they name."""
    found = {re.sub(r"^https?://[^/]+", "", each) for each in ADDRESS.findall(text)}
    found |= {each for each in LINK.findall(unescape(text)) if each.startswith("/") and not each.startswith("//")}
    return {each for each in found if each.startswith("/newsletter/")}


def scan(portal, text, depth=3):
    """Open what a scanner finds, and what stands on the pages behind it, by every method that asks for a page."""
    seen, waiting = set(), paths_in(text)
    for _step in range(depth):
        fresh, waiting = waiting - seen, set()
        for path in sorted(fresh):
            seen.add(path)
            for ask in (portal.get, portal.head, portal.options):
                answer = ask(path)
                assert not answer.cookies
                waiting |= paths_in(answer.content.decode())
                waiting |= paths_in(f'href="{answer.headers.get("Location", "")}"')
    return seen


def whole(message):
    """What leaves the house: every header line, both texts."""
    raw = message.message()
    parts = [part.get_payload(decode=True).decode() for part in raw.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in raw.items()), *parts])


def deliver(where):
    with inside(where):
        for pk in OutboxMessage.objects.waiting().values_list("pk", flat=True):
            tasks.deliver_later(pk)
    sent = [whole(each) for each in mail.outbox]
    mail.outbox.clear()
    return sent


def test_a_scanner_that_follows_every_link_ends_nothing_and_one_post_does(portal, ahausen):
    with inside(ahausen):
        newsletter = a_newsletter()
        readers(newsletter, 2)
        dated("Fest", days=2)
        write_all(a_running_mailing(newsletter))
    sent = deliver(ahausen)
    before = everything_about(ahausen)
    seen = scan(portal, "\n".join(sent))
    assert len([path for path in seen if path.endswith("/abmelden/")]) == 2
    assert any(re.fullmatch(r"/newsletter/neues-fuer-familien/\d+/", path) for path in seen), "the archive was read too"
    assert everything_about(ahausen) == before
    text = next(each for each in sent if "To: leserin0@leute.example" in each)
    [stop] = re.findall(r"List-Unsubscribe: <https?://[^/]+(\S+)>", text)
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in text
    answer = portal.post(stop, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, bool(answer.cookies)) == (200, False)
    with inside(ahausen):
        assert Reader.objects.get().email == "leserin1@leute.example"
    assert portal.post(stop).status_code == 200, "once more is thanked for too"
    assert portal.get(stop).status_code == 404


def test_a_scanner_confirms_nobody_and_the_button_does(portal, ahausen):
    with inside(ahausen):
        verbs.subscribe(a_newsletter(), "anna@leute.example", language="de", now=NOW)
    [text] = deliver(ahausen)
    assert "List-Unsubscribe" not in text, "there is nothing to end yet"
    before = everything_about(ahausen)
    seen = scan(portal, text)
    assert everything_about(ahausen) == before
    [link] = [path for path in seen if "/bestaetigen/" in path and "?" not in path]
    onward = portal.post(link).url
    assert "nächsten Ausgabe" in portal.get(onward).content.decode()
    with inside(ahausen):
        assert Reader.objects.get().state == State.ACTIVE
    assert portal.post(link).url == onward, "twice is once"


def ask(portal, ahausen, email="anna@leute.example", slug="neues-fuer-familien", **more):
    with inside(ahausen), time_machine.travel(NOW.timestamp() - 30, tick=False):
        token = spam.new_token()
    return portal.post(
        f"/newsletter/{slug}/abonnieren/", {"email": email, spam.TOKEN: token, spam.HONEYPOT: "", **more}
    )


def test_from_the_form_to_the_end(portal, ahausen):
    with inside(ahausen):
        a_newsletter()
    assert portal.get("/newsletter/neues-fuer-familien/abonnieren/").status_code == 200
    first, again = ask(portal, ahausen), ask(portal, ahausen, email=" ANNA@leute.example ")
    assert first.url == again.url == "/newsletter/gesendet/"
    assert portal.get(first.url).status_code == 200
    with inside(ahausen):
        reader = Reader.objects.get()
        assert OutboxMessage.objects.count() == 1, "a second press within a quarter of an hour sends nothing"
        confirm, manage = confirm_token(reader), manage_token(reader)
    assert portal.get(f"/newsletter/abo/{manage}/").status_code == 404, "nothing to manage before it is confirmed"
    portal.post(f"/newsletter/bestaetigen/{confirm}/")
    assert portal.get(f"/newsletter/abo/{manage}/").status_code == 200
    assert portal.post(f"/newsletter/abo/{manage}/abmelden/").status_code == 200
    with inside(ahausen):
        assert not Reader.objects.exists()
        assert Left.objects.count() == 1
        assert "anna" not in str(list(Left.objects.values())), "the address is not kept"


def test_who_comes_back_is_welcome(portal, ahausen):
    with inside(ahausen):
        newsletter = a_newsletter()
        [reader] = readers(newsletter, 1)
        verbs.end(reader, now=NOW)
        verbs.subscribe(newsletter, reader.email, language="de", now=NOW)
        verbs.confirm(Reader.objects.get(), now=NOW)
        assert not Left.objects.exists()


def test_known_addresses_get_another_mail_and_the_page_says_the_same(portal, ahausen):
    with inside(ahausen):
        readers(a_newsletter(), 1)
    assert ask(portal, ahausen, email="leserin0@leute.example").url == "/newsletter/gesendet/"
    with inside(ahausen):
        assert OutboxMessage.objects.get().kind == "newsletter_exists"


def test_machines_are_refused(portal, ahausen):
    with inside(ahausen):
        a_newsletter()
    assert ask(portal, ahausen, homepage="x").status_code == 200
    assert ask(portal, ahausen, email="keine adresse").status_code == 200
    with inside(ahausen):
        assert not Reader.objects.exists()


def test_a_link_is_good_for_a_week_and_in_one_town(portal, ahausen, bedorf, visitor):
    with inside(ahausen):
        verbs.subscribe(a_newsletter(), "anna@leute.example", language="de", now=NOW)
        reader = Reader.objects.get()
        confirm, manage = confirm_token(reader), manage_token(reader)
    assert visitor("bedorf").post(f"/newsletter/bestaetigen/{confirm}/").status_code == 404
    assert visitor("bedorf").post(f"/newsletter/abo/{manage}/abmelden/").status_code == 200
    assert portal.post(f"/newsletter/bestaetigen/{manage}/").status_code == 404, "the link below every mail is none"
    with time_machine.travel(NOW + CONFIRM_WITHIN, tick=False), inside(ahausen):
        assert portal.post(f"/newsletter/bestaetigen/{confirm}x/").status_code == 404
        assert verbs.forget_unconfirmed(NOW + CONFIRM_WITHIN) == 1
    assert portal.post(f"/newsletter/bestaetigen/{confirm}/").status_code == 404
    with inside(ahausen):
        assert not Reader.objects.exists()


def test_on_request_somebody_decides_and_nobody_is_admitted_twice(portal, ahausen):
    with inside(ahausen):
        newsletter = a_newsletter("Fachkräfte", slug="fachkraefte", admission="anfrage")
        for name in ("anna", "bernd"):
            verbs.subscribe(newsletter, f"{name}@leute.example", language="de", now=NOW)
            verbs.confirm(Reader.objects.get(email=f"{name}@leute.example"), now=NOW)
        assert not newsletter.readers.getting().exists()
        anna, bernd = Reader.objects.order_by("email")
        assert [verbs.admit(anna, by=None) for _press in range(2)] == [True, False]
        assert verbs.refuse(bernd, by=None)
        assert not verbs.refuse(anna, by=None), "she was admitted"
        assert [each.email for each in newsletter.readers.getting()] == ["anna@leute.example"]
        kinds = list(OutboxMessage.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["newsletter_confirm"] * 2 + ["newsletter_admitted", "newsletter_refused"]


def test_without_a_newsletter_there_is_no_page(portal, ahausen):
    assert portal.get("/newsletter/").status_code == 404
    with inside(ahausen):
        newsletter = a_newsletter(active=False)
        readers(newsletter, 1)
    assert portal.get("/newsletter/").status_code == 404
    with inside(ahausen):
        a_running_mailing(newsletter)
    assert portal.get("/newsletter/").status_code == 200, "its archive stays"
    assert portal.get("/newsletter/neues-fuer-familien/abonnieren/").status_code == 404


def test_newsletters_for_professionals_stand_below_a_heading_of_their_own_with_their_contact(portal, ahausen):
    with inside(ahausen):
        a_newsletter()
        fields = {"audience": Audience.PROFESSIONALS, "contact": "Runder Tisch", "contact_email": "tisch@amt.example"}
        a_newsletter("Frühe Hilfen", slug="fruehe-hilfen", admission="anfrage", **fields)
        a_newsletter("Rundbrief Kita", slug="kita", **fields)
        assert [each.slug for each in Newsletter.objects.offered().for_professionals()] == ["fruehe-hilfen", "kita"]
    page = portal.get("/newsletter/").content.decode()
    everybody, _heading, professionals = page.partition("Für Fachkräfte</h2>")
    assert "Neues für Familien" in everybody
    for each in ("Frühe Hilfen", "Rundbrief Kita"):
        assert each not in everybody
        assert each in professionals
    for path in ("/newsletter/kita/", "/newsletter/kita/abonnieren/"):
        page = portal.get(path).content.decode()
        assert "Runder Tisch" in page
        assert "mailto:tisch@amt.example" in page


def test_an_issue_is_public_once_it_is_sent_and_only_where_the_archive_is(portal, ahausen):
    with inside(ahausen):
        newsletter = a_newsletter()
        readers(newsletter, 1)
        dated("Sommerfest", days=2)
        issue = a_running_mailing(newsletter).issue
        path = issue.get_absolute_url()
    page = portal.get(path).content.decode()
    assert "Sommerfest" in page
    assert "Guten Tag!" in page
    assert portal.get(path.replace("familien", "anderen")).status_code == 404
    with inside(ahausen):
        type(issue).objects.update(published_at=None)
    assert portal.get(path).status_code == 404
    with inside(ahausen):
        type(issue).objects.update(published_at=NOW)
        Newsletter.objects.update(archived=False)
    assert portal.get(path).status_code == 404


def test_the_letters_of_the_room_are_written_in_the_language_of_their_reader(ahausen):
    with inside(ahausen):
        verbs.subscribe(a_newsletter(), "anna@leute.example", language="en", now=NOW)
        message = OutboxMessage.objects.get(kind=letters.CONFIRM)
    assert message.subject.startswith("Please confirm")
