"""Addresses and contact persons, which providers and offers carry in the same columns."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.exchange.addresses import address
from portal.exchange.typo3 import values
from portal.exchange.typo3.context import Line
from portal.providers.fields import Precision, Salutation


@dataclass(slots=True)
class Place:
    """Fields of `AddressFields`, and what of the one-line address could not be taken apart."""

    fields: dict[str, Any]
    rest: str = ""

    @property
    def known(self) -> bool:
        return bool(self.fields["street"] or self.fields["postcode"] or self.fields["city"] or self.rest)


def place(line: Line) -> Place:
    """The address of a row: its parts where they are given, else taken from the one-line address."""
    street, city = line.line("street", 200), line.line("city", 120)
    postcode = line.attempt("zip", _postcode, "", _("not a postcode of five digits, left out"))
    if postcode and postcode != line.text("zip"):
        line.repair("zip", _("the postcode's leading zero was restored"))
    rest = ""
    written = line.line("address", 255)
    if written and not (street and city and postcode):
        parts = address(written)
        if parts is not None:
            street = street or line.fit("address", parts.street, 200)
            postcode, city = postcode or parts.postcode, city or line.fit("address", parts.city, 120)
            line.repair("address", _("taken apart into street, postcode and town"))
        elif not street:
            rest = written
    return Place({"street": street, "postcode": postcode, "city": city, **_coordinates(line)}, rest)


def _postcode(written: str) -> str:
    return values.postcode(written) if written else ""


def _coordinates(line: Line) -> dict[str, Any]:
    nowhere: dict[str, Any] = {"latitude": None, "longitude": None, "precision": ""}
    try:
        found = values.coordinates(line.row.get("lat"), line.row.get("lng"))
    except ValueError:
        line.repair("lat", _("not coordinates in degrees, left out"))
        return nowhere
    if found is None:
        return nowhere
    return {"latitude": float(found[0]), "longitude": float(found[1]), "precision": Precision.EXACT.value}


def contact(line: Line) -> dict[str, Any]:
    """Fields of `ContactFields`. TYPO3's 0 is “Frau” and also what stands there when nobody chose."""
    name = line.line("contact_name", 160)
    salutation = Salutation.MR if line.number("contact_salutation") == 1 else Salutation.MS
    return {
        "contact_salutation": (salutation if name else Salutation.NONE).value,
        "contact_name": name,
        "contact_role": line.line("contact_jurisdiction", 200),
        "contact_phone": line.line("contact_phone", 60),
        "contact_email": email(line, "contact_email"),
    }


def email(line: Line, name: str) -> str:
    found = line.attempt(name, values.email, "", _("not an e-mail address, left out"))
    if len(found) > 254:
        line.repair(name, _("not an e-mail address, left out"))
        return ""
    return found


def website(line: Line, name: str) -> str:
    found = line.attempt(name, values.website, "", _("not a web address, left out"))
    if len(found) > 500:
        line.repair(name, _("not a web address, left out"))
        return ""
    return found
