"""Machines stay out, people get through, and nobody can be recognised afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from mail.models import OutboxMessage
from portal.feedback import spam
from portal.feedback.models import Counter, Salt
from portal.feedback.retention import apply_rules
from tenants.running.context import inside


def _token(where, age):
    with inside(where), time_machine.travel(timezone.now() - age):
        return spam.new_token()


def _mails(where):
    with inside(where):
        return OutboxMessage.objects.count()


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=1), "Das ging sehr schnell."),
        (timedelta(hours=25), "Das Formular war zu lange offen."),
    ],
)
def test_too_quick_and_too_old_forms_come_back_with_their_text(ahausen, offer, portal, letter, age, words):
    came = _token(ahausen, age)
    page = portal.post(f"{offer.get_absolute_url()}kontakt/", {**letter, "zeit": came}).content.decode()
    assert words in page
    assert "ist noch ein Platz frei?" in page
    assert _mails(ahausen) == 0
    # The quick one keeps its time, so that a second try succeeds; the old one gets a new one.
    assert (came in page) == (age < timedelta(minutes=1))


def test_a_time_of_another_municipality_or_a_made_up_one_is_worth_nothing(ahausen, bedorf, offer, portal, letter):
    for forged in (_token(bedorf, timedelta(minutes=1)), "", "form:abc:def", "\0"):
        page = portal.post(f"{offer.get_absolute_url()}kontakt/", {**letter, "zeit": forged}).content.decode()
        assert "zu lange offen" in page
    assert _mails(ahausen) == 0


def test_the_hidden_field_stops_a_machine_and_is_empty_for_a_second_try(ahausen, offer, portal, letter):
    page = portal.post(f"{offer.get_absolute_url()}kontakt/", {**letter, "homepage": "https://spam.example"})
    assert "Ein Feld, das leer bleiben muss" in page.content.decode()
    assert "spam.example" not in page.content.decode()
    assert _mails(ahausen) == 0


def test_pressing_twice_sends_once_and_tells_the_same(ahausen, offer, portal, letter):
    path = f"{offer.get_absolute_url()}kontakt/"
    assert [portal.post(path, letter).url for _time in range(6)] == [f"{path}danke/"] * 6
    assert _mails(ahausen) == 1


def test_what_could_not_be_delivered_may_be_sent_again(ahausen, offer, visitor, letter):
    path = f"{offer.get_absolute_url()}kontakt/"
    broken = visitor("ahausen")
    broken.raise_request_exception = False
    with inside(ahausen), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mail_outboxmessage RENAME COLUMN subject TO lost")
        assert broken.post(path, letter).status_code == 500
        cursor.execute("ALTER TABLE mail_outboxmessage RENAME COLUMN lost TO subject")
    assert broken.post(path, letter).status_code == 302
    assert _mails(ahausen) == 1


def test_who_was_stopped_by_a_limit_and_tries_the_same_text_again_is_told_the_truth(ahausen, offer, portal, letter):
    path = f"{offer.get_absolute_url()}kontakt/"
    for number in range(spam.PER_NETWORK_HOUR):
        portal.post(path, {**letter, "message": f"Frage {number}"})
    assert [portal.post(path, letter).status_code for _time in range(2)] == [200, 200]
    assert _mails(ahausen) == spam.PER_NETWORK_HOUR


def test_one_network_writes_so_often_and_no_more_while_others_still_can(ahausen, offer, portal, letter):
    path = f"{offer.get_absolute_url()}kontakt/"
    for number in range(spam.PER_NETWORK_HOUR):
        assert portal.post(path, {**letter, "message": f"Frage {number}"}, REMOTE_ADDR="192.0.2.7").status_code == 302
    blocked = portal.post(path, {**letter, "message": "Zu viel"}, REMOTE_ADDR="192.0.2.99")
    assert blocked.status_code == 200
    assert "Aus Ihrem Netz kamen zu viele Nachrichten" in blocked.content.decode()
    assert "Zu viel" in blocked.content.decode()
    assert "0681 12" in blocked.content.decode()
    assert portal.post(path, {**letter, "message": "Zu viel"}, REMOTE_ADDR="198.51.100.1").status_code == 302
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        later = {**letter, "message": "Später", "zeit": _token(ahausen, timedelta(minutes=1))}
        assert portal.post(path, later, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_the_same_text_reaches_three_providers_and_no_fourth(ahausen, offer, portal, letter):
    from tests.factories import a_provider

    with inside(ahausen):
        others = [a_provider(email=f"v{number}@example.org").get_absolute_url() for number in range(4)]
    codes = [
        portal.post(f"{path}kontakt/", letter, REMOTE_ADDR=f"203.0.{number}.1").status_code
        for number, path in enumerate(others)
    ]
    assert codes == [302, 302, 302, 200]


def test_neither_address_nor_text_stands_anywhere_and_the_salt_goes_every_day(ahausen, offer, portal, letter):
    portal.post(f"{offer.get_absolute_url()}kontakt/", letter, REMOTE_ADDR="192.0.2.7")
    with inside(ahausen):
        keys = list(Counter.objects.values_list("key", flat=True))
        assert keys
        assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in keys)
        yesterday = Salt.objects.get().value
        tomorrow = timezone.now() + timedelta(days=1)
        with time_machine.travel(tomorrow):
            spam._count("hour", "192.0.2.0/24", window=spam.HOUR)
            assert Salt.objects.get().value != yesterday
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            apply_rules()
            assert not Counter.objects.exists()
            assert not Salt.objects.exists()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2ff:a::1", "2001:db8:1:200::/56"),
        ("unsinn", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_network_is_coarse(address, network):
    assert spam.network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_behind_the_proxy_the_visitors_network_counts_and_what_they_claim_does_not(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 192.0.2.7")
    assert spam.network_of(request) == "192.0.2.0/24"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Ich komme um 9.30 Uhr, z.B. mit Frau Dr. Muster", 0),
        ("Meine Adresse ist eva@example.de", 0),
        ("https://a.example und www.b.de und casino.xyz", 3),
        ("[url=https://a.example]hier[/url]", 1),
    ],
)
def test_links_are_counted_as_people_write_them(text, links):
    assert spam.links_in(text) == links


JUNK = ["\0", "x" * 100_000, "' OR 1=1 --", "<script>alert(1)</script>", "\u202e ﷽ 𝕏", "%s%n{{7*7}}", "-1"]


@pytest.mark.parametrize("piece", JUNK, ids=range(len(JUNK)))
def test_junk_in_any_field_is_never_an_error_of_ours(ahausen, offer, portal, token, piece):
    start = offer.get_absolute_url()
    for path in (f"{start}kontakt/", f"{start}melden/", "/kontakt/schreiben/", "/barrierefreiheit/melden/"):
        for name in ("message", "name", "email", "topic", "page", "zeit", "homepage"):
            data = {"message": "Hallo", "name": "E", "email": "e@example.org", "zeit": token, name: piece}
            answer = portal.post(path, data)
            assert answer.status_code in {200, 302}
            assert b"<script>alert" not in answer.content
