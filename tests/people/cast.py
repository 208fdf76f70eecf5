"""People for these tests: who administers, who edits, and a provider's people."""

import re

from accounts.models import User
from mail.models import OutboxMessage
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.conftest import PASSWORD
from tests.factories import a_provider

PEOPLE, LOG = "/redaktion/personen/", "/redaktion/protokoll/"


def an_account(email, *roles, **fields):
    """Somebody with an account, inside the municipality of the caller."""
    name = email.split("@")[0].title()
    return User.objects.create_user(email, PASSWORD, roles=list(roles), name=name, **fields)


def a_providers(email, *, provider=None, role="administrator"):
    """Somebody who works for a provider and nothing else."""
    user = an_account(email)
    Membership.objects.create(user=user, provider=provider or a_provider(name="Lesepaten"), role=role)
    return user


def enter(client, user):
    """Sign in through the form."""
    answer = client.post("/konto/anmelden/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, "could not sign in"
    return client


def mails_to(where, email):
    with inside(where):
        return list(OutboxMessage.objects.filter(to=email).order_by("pk"))


def said(answer):
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


REASON = "Hilfe am Telefon: Bild lässt sich nicht hochladen"
END, ACCESSES = "/konto/zugriffe/beenden/", "/konto/zugriffe/"


def page_of(person):
    return f"{PEOPLE}{person.pk}/anmelden-als/"


def act(client, person, reason=REASON):
    answer = client.post(page_of(person), {"reason": reason})
    assert answer.status_code == 302, said(answer)[:1500]
    assert answer.url == "/konto/"
    return client
