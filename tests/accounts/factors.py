"""Second factors for tests: what an app on a telephone would show, and a town that asks for one."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.conftest import PASSWORD

PAGE = "/konto/sicherheit/zweiter-faktor/"


def demand(where, rule="editors"):
    """Let the municipality ask for a second factor; by default as every new one does."""
    with inside(where):
        Preferences.objects.update(second_factor=rule)


def code_of(secret):
    """What the app shows now. In the last moments of a code one waits for the next, as a person would: what the server
    gets after the change is wrong."""
    left = 30 - time.time() % 30
    if left < 4:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def prove(client):
    """Give the password once more where a page asks for it; returns the answer that follows."""
    return client.post("/konto/sicherheit/bestaetigen/?next=" + PAGE, {"password": PASSWORD})


def set_up_app(client):
    """Set up an app as a person would, and return its secret."""
    prove(client)
    page = client.get(PAGE + "app/").content.decode()
    secret = re.search(r'class="secret">(?:<[^>]+>)*([A-Z2-7]{32})', page)[1]
    answer = client.post(PAGE + "app/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return secret


def factors(where):
    with inside(where):
        return set(Authenticator.objects.values_list("type", flat=True))
