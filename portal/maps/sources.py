"""Where background tiles may come from: public hosts by HTTPS, never something inside our own network.

What the name stands for is looked at by `core.outgoing`, when it is asked.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

PLACEHOLDERS = ("{z}", "{x}", "{y}")


class SourceError(ValueError):
    """An address that must not be fetched from; the message is for the person who gave it."""


def check_template(template: str) -> None:
    """Raise SourceError unless `template` is an address of tiles with its three placeholders, each once."""
    if any(template.count(placeholder) != 1 for placeholder in PLACEHOLDERS):
        raise SourceError(_("The address must contain {z}, {x} and {y}, each once."))
    check_address(filled(template, 1, 1, 1))


def filled(template: str, z: int, x: int, y: int) -> str:
    """The address of one tile. No `format`: what editors type is no program."""
    return template.replace("{z}", str(z)).replace("{x}", str(x)).replace("{y}", str(y))


def check_address(url: str) -> None:
    """Raise SourceError unless this is the address of a public host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SourceError(_("This is no address of a web server.")) from None
    private = settings.TILES_FROM_PRIVATE_NETWORK
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise SourceError(_("The address must begin with https://."))
    host = parts.hostname or ""
    if parts.username is not None or not re.fullmatch(r"[A-Za-z0-9.-]+", host) or re.search(r"[{}\s]", url):
        raise SourceError(_("This is no address of a web server."))
    if port not in (None, 443) and not private:
        raise SourceError(_("The address must not name a port."))
    if not private and ("." not in host or re.fullmatch(r"[0-9.]+", host)):
        raise SourceError(_("Please give the name of a public host."))
