"""Subscribing, confirming, changing and ending by the links in the mails."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.utils import timezone

from mail.models import OutboxMessage
from portal.feedback import spam
from portal.subscriptions.models import State, Subscription
from portal.subscriptions.tokens import confirm_token, manage_token
from tenants.running.context import inside
from tests.factories import an_offer


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def ask(portal, ahausen, email="a@example.org", search="q=yoga", **more):
    with inside(ahausen), time_machine.travel(timezone.now() - timedelta(seconds=30), tick=False):
        token = spam.new_token()
    data = {"email": email, "frequency": "taeglich", "search": search, spam.TOKEN: token, spam.HONEYPOT: "", **more}
    return portal.post("/angebote/abo/", data)


def links(ahausen, path):
    with inside(ahausen):
        bodies = "\n".join(OutboxMessage.objects.values_list("body", flat=True))
    return re.findall(rf"http://\S+?(/angebote/abo/{path}\S*)", bodies)


def test_the_search_stands_in_words_and_no_cookie_is_set(portal):
    answer = portal.get("/angebote/abo/?q=Yoga&kostenfrei=1&seite=x&kategorie=999")
    text = answer.content.decode()
    assert "„Yoga“" in text
    assert "kostenfrei" in text
    assert "999" in text
    assert not answer.cookies


def test_double_opt_in_from_the_form_to_the_end(portal, ahausen):
    assert ask(portal, ahausen).url == "/angebote/abo/gesendet/"
    [link] = links(ahausen, "bestaetigen/")
    assert portal.get(link).status_code == 200
    with inside(ahausen):
        assert Subscription.objects.get().state == State.PENDING, "opening the link alone must not confirm"
    manage = portal.post(link).url
    assert "läuft" in portal.get(manage).content.decode()
    portal.post(manage, {"wunsch": "rhythmus", "frequency": "woechentlich"})
    with inside(ahausen):
        assert Subscription.objects.get().frequency == "woechentlich"
    portal.post(manage, {"wunsch": "pausieren"})
    assert "ruht" in portal.get(manage).content.decode()
    portal.post(manage, {"wunsch": "fortsetzen"})
    assert portal.get(f"{manage}abmelden/").status_code == 200
    with inside(ahausen):
        assert Subscription.objects.count() == 1, "opening the link alone must not unsubscribe"
    answer = portal.post(f"{manage}abmelden/", {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    with inside(ahausen):
        assert not Subscription.objects.exists()
    assert portal.post(f"{manage}abmelden/").status_code == 200
    assert portal.get(manage).status_code == 404


def test_the_answer_is_the_same_for_known_and_unknown_addresses(portal, ahausen):
    first = ask(portal, ahausen)
    with inside(ahausen):
        Subscription.objects.update(state=State.ACTIVE, confirmed_at=timezone.now(), due_at=timezone.now(),
                                    expires_at=timezone.now() + timedelta(days=9), mailed_at=None)  # fmt: skip
    again = ask(portal, ahausen, search="q=yoga&ansicht=karte")
    other = ask(portal, ahausen, email="neu@example.org")
    assert {first.url, again.url, other.url} == {"/angebote/abo/gesendet/"}
    with inside(ahausen):
        assert Subscription.objects.count() == 2


def test_a_confirmation_is_not_sent_again_and_again(portal, ahausen):
    for _number in range(4):
        ask(portal, ahausen)
    with inside(ahausen):
        assert OutboxMessage.objects.count() == 1


def test_machines_are_refused_and_told_so(portal, ahausen):
    assert ask(portal, ahausen, homepage="x").status_code == 200
    assert ask(portal, ahausen, zeit=TimestampSigner(salt="other").sign("form")).status_code == 200
    assert ask(portal, ahausen, email="keine adresse").status_code == 200
    with inside(ahausen):
        assert not Subscription.objects.exists()


def test_an_advertisement_in_the_search_reaches_no_stranger(portal, ahausen):
    ask(portal, ahausen, search="q=gewinne+www.casino-xy.example")
    with inside(ahausen):
        assert "casino" not in OutboxMessage.objects.get().body


def test_a_link_of_one_municipality_is_worth_nothing_in_another(ahausen, bedorf, visitor):
    with inside(ahausen):
        there = Subscription.objects.create(email="a@example.org", created_at=timezone.now())
        token, confirming = manage_token(there), confirm_token(there)
    assert visitor("bedorf").get(f"/angebote/abo/{token}/").status_code == 404
    assert visitor("bedorf").post(f"/angebote/abo/bestaetigen/{confirming}/").status_code == 404


def test_a_confirmation_link_is_good_for_two_days(portal, ahausen):
    ask(portal, ahausen)
    [link] = links(ahausen, "bestaetigen/")
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        assert portal.post(link).status_code == 404
    assert portal.post(link + "x").status_code == 404


def test_the_news_can_be_stopped_with_one_press_in_the_mail_program(portal, ahausen):
    from portal.subscriptions import services

    ask(portal, ahausen, search="")
    portal.post(links(ahausen, "bestaetigen/")[0])
    with inside(ahausen):
        an_offer(title="Yoga am Abend", published_at=timezone.now())
        later = timezone.now() + timedelta(days=2)
        [(pk, found)] = services.due_with_news(later).items()
        services.tell_news(pk, found, now=later)
        message = OutboxMessage.objects.order_by("pk").last()
    assert "Yoga am Abend" in message.body
    assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.headers["List-Unsubscribe"].strip("<>").split("localhost", 1)[1].partition("/")[2]
    assert portal.post(f"/{address}").status_code == 200
    with inside(ahausen):
        assert not Subscription.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "ü" * 300])
def test_junk_for_a_token_is_a_polite_404(portal, token):
    assert portal.get(f"/angebote/abo/{token}/").status_code == 404
