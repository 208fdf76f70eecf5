"""Whom to ask: telephone, mail, name, and where to register."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.lazy import lazy
from portal.drafting.reading.lines import Sheet

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = lazy("phonenumbers")

_MAIL = re.compile(r"[A-Za-z0-9][\w.+\-]{0,63}\s?@\s?[A-Za-z0-9][\w\-]*(?:\s?\.\s?[A-Za-z0-9\-]+)*\.[A-Za-z]{2,12}\b")
_WEB = re.compile(
    r"\b(?:https?://)?(?:www\.)?[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+)*\.(?:de|org|com|net|eu|info|saarland|nrw|berlin)(?:/[\w\-./?=&%]*)?",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?i:ansprechpartner(?:in)?|ansprechperson|kontakt|leitung|anmeldung(?:en)?(?:\s+bei)?|info(?:s|rmationen?)?(?:\s+bei)?|bei)"
    r"\s*:?\s*(?:bei\s+)?(?P<salute>Frau|Herrn?|Fr\.|Hr\.)?\s*(?P<name>(?:Dr\.\s+)?[A-ZÄÖÜ][a-zäöüß\-]+(?:\s+(?:von|van|de))?\s+[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?)"
    r"(?=\s*(?:$|[,;|(·\-–]|Tel|T:|Mail|E-Mail|unter|\d|0))"
)
_SALUTED = re.compile(r"\b(?:Frau|Herrn?)\s+(?P<name>(?:Dr\.\s+)?[A-ZÄÖÜ][a-zäöüß\-]+(?:\s+[A-ZÄÖÜ][a-zäöüß\-]+)?)")
_NOBODY = re.compile(r"verein|stadt|haus|zentrum|büro|amt|schule|gemeinde|treff|telefon|straße|uhr", re.IGNORECASE)
_FAX = re.compile(r"\bfax\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contact:
    """What was found; each with whether it was seen clearly."""

    phone: str = ""
    phone_sure: bool = False
    mail: str = ""
    mail_sure: bool = False
    name: str = ""
    web: str = ""
    said: str = ""


def contact(sheet: Sheet) -> Contact:
    """Telephone, mail, name and a page for registering."""
    phone, phone_sure = _phone(sheet)
    mail, mail_sure = _mail(sheet)
    return Contact(phone, phone_sure, mail, mail_sure, _name(sheet), _web(sheet))


def _phone(sheet: Sheet) -> tuple[str, bool]:
    found = []
    for line in sheet.lines:
        if _FAX.search(line.text) and not re.search(r"\btel", line.text, re.IGNORECASE):
            continue
        for match in phonenumbers.PhoneNumberMatcher(line.text[:500], "DE"):
            written = match.raw_string.strip()
            if not written.startswith(("0", "+", "(")):
                continue
            labelled = re.search(r"tel|fon|mobil|handy|anruf|☎|✆|kontakt|anmeld|info|\bT:", line.text, re.IGNORECASE)
            found.append((labelled is None, written, line.sure >= 88))
    found.sort(key=lambda each: each[0])
    return (found[0][1], found[0][2]) if found else ("", False)


def _mail(sheet: Sheet) -> tuple[str, bool]:
    for line in sheet.lines:
        match = _MAIL.search(line.text)
        if match:
            return match.group().replace(" ", "").rstrip("."), line.sure >= 92
    return "", False


def _name(sheet: Sheet) -> str:
    for line in sheet.lines:
        match = _NAME.search(line.text)
        if match and not _NOBODY.search(match["name"]):
            return match["name"][:160]
    for line in sheet.lines:
        match = _SALUTED.search(line.text)
        if match:
            return match["name"][:160]
    return ""


def _web(sheet: Sheet) -> str:
    """An address beside a word of registering; any other is only somebody's home page."""
    for line in sheet.lines:
        if not re.search(r"anmeld|ticket|karten|buch", line.text, re.IGNORECASE):
            continue
        for match in _WEB.finditer(line.text):
            if "@" not in line.text[max(0, match.start() - 1) : match.end()]:
                address = match.group().rstrip(".")
                return address if address.startswith("http") else f"https://{address}"
    return ""
