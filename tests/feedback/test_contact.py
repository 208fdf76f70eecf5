"""Writing to a provider: the message arrives, the address stays hidden, nothing is kept."""

import pytest
from django.core.management import call_command
from django.test import Client

from mail.models import OutboxMessage
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.mail.letters import a_letter


def outbox(ahausen):
    with inside(ahausen):
        return list(OutboxMessage.objects.order_by("id"))


def test_the_message_goes_to_the_contact_of_the_offer_with_the_senders_address_for_the_answer(
    ahausen, offer, portal, letter
):
    path = f"{offer.get_absolute_url()}kontakt/"
    page = portal.get(path).content.decode()
    assert "Sprachhaus" in page
    assert "sprachhaus.example" not in page
    answer = portal.post(path, letter)
    assert (answer.status_code, answer.url) == (302, f"{path}danke/")
    (mail,) = outbox(ahausen)
    assert (mail.to, mail.reply_to, mail.fleeting) == ("muster@sprachhaus.example", "eva@example.org", True)
    assert mail.subject == "Nachricht zu „Sprachcafé“ über Portal Ahausen"
    for words in ("ist noch ein Platz frei?", "Eva Muster", f"http://ahausen.localhost:8000{offer.get_absolute_url()}"):
        assert words in mail.body, words
    thanks = portal.get(answer.url).content.decode()
    assert "Ihre Nachricht ist unterwegs." in thanks
    assert "Kopie konnten wir" not in thanks


def test_a_provider_is_written_to_where_the_offer_has_no_contact_of_its_own(ahausen, offer, portal, letter):
    with inside(ahausen):
        other = an_offer(provider=offer.provider)
    portal.post(f"{other.get_absolute_url()}kontakt/", letter)
    portal.post(f"{offer.provider.get_absolute_url()}kontakt/", letter)
    assert [mail.to for mail in outbox(ahausen)] == ["haus@sprachhaus.example"] * 2


def test_without_any_address_the_page_gives_the_phone_number(ahausen, portal):
    with inside(ahausen):
        provider = a_provider(phone="0681 5060")
    page = portal.get(f"{provider.get_absolute_url()}kontakt/").content.decode()
    assert "keine E-Mail-Adresse bekannt" in page
    assert "tel:+496815060" in page
    assert "<textarea" not in page


def test_no_visit_sets_a_cookie_or_needs_one(ahausen, offer, letter, settings):
    strict = Client(HTTP_HOST="ahausen.localhost", enforce_csrf_checks=True)
    for path in (
        f"{offer.get_absolute_url()}kontakt/",
        f"{offer.get_absolute_url()}melden/",
        "/kontakt/schreiben/",
        "/barrierefreiheit/melden/",
    ):
        page = strict.get(path)
        assert page.status_code == 200
        assert not page.cookies
        assert "csrfmiddlewaretoken" not in page.content.decode()
    answer = strict.post(f"{offer.get_absolute_url()}kontakt/", letter)
    assert answer.status_code == 302
    assert not answer.cookies


def test_a_copy_goes_out_once_a_day_and_never_with_a_link(ahausen, offer, portal, letter):
    path = f"{offer.get_absolute_url()}kontakt/"
    assert portal.post(path, {**letter, "copy": "on"}).url == f"{path}danke/"
    copy = outbox(ahausen)[-1]
    assert (copy.to, copy.reply_to, copy.fleeting) == ("eva@example.org", "", True)
    assert "Eva Muster" not in copy.body
    again = portal.post(path, {**letter, "copy": "on", "message": "Noch etwas"})
    assert again.url == f"{path}danke/?kopie=nein"
    assert "Kopie konnten wir" in portal.get(again.url).content.decode()
    linked = {**letter, "copy": "on", "email": "b@example.org", "message": "Siehe https://boese.example/"}
    assert portal.post(path, linked).url == f"{path}danke/?kopie=nein"
    assert [mail.to for mail in outbox(ahausen)].count("eva@example.org") == 1
    assert [mail.to for mail in outbox(ahausen)].count("b@example.org") == 0


def test_the_text_is_gone_as_soon_as_the_mail_is_delivered(own_database, settings):

    settings.EMAIL_BACKEND = "operations.postbox.PostboxBackend"
    with inside(municipality("ahausen")):
        a_letter(to="a@example.org", subject="x", body="geheim", reply_to="eva@example.org", fleeting=True)
        a_letter(to="a@example.org", subject="x", body="offen")
    call_command("work", until_empty=True)
    with inside(municipality("ahausen")):
        assert [(m.state, m.body, m.reply_to) for m in OutboxMessage.objects.order_by("id")] == [
            ("sent", "", ""),
            ("sent", "offen", ""),
        ]


@pytest.mark.parametrize(
    "junk",
    [
        {"name": "Eva\r\nBcc: alle@example.org"},
        {"email": "eva@example.org\nBcc: alle@example.org"},
        {"email": "keine Adresse"},
        {"message": ""},
        {"message": "x" * 3001},
        {"name": "x" * 101},
        {"message": "a\0b"},
        {"message": "http://a.example http://b.example www.c.example"},
    ],
)
def test_what_cannot_be_sent_stays_in_the_form_with_a_reason(ahausen, offer, portal, letter, junk):
    answer = portal.post(f"{offer.get_absolute_url()}kontakt/", {**letter, **junk})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "field__error" in page
    assert outbox(ahausen) == []
    if "message" not in junk:
        assert "ist noch ein Platz frei?" in page


@pytest.mark.parametrize("what", ["kontakt", "melden", "kontakt/danke", "melden/danke"])
def test_what_is_not_public_cannot_be_written_to(ahausen, offer, portal, letter, what):
    with inside(ahausen):
        hidden = an_offer(state="draft")
    assert portal.get(f"{hidden.get_absolute_url()}{what}/").status_code == 404
    assert portal.post(f"{hidden.get_absolute_url()}{what}/", letter).status_code in {404, 405}
    assert portal.get(f"/angebote/999999999999999999-x/{what}/").status_code == 404


def test_a_wrong_slug_leads_to_the_right_form(offer, portal):
    answer = portal.get(f"/angebote/{offer.pk}-anders/kontakt/")
    assert (answer.status_code, answer.url) == (301, f"{offer.get_absolute_url()}kontakt/")
    answer = portal.get(f"/anbieter/{offer.provider.pk}-anders/melden/")
    assert (answer.status_code, answer.url) == (301, f"{offer.provider.get_absolute_url()}melden/")
