"""The pages of webhooks: addresses inside are refused, the key is shown once, the log tells and sends again."""

import pytest

from audit.models import Entry
from core.access import Role
from portal.webhooks.models import Delivery, Hook
from tenants.running.context import inside
from tests.factories import an_offer
from tests.webhooks.test_webhooks import a_hook, told

HERE = "/redaktion/webhooks/"


@pytest.mark.parametrize(
    "url",
    ["http://x.example/", "https://localhost/", "https://127.0.0.1/", "https://10.1.2.3/x", "https://[::1]/",
     "https://x.example:99999/", "https://x.example:0/",
     "https://169.254.169.254/latest", "https://db/", "https://drucker.local/", "https://a:b@x.example/", "ftp://x.example",
     "https://", "x", "javascript:alert(1)", "https://" + "x" * 500 + ".example/"],
)  # fmt: skip
def test_addresses_inside_are_refused_at_entry(ahausen, signed_in, url):
    client = signed_in(ahausen, Role.ADMIN)
    answer = client.post(f"{HERE}neu/", {"url": url, "events": ["ended"], "active": "on"})
    assert answer.status_code == 400
    assert "url" in answer.context["form"].errors
    with inside(ahausen):
        assert not Hook.objects.exists()


def test_the_key_is_shown_once_and_can_be_made_anew(ahausen, signed_in):
    client = signed_in(ahausen, Role.ADMIN)
    answer = client.post(f"{HERE}neu/", {"url": "https://x.example/h", "events": ["published"], "active": "on"})
    first = answer.context["secret"]
    assert first in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    with inside(ahausen):
        hook = Hook.objects.get()
        assert (hook.secret, hook.events) == (first, ["published"])
        assert first not in hook.sealed_secret
    assert first not in client.get(f"{HERE}{hook.pk}/").content.decode()
    second = client.post(f"{HERE}{hook.pk}/schluessel/").context["secret"]
    assert second != first
    with inside(ahausen):
        hook.refresh_from_db()
        assert hook.secret == second
        actions = set(Entry.objects.values_list("action", flat=True))
        assert {"webhook.added", "webhook.renewed"} <= actions
        assert second not in str(list(Entry.objects.values_list("changes", flat=True)))


def test_the_same_address_twice_is_refused(ahausen, signed_in):
    client = signed_in(ahausen, Role.ADMIN)
    said = {"url": "https://x.example/h", "events": ["published"], "active": "on"}
    assert client.post(f"{HERE}neu/", said).status_code == 200
    assert client.post(f"{HERE}neu/", said).status_code == 400


def test_the_log_shows_what_became_of_each_message_and_sends_it_again(ahausen, signed_in):
    client = signed_in(ahausen, Role.ADMIN)
    with inside(ahausen):
        hook = a_hook("https://x.example/h")
        an_offer(title="Yoga")
        told()
        row = Delivery.objects.get()
        Delivery.objects.update(state="failed", attempts=10, error="HTTP 500")
    page = client.get(f"{HERE}{hook.pk}/").content.decode()
    assert "Yoga: wird öffentlich" in page
    assert "HTTP 500" in page
    assert client.post(f"{HERE}{hook.pk}/{row.pk}/erneut/").status_code == 302
    with inside(ahausen):
        row.refresh_from_db()
        assert (row.state, row.attempts) == ("waiting", 0)
    assert client.post(f"{HERE}{hook.pk}/probe/").status_code == 302
    with inside(ahausen):
        assert Delivery.objects.filter(event="").count() == 1
    assert client.post(f"{HERE}{hook.pk}/loeschen/").status_code == 302
    with inside(ahausen):
        assert not Hook.objects.exists()
        assert not Delivery.objects.exists()
