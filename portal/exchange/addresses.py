"""Taking apart what people write as one line: postal addresses and postcodes of Germany."""

import re
from dataclasses import dataclass

_COUNTRIES = {"deutschland", "germany", "de"}
_POSTCODE_FIRST = re.compile(r"^(?:DE?[- ]?)?(\d{5})(?:\s+(\D.*))?$")
_POSTCODE_INSIDE = re.compile(r"^(.+?)[\s,]+(?:DE?[- ]?)?(\d{5})\s+([^\d,]+)$")
_ZERO_LOST = re.compile(r"(^|,\s*)(\d{4})(?=\s+[A-ZÄÖÜ][^,\d]*(?:,|$))")


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    postcode: str
    city: str


def address(written: str) -> Address | None:
    """Parts of a one-line address: "Straße 1, 33378 Ort, Deutschland", "33378 Ort, Straße 1", "Straße 1 33378 Ort".

    None where no five-digit postcode stands in it.
    """
    # One space between words: the expressions below would try every way to divide a long run of them.
    parts = [" ".join(part.split()) for part in written.replace("\n", ",").split(",") if part.strip()]
    if parts and parts[-1].casefold() in _COUNTRIES:
        parts.pop()
    for index, part in enumerate(parts):
        if found := _POSTCODE_FIRST.match(part):
            others = parts[:index] + parts[index + 1 :]
            return Address(", ".join(others), found[1], (found[2] or "").strip())
    if found := _POSTCODE_INSIDE.match(", ".join(parts)):
        return Address(found[1].strip(" ,"), found[2], found[3].strip())
    return None


def with_leading_zero(written: str) -> str:
    """The address with the zero a spreadsheet took from its postcode: "1067 Dresden, …" is "01067 Dresden, …"."""
    return _ZERO_LOST.sub(r"\g<1>0\g<2>", written)
