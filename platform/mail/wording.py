"""How a mail is worded: by the municipality where it has its own text, else as shipped.

A municipality's text knows placeholders such as {{ portal }} and nothing else: it is never run as a template, so an
editor can neither break the mail nor read more than the mail may say.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from mail.kinds import Kind, kind_of
from mail.look import portal_name
from mail.models import MailText
from mail.rendering import Letter, letter
from tenants.urls import own_address


def worded(key: str, values: Mapping[str, Any], *, language: str = "") -> Letter:
    """The mail of this kind, filled with values; without `language` in German, as people work here.

    Values that are lazy messages are read in the mail's language. KeyError for a kind nobody declared.
    """
    kind = kind_of(key)
    language = language_of(kind, language)
    with translation.override(language):
        given = {name: "" if value is None else str(value) for name, value in values.items()}
        subject, body = text_of(kind, language)
        return letter(kind, subject, body, {**_common(given), **given})


def language_of(kind: Kind, language: str) -> str:
    """In which language a mail goes out: only some kinds speak their reader's."""
    return language if kind.spoken and language else settings.LANGUAGE_CODE


def text_of(kind: Kind, language: str) -> tuple[str, str]:
    """Subject and body with their placeholders: the municipality's own in this language, else the shipped ones."""
    return own_text(kind.key, language) or shipped_text(kind, language)


def shipped_text(kind: Kind, language: str) -> tuple[str, str]:
    """Subject and body as the platform brings them."""
    with translation.override(language):
        return str(kind.subject), str(kind.body)


def own_text(key: str, language: str) -> tuple[str, str] | None:
    """The municipality's own, None where it has none: one row by its index, for mails are written in transactions, in
    which nothing is remembered."""
    found = MailText.objects.filter(key=key, language=language).values_list("subject", "body").first()
    return found and (found[0], found[1])


def _common(given: Mapping[str, str]) -> dict[str, str]:
    found = {}
    if "portal" not in given:
        found["portal"] = portal_name()
    if "address" not in given:
        found["address"] = own_address()
    return found
