"""The three columns on the place: address, what helps to find it, and district or postcode."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gazetteer.services import middle_of
from portal.exchange import addresses
from portal.exchange.addresses import Address
from portal.exchange.excel import cells, columns
from portal.exchange.excel.cells import CellError, Value, zero_restored
from portal.exchange.excel.columns import ADDRESS, DISTRICT, PLACE_NOTE, word_key
from portal.exchange.excel.names import Names
from portal.exchange.excel.notes import Notes
from portal.exchange.excel.tables import Row
from portal.offers.choices import Venue
from portal.offers.models import Location
from portal.preferences.models import Preferences
from portal.providers.fields import Precision

ONLINE = "Online"
_ONLINE_WORDS = {"online", "onlineangebot", "online angebot", "digital", "nur online"}
_WHOLE_AREA = {"alle", "alle ortsteile", "alle stadtteile", "gesamtes stadtgebiet", "gesamte stadt", "keine angabe"}


class Gazetteer:
    """Middles of postcodes, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, float] | None] = {}

    def middle(self, postcode: str) -> tuple[float, float] | None:
        if postcode not in self._known:
            self._known[postcode] = middle_of(postcode)
        return self._known[postcode]

    def coordinates(self, postcode: str) -> dict[str, Any]:
        """Fields of `AddressFields`: the postcode's middle, or nowhere."""
        middle = self.middle(postcode) if postcode else None
        if middle is None:
            return {"latitude": None, "longitude": None, "precision": ""}
        return {"latitude": middle[0], "longitude": middle[1], "precision": Precision.POSTCODE.value}


@dataclass(slots=True)
class Places:
    """Understands places by the rules of one municipality."""

    notes: Notes
    districts: Names
    preferences: Preferences
    gazetteer: Gazetteer = field(default_factory=Gazetteer)

    def understand(self, row: Row) -> tuple[Venue, dict[str, Any] | None]:
        """Where people take part, and the fields of the Location (without coordinates), if there is one."""
        written = self.notes.parse(row, ADDRESS, cells.lines, "")
        online = word_key(written) in _ONLINE_WORDS
        address = Address("", "", "") if online or not written else self._address(row, written)
        district, postcode = self._district(row)
        if address.postcode and postcode and address.postcode != postcode:
            self.notes.error(
                row,
                DISTRICT,
                _("The address has another postcode (%(other)s). Please correct one of the two.")
                % {"other": address.postcode},
            )
        location = {
            "street": address.street,
            "postcode": address.postcode or postcode,
            "city": address.city,
            "note": self.notes.parse(row, PLACE_NOTE, cells.text, ""),
            "district_id": district,
        }
        for name, key in (("street", ADDRESS), ("city", ADDRESS), ("note", PLACE_NOTE)):
            self.notes.fits(row, key, Location, name, location[name])
        if not written:
            self._without_address(row, known=any(location.values()))
        return (Venue.ONLINE if online else Venue.ON_SITE), (location if any(location.values()) else None)

    def _without_address(self, row: Row, *, known: bool) -> None:
        if not self.preferences.offers_without_address:
            self.notes.error(row, ADDRESS, _("The address is missing. Please write it as “PLZ Ort, Straße Nummer”."))
        elif not known:
            self.notes.warn(row, ADDRESS, _("Without an address, searches by place do not find this offer."))

    def _address(self, row: Row, written: str) -> Address:
        repaired = addresses.with_leading_zero(written)
        found = addresses.address(repaired)
        if found is None:
            self.notes.warn(
                row,
                ADDRESS,
                _("No postcode was found; the whole text was taken as street. Better: “PLZ Ort, Straße Nummer”."),
            )
            return Address(" ".join(written.split()), "", "")
        if repaired != written:
            self._check_restored(row, ADDRESS, Value(found.postcode, zero_restored(found.postcode[1:], found.postcode)))
        elif self.gazetteer.middle(found.postcode) is None:
            self._unknown_postcode(row, ADDRESS, found.postcode)
        return found

    def _district(self, row: Row) -> tuple[int | None, str]:
        """(district's id, "") or (None, postcode) or (None, "")."""
        nothing: Value[str] | None = Value("")
        found = self.notes.parse(row, DISTRICT, cells.postcode, nothing)
        if found is not None:
            if found.repaired:
                self._check_restored(row, DISTRICT, found)
            elif found.it and self.gazetteer.middle(found.it) is None:
                self._unknown_postcode(row, DISTRICT, found.it)
            return None, found.it
        written = cells.text(row.cells.get(DISTRICT, ""))
        whole_area = _WHOLE_AREA | {word_key(self.preferences.whole_area_name)}
        if not written or (written not in self.districts and columns.word_key(written) in whole_area):
            return None, ""
        try:
            return self.districts.one(written), ""
        except CellError as error:
            self.notes.error(row, DISTRICT, str(error), error.suggestion)
            return None, ""

    def _check_restored(self, row: Row, key: str, found: Value[str]) -> None:
        """A restored zero is believed if there is such a postcode: 8010 may as well be Graz."""
        if self.gazetteer.middle(found.it) is not None:
            self.notes.warn(row, key, found.repaired)
            return
        self.notes.error(
            row,
            key,
            _("%(before)s is no postcode, and %(after)s does not exist either. Please write all five digits.")
            % {"before": found.it[1:], "after": found.it},
        )

    def _unknown_postcode(self, row: Row, key: str, postcode: str) -> None:
        self.notes.warn(
            row,
            key,
            _("The postcode %(postcode)s is not known: the place gets no coordinates. Is it right?")
            % {"postcode": postcode},
        )
