"""Where a service takes place: `location` and `service_at_location`."""

from dataclasses import dataclass

from portal.interfaces.hsds.ids import Entity, identifier, part
from portal.interfaces.hsds.taxonomies import Terms
from portal.interfaces.hsds.telling import filled, uri, words_of
from portal.interfaces.records import Record
from portal.offers.choices import Accessibility


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of an offer, or what stands for being online, with the identifier of the tie between the two."""

    id: str
    service_id: str
    location: Record

    def told(self, service: Record, *, whole: bool) -> Record:
        """`service_at_location`. Name and state of the service stand there, too: the specification's own description
        of this address asks for them (it names the wrong schema)."""
        found: Record = {
            "id": self.id,
            "service_id": self.service_id,
            "location_id": self.location["id"],
            "name": service["name"],
            "status": service["status"],
            "location": self.location if whole else _flat(self.location),
        }
        if whole:
            found["service"] = _flat(service)
        return found


def _flat(record: Record) -> Record:
    """Only what there is once."""
    return {name: value for name, value in record.items() if not isinstance(value, list)}


def spots(record: Record, terms: Terms) -> list[Spot]:
    """Of an offer as `Teller.offer` tells it."""
    service = identifier(terms.town, Entity.SERVICE, record["id"])
    found = [
        Spot(identifier(terms.town, Entity.SERVICE_AT_LOCATION, place["id"]), service, location(place, record, terms))
        for place in record["locations"]
    ]
    if record["online_url"]:
        found.append(Spot(identifier(terms.town, Entity.ONLINE, record["id"]), service, _online(record, terms)))
    return found


def location(place: Record, record: Record, terms: Terms) -> Record:
    """A place as its offer tells it: of a protected one only the district and its middle."""
    own = identifier(terms.town, Entity.LOCATION, place["id"])
    town = " ".join(filter(None, (place["postcode"], place["city"])))
    address = _address(own, place, terms.state)
    lines = [place["note"]] if address else [place["street"], town, place["note"]]
    districts = [place["district_id"]] if place["district_id"] else []
    return filled(
        {
            "id": own,
            "location_type": "physical",
            "name": place["name"] or place["street"] or place["district"] or place["city"],
            "description": ", ".join(filter(None, lines)),
            "latitude": place["latitude"],
            "longitude": place["longitude"],
            "addresses": address,
            "accessibility": _accessibility(own, record),
            "attributes": terms.attributes("location", own, {Entity.DISTRICT: districts}),
        }
    )


def _address(own: str, place: Record, state: str) -> list[Record]:
    """Whole addresses only: the specification knows no half ones."""
    if not (place["street"] and place["postcode"] and place["city"]):
        return []
    return [
        {
            "id": part(own, "address"),
            "address_1": place["street"],
            "city": place["city"],
            "state_province": state,
            "postal_code": place["postcode"],
            "country": "DE",
            # The specification mixes this list up with that of location_type.
            "address_type": "physical",
        }
    ]


def _accessibility(own: str, record: Record) -> list[Record]:
    words = words_of(Accessibility, record["accessibility"])
    said = filled({"description": words, "details": record["accessibility_note"]})
    return [{"id": part(own, "accessibility"), **said}] if said else []


def _online(record: Record, terms: Terms) -> Record:
    return {
        "id": identifier(terms.town, Entity.ONLINE, record["id"]),
        "location_type": "virtual",
        "name": "Online",
        "url": uri(record["online_url"]),
    }
