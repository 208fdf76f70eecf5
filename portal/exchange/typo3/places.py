"""Addresses and contact persons, which providers and offers carry in the same columns."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.phones import phones_in
from gazetteer.germany import in_order
from portal.exchange.addresses import address
from portal.exchange.typo3 import values
from portal.exchange.typo3.context import Line
from portal.providers.fields import Precision, Salutation

LONGEST_PHONE = 60


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
    given = float(found[0]), float(found[1])
    latitude, longitude = in_order(*given)
    if (latitude, longitude) != given:
        line.repair("lat", _("latitude and longitude had changed places, put right"))
    return {"latitude": latitude, "longitude": longitude, "precision": Precision.EXACT.value}


def contact(line: Line) -> dict[str, Any]:
    """Fields of `ContactFields`. TYPO3's 0 is “Frau” and also what stands there when nobody chose."""
    name = line.line("contact_name", 160)
    salutation = Salutation.MR if line.number("contact_salutation") == 1 else Salutation.MS
    return {
        "contact_salutation": (salutation if name else Salutation.NONE).value,
        "contact_name": name,
        "contact_role": line.line("contact_jurisdiction", 200),
        "contact_phone": phones(line, "contact_phone", fields=1)[0],
        "contact_email": email(line, "contact_email"),
    }


def phones(line: Line, *names: str, fields: int) -> list[str]:
    """The numbers of some columns, one for each field of ours; the last field takes what is left over.

    A column holds several on lines of their own. A number is left out rather than cut off.
    """
    found = {phone.uri or phone.text: phone.text for name in names for phone in phones_in(line.text(name))}
    numbers = [" ".join(text.split()) for text in found.values()]
    if len(numbers) > sum(1 for name in names if line.text(name)):
        line.repair(names[0], _("several telephone numbers, told apart"))
    kept = numbers[: fields - 1]
    rest = numbers[fields - 1 :]
    while len(", ".join(rest)) > LONGEST_PHONE:
        line.repair(names[-1], _("more telephone numbers than there is room for; the last was left out"))
        rest = rest[:-1] if len(rest) > 1 else [line.fit(names[-1], rest[0], LONGEST_PHONE)]
    kept.append(", ".join(rest))
    return kept + [""] * (fields - len(kept))


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
