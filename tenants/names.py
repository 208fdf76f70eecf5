"""Which slugs and host names a municipality may have. Refusals are whole sentences for the operator."""

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.lazy import lazy

if TYPE_CHECKING:
    import idna
else:
    idna = lazy("idna")

MAX_SLUG_BYTES = 63
RESERVED_SLUGS = frozenset(
    [
        "public",
        "betrieb",
        "www",
        "api",
        "admin",
        "static",
        "media",
        "information_schema",
        "postgres",
        "template",
        "mail",
        "smtp",
        "imap",
        "pop",
        "ftp",
        "ns1",
        "ns2",
        "localhost",
        "extensions",
        "status",
        "support",
        "hilfe",
        "konto",
        "redaktion",
        "auswertung",
        "no-municipality",
    ]
)
_SLUG = re.compile(r"[a-z](?:[a-z0-9]|-(?!-))*(?<!-)")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def validate_slug(slug: str) -> None:
    """Refuse what cannot be a schema name, a host label and a folder name at once."""
    if len(slug.encode()) > MAX_SLUG_BYTES:
        raise ValidationError(
            _("The short name “%(slug)s” is longer than 63 bytes, PostgreSQL's limit for a schema name."),
            params={"slug": slug},
        )
    if slug in RESERVED_SLUGS or slug.startswith(("pg-", "pg_", "zz-")):
        raise ValidationError(_("The short name “%(slug)s” is reserved. Please choose another."), params={"slug": slug})
    if not _SLUG.fullmatch(slug):
        raise ValidationError(
            _(
                "“%(slug)s” is no valid short name: use lower-case letters a–z, digits and single hyphens, "
                "beginning with a letter."
            ),
            params={"slug": slug},
        )


def in_ascii(host: str) -> str:
    """A name as the network knows it; empty for one it cannot know.

    As browsers do it (UTS 46, ß stays ß). Python's own codec follows the older rule by which straße.de is strasse.de,
    which belongs to somebody else.
    """
    if host.isascii():
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:
        return ""


def normal_host(host: str) -> str:
    """A host as browsers send it: lower case, without port and final dot, umlauts as punycode.

    Raises ValidationError for what cannot be a host name.
    """
    ascii_host = in_ascii(host.strip().lower().rstrip("."))
    labels = ascii_host.split(".")
    if not ascii_host or len(ascii_host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValidationError(
            _("“%(host)s” is no valid host name. Give it without https:// and path, for example angebote.stadt.de."),
            params={"host": host},
        )
    return ascii_host


def validate_host(host: str) -> None:
    """Refuse host names that are not in the form browsers send."""
    if normal_host(host) != host:
        raise ValidationError(
            _("Please write the host name as “%(host)s”."),
            params={"host": normal_host(host)},
        )
