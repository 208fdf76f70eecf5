"""Which addresses people may name. When something is sent, `core.outgoing` looks again where the name leads then."""

from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.lazy import lazy

if TYPE_CHECKING:
    from core.outgoing import addresses
else:
    addresses = lazy("core.outgoing.addresses")

# Names that lead nowhere but inside, whoever is asked.
_INSIDE = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".corp")


def check(url: str) -> str:
    """By TLS, to a public host, and without a password in it: who may see the list would read it."""
    parts = urlsplit(url)
    if not _has_a_port(parts):
        raise ValidationError(_("The number behind the colon is no port: it lies between 1 and 65535."))
    host = (parts.hostname or "").lower().rstrip(".")
    inside = host in settings.LINK_INTERNAL_HOSTS
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise ValidationError(_("The address must begin with https://."))
    if parts.username is not None or parts.password is not None:
        raise ValidationError(_("Please leave name and password out of the address."))
    if not inside and _leads_inside(host):
        raise ValidationError(_("This address cannot be reached from the internet."))
    return url


def _has_a_port(parts: SplitResult) -> bool:
    """The usual one, or one that can be."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _leads_inside(host: str) -> bool:
    try:
        return not addresses.is_public(ip_address(host))
    except ValueError:
        return "." not in host or host.endswith(_INSIDE)
