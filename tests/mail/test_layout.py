"""A mail as it leaves: text and HTML of the same words, the town's look and logo in it, its name before the address."""

import email
from email.policy import default
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from mail.answering import Sender, may_send_from, sender_line
from mail.bouncing.notices import says_gone
from mail.models import OutboxMessage
from mail.services import post_kind
from portal.preferences.models import Preferences
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.mail.servers import Inbox, smtp_server
from theming.models import Theme

VALUES = {"link": "https://x.example/konto/anmelden/"}


@pytest.fixture
def smtp(settings):
    with smtp_server(settings) as inbox:
        yield inbox


def sent(smtp: Inbox):
    """The only mail that went out, as whoever gets it takes it apart."""
    call_command("work", until_empty=True)
    assert len(smtp.letters) == 1
    return email.message_from_bytes(smtp.letters[0].encode(), policy=default)


def post(key: str = "people_signed_out", **fields) -> OutboxMessage | None:
    with inside(municipality("ahausen")):
        return post_kind(key, **{"to": "eva@example.org", "values": VALUES, **fields})


def a_logo() -> ContentFile:
    out = BytesIO()
    Image.new("RGBA", (480, 120), (200, 30, 30, 128)).save(out, "WEBP")
    return ContentFile(out.getvalue(), name="logo.webp")


def test_a_mail_is_text_and_html_with_the_logo_within(own_database, smtp):
    with inside(municipality("ahausen")):
        theme = Theme.objects.get()
        theme.logo.save("logo.webp", a_logo())
        Theme.objects.update(organisation="Stadt Ahausen", street="Am Markt 1", postcode="12345", city="Ahausen")
    post()
    mail = sent(smtp)
    assert mail.get_content_type() == "multipart/alternative"
    plain, related = mail.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert related.get_content_type() == "multipart/related"
    html, picture = related.iter_parts()
    assert html.get_content_type() == "text/html"
    assert (picture.get_content_type(), picture["Content-ID"]) == ("image/png", "<logo>")
    assert Image.open(BytesIO(picture.get_content())).size == (480, 120)
    page = html.get_content()
    assert 'src="cid:logo"' in page
    assert 'width="240" height="60"' in page
    for each in (plain.get_content(), page):
        assert "auf allen Geräten abgemeldet" in each
        assert "https://x.example/konto/anmelden/" in each
        assert "Stadt Ahausen, Am Markt 1, 12345 Ahausen" in each
    assert 'style="' in page
    assert "prefers-color-scheme" in page
    assert "http://ahausen.localhost" in page
    assert not [each for each in ("<script", "<link", "@import", "url(") if each in page]


def test_without_a_logo_the_name_stands_there_and_a_broken_file_stops_no_mail(own_database, smtp):
    with inside(municipality("ahausen")):
        theme = Theme.objects.get()
        Theme.objects.update(portal_name="<b>Ahausen & Co</b>")
        theme.refresh_from_db()
        theme.logo.save("logo.webp", a_logo())
        theme.logo.storage.delete(theme.logo.name)
    post()
    page = sent(smtp).get_body(("html",)).get_content()
    assert "&lt;b&gt;Ahausen &amp; Co&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "cid:" not in page


def test_markup_of_strangers_stays_words_in_the_mail(own_database, smtp):
    post("offer_approved", values={"title": "<script>alert(1)</script>", "link": "https://x.example/", "note": ""})
    mail = sent(smtp)
    assert "<script" not in mail.get_body(("html",)).get_content()
    assert "<script>alert(1)</script>" in mail.get_body(("plain",)).get_content()


def test_a_mail_in_arabic_reads_from_the_right(own_database, smtp):
    post("email_confirmation_signup", values={"activate_url": "https://x.example/"}, language="ar")
    assert '<html lang="ar" dir="rtl"' in sent(smtp).get_body(("html",)).get_content()


def test_what_somebody_else_wrote_is_forgotten_in_both_versions(own_database, smtp):
    values = {"title": "Yoga", "link": "", "name": "Eva", "email": "eva@example.org", "message": "Bitte vertraulich"}
    message = post("feedback_contact", values=values, fleeting=True)
    assert "Bitte vertraulich" in sent(smtp).get_body(("html",)).get_content()
    with inside(municipality("ahausen")):
        kept = OutboxMessage.objects.get(pk=message.pk)
    assert (kept.body, kept.html, kept.reply_to) == ("", "", "")


def test_mails_are_from_the_town_and_answers_go_where_it_said(own_database, smtp):
    with inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(mail_sender_name='Amt "für" Kälte, Ahausen', mail_reply_to="amt@ahausen.example")
    post()
    mail = sent(smtp)
    (sender,) = mail["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ('Amt "für" Kälte, Ahausen', "portal@localhost")
    assert mail["Reply-To"] == "amt@ahausen.example"


def test_the_address_stays_the_platforms_unless_the_operator_admits_the_domain(ahausen, settings):
    settings.DEFAULT_FROM_EMAIL = "Plattform <mail@platform.example>"
    with inside(ahausen):
        assert not may_send_from("amt@stadt.example")
        assert may_send_from("amt@platform.example")
        line = sender_line(Sender(name="Stadt", address="amt@stadt.example"))
        assert line == '"Stadt" <mail@platform.example>', "a domain that is admitted no longer is not used"
        settings.MAIL_FROM_DOMAINS = frozenset({"stadt.example"})
        assert sender_line(Sender(name="Stadt", address="amt@Stadt.example")) == '"Stadt" <amt@Stadt.example>'
        assert "\n" not in sender_line(Sender(name="Stadt\nBcc: alle@example.org"))


def test_the_operators_mails_have_a_plain_look(own_database, smtp):
    with inside_public():
        post_kind("password_reset_key", to="op@example.org", values={"password_reset_url": "https://x.example/"})
    page = sent(smtp).get_body(("html",)).get_content()
    assert "localhost" in page


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("550 5.1.1 no such user", True),
        ("550 User unknown", True),
        ("550 5.7.1 blocked", False),
        ("550 blocked using zen.spamhaus.org", False),
        ("552 5.2.2 mailbox full", False),
        ("451 4.1.1 unknown for now", False),
    ],
)
def test_only_words_that_say_so_mean_that_there_is_no_mailbox(said, gone):
    assert says_gone(said) is gone
