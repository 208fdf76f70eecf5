"""Addresses of calendars as people paste them: webcal://, without https, with spaces around."""

from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import clean_address

LONGEST = 1000
# What calendar programs write for “subscribe to this”; behind it is the web.
_SUBSCRIPTIONS = {"webcal": "https", "webcals": "https"}


def understood(written: str) -> str:
    """The address to ask. Raises ValidationError with what would be right."""
    text = clean_address(written)
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ValidationError(_not_one()) from None
    scheme = _SUBSCRIPTIONS.get(parts.scheme.lower(), parts.scheme.lower())
    if scheme not in {"https", "http"} or not host or "." not in host or len(text) > LONGEST:
        raise ValidationError(_not_one())
    if parts.username is not None or parts.password is not None:
        raise ValidationError(
            _("An address with a password in it is not possible. Please name one that opens without a password.")
        )
    if any(sign.isspace() for sign in text):
        raise ValidationError(_not_one())
    return urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))


def _not_one() -> str:
    return _(
        "Please write the whole address of the calendar. It often ends in .ics, for example "
        "https://www.verein.de/termine.ics"
    )


def host_of(url: str) -> str:
    """Whose server it is: the address itself may be a secret of the organisation's."""
    return urlsplit(url).hostname or ""
