"""What somebody who registers does in a browser, without scripts."""

import re
from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from mail.models import OutboxMessage
from portal.feedback import spam
from tenants.running.context import inside

PASSWORD = "kaffee-bruecke-montag-regen"
ADDRESS = "/konto/registrieren/"
EMAIL = "helga.brandt@beispiel.example"


def filled(where: Any, **changed: Any) -> dict[str, Any]:
    """The form as Helga fills it in, opened ten seconds ago."""
    with inside(where), time_machine.travel(timezone.now() - timedelta(seconds=10), tick=False):
        token = spam.new_token()
    given = {
        "org": "neu",
        "org_name": "Nachbarschaftstreff Malstatt e. V.",
        "org_da": "",
        "person": "Helga Brandt",
        "email": EMAIL,
        "password1": PASSWORD,
        "terms": "on",
        spam.TOKEN: token,
        spam.HONEYPOT: "",
    }
    return {name: value for name, value in {**given, **changed}.items() if value is not None}


def register(client: Any, where: Any, **changed: Any) -> Any:
    return client.post(ADDRESS, filled(where, **changed))


def mails_to(where: Any, email: str = EMAIL) -> list[OutboxMessage]:
    with inside(where):
        return list(OutboxMessage.objects.filter(to=email).order_by("pk"))


def link_in(mail: OutboxMessage) -> str:
    """The path of the first address in a mail."""
    return "/" + re.search(r"https?://\S+", mail.body)[0].split("/", 3)[3]


def confirm(client: Any, where: Any, email: str = EMAIL) -> Any:
    """Open the link of the last mail and press its button."""
    link = link_in(mails_to(where, email)[-1])
    client.get(link)
    return client.post(link)
