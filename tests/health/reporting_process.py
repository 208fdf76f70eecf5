"""A web process of its own whose only page fails, with data of a person in everything that a request has.

It prints the lines of its log on stderr and tells whoever listens at `SENTRY_DSN`.
"""

import logging
import os
import sys

import django
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import sentry_sdk
from django.test import Client
from django.test.utils import override_settings

from tenants.running.context import NamedSchema, inside

NAME, MAIL, PHONE, KEY = "Eva Musterfrau", "eva@musterfrau.example", "0681 9876543", "geheimesPasswort2026"
TOKEN = "Zk3v9Qx7Lw2Rt5Yp8Nb4Mc6Hd1"
logger = logging.getLogger("portal.something")


def _look_up(secret: str) -> None:
    raise LookupError(secret)


def fails(request: HttpRequest, token: str) -> HttpResponse:
    """A page that quotes what it got."""
    secret = f"{NAME} {MAIL} {PHONE} {token}"
    logger.error("A letter to %s (%s) got lost: %s", MAIL, 7, ValueError(secret))
    try:
        _look_up(secret)
    except LookupError as error:
        raise RuntimeError(f"Failing row contains ({secret}, {request.POST['name']})") from error


def sorry(_request: HttpRequest) -> HttpResponse:
    """A page that needs no database."""
    return HttpResponse("Entschuldigung", status=500)


handler500 = sorry
urlpatterns = [path("briefe/<str:token>/", fails, name="letter")]


def main() -> None:
    """Ask for the page once."""
    middleware = ["core.numbering.RequestNumberMiddleware"]
    with (
        override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=middleware, ALLOWED_HOSTS=["*"]),
        inside(NamedSchema("ahausen")),
    ):
        client = Client(raise_request_exception=False)
        client.cookies["sessionid"] = KEY
        answer = client.post(
            f"/briefe/{TOKEN}/?mail={MAIL}",
            {"name": NAME, "phone": PHONE, "password": KEY},
            headers={"X-Request-ID": "proxy-0123456789", "User-Agent": f"Browser of {NAME}", "Authorization": KEY},
            REMOTE_ADDR="203.0.113.77",
        )
    sentry_sdk.flush(10)
    sys.stdout.write(f"{answer.status_code} {answer['X-Request-ID']}\n")


if __name__ == "__main__":
    main()
