"""What is told of an offer: plain values for JSON. The one place that decides it, for the interface and the files.

Nothing that its page does not show: of a protected address the district alone, no mail address, nothing of what the
municipality left out or keeps to itself. Less in one thing: persons are named to readers of a page, and to nobody who
copies all of them at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.files.storage import default_storage

from portal.interfaces.rows import OfferRow
from portal.offer_fields import answers
from portal.offer_fields.reading import OfferFields, offer_fields
from portal.offers.models import Offer
from portal.offers.models.offer import offer_path
from portal.offers.presentation import Moment

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells offers of one municipality; `base` is the address of its portal without a slash at the end."""

    base: str
    here: OfferFields
    left_out: dict[str, Any]

    @classmethod
    def at(cls, base: str) -> "Teller":
        """As the municipality we are inside has it now."""
        here = offer_fields()
        defaults = {name: Offer._meta.get_field(name).get_default() for name in here.left_out}  # type: ignore[union-attr]  # columns, no relations
        return cls(base, here, defaults)

    def offer(self, row: OfferRow) -> Record:
        """One offer."""
        own = row.values | self.left_out if self.left_out else row.values
        path = offer_path(own["id"], own["slug"])
        amount, checked = own["cost_amount"], own["reviewed_at"]
        return {
            "id": own["id"],
            "url": self.base + path,
            "title": own["title"],
            "summary": own["summary"],
            "description": own["description"],
            "provider_id": own["provider_id"],
            "provider_name": own["provider__name"],
            "category_ids": row.categories,
            "target_group_ids": row.groups,
            "markers": row.markers,
            "min_age": own["min_age"],
            "max_age": own["max_age"],
            "languages": own["languages"],
            "venue": own["venue"],
            "locations": [place_record(place) for place in row.places],
            "online_url": own["online_url"],
            "cost": {
                "kind": own["cost_kind"],
                "amount": None if amount is None else float(amount),
                "text": own["cost_text"],
            },
            "access": own["access"],
            "accessibility": own["accessibility"],
            "accessibility_note": own["accessibility_note"],
            "conditions": own["conditions"],
            "registration_url": own["registration_url"],
            "course_number": own["course_number"],
            "capacity": own["capacity"],
            "format": own["format"],
            "cooperation": own["cooperation"],
            "volunteering": own["volunteering"],
            "participate_note": own["participate_note"],
            "donate_note": own["donate_note"],
            "video_url": own["video_url"],
            "details": self._details(own["extras"]),
            "schedule_kind": own["schedule_kind"],
            "schedule_note": own["schedule_note"],
            "schedules": [schedule_record(schedule) for schedule in row.schedules],
            "images": [self._image(image) for image in row.images],
            **self._contact(own, path),
            "calendar_url": f"{self.base}{path}termine.ics" if row.schedules else "",
            "ends_at": moment(own["ends_at"]),
            "published_at": moment(own["published_at"]),
            "updated_at": moment(row.changed_at),
            "checked_on": checked.isoformat() if checked else None,
            "unchecked": own["noted_at"] is not None,
        }

    def _details(self, given: Any) -> list[Record]:
        """The answers to the municipality's own questions; internal ones are told to nobody."""
        if not given:
            return []
        found = [(each, answers.in_words(each, given.get(each.key))) for each in self.here.shown]
        return [{"id": each.pk, "name": str(each.name), "value": str(said)} for each, said in found if said]

    def _image(self, image: tuple[Any, ...]) -> Record:
        kind, name, alt, credit = image
        return {"kind": kind, "url": self.base + default_storage.url(name), "alt": alt, "credit": credit}

    def _contact(self, own: Mapping[str, Any], path: str) -> Record:
        """A number to call and the form that reaches them, as on the page; mail addresses stay behind it."""
        by_itself = own["contact_name"] or own["contact_email"] or own["contact_phone"]
        phone = own["contact_phone"] if by_itself else own["provider__contact_phone"]
        reachable = own["contact_email"] or own["provider__contact_email"] or own["provider__email"]
        return {
            "phone": phone or own["provider__phone"],
            "contact_url": f"{self.base}{path}kontakt/" if reachable else "",
        }


def place_record(place: tuple[Any, ...]) -> Record:
    """Where it is; of a protected address only the district, as on the page, and its middle, as on the map."""
    pk, hidden, name, street, postcode, city, note, latitude, longitude, precision, district_id, district, *middle = (
        place
    )
    if hidden:
        name = street = postcode = city = note = ""
        latitude, longitude = middle
        precision = "district" if latitude is not None else ""
    return {
        "id": pk,
        "name": name,
        "street": street,
        "postcode": postcode,
        "city": city,
        "note": note,
        "district_id": district_id,
        "district": district or "",
        "protected": hidden,
        "latitude": latitude,
        "longitude": longitude,
        "precision": precision,
    }


def schedule_record(schedule: tuple[Any, ...]) -> Record:
    """A rule of its dates, in local time."""
    first, last, start, end, rrule, without, off = schedule
    return {
        "first_date": first.isoformat(),
        "last_date": day(last),
        "start_time": clock(start),
        "end_time": clock(end),
        "rrule": rrule,
        "except_on": [each.isoformat() for each in without],
        "except_holidays": list(off),
    }


def day_record(date: Moment) -> Record:
    """A date in local time."""
    return {
        "first_date": date.first_date.isoformat(),
        "last_date": date.last_date.isoformat(),
        "start_time": clock(date.start_time),
        "end_time": clock(date.end_time),
    }


def moment(value: datetime | None) -> str | None:
    """As RFC 3339 has it, in UTC."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def day(value: date | None) -> str | None:
    """As ISO 8601 has it."""
    return None if value is None else value.isoformat()


def clock(value: time | None) -> str | None:
    """Hours and minutes."""
    return None if value is None else f"{value:%H:%M}"
