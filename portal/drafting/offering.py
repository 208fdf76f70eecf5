"""From what was read to what an offer would say: per value the keys of a snapshot, and whether it is certain."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gazetteer.services import middle_of, names_of
from portal.drafting.groups import GROUPS
from portal.drafting.reading.contacts import Contact
from portal.drafting.reading.costs import Cost
from portal.drafting.reading.everything import Reading
from portal.drafting.reading.places import Place
from portal.offers.choices import Venue
from portal.providers.fields import Precision
from portal.providers.models import Provider

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One value. `content` are keys of a snapshot; `doubts` are words `portal.drafting.wording` has sentences for."""

    key: str
    content: Content
    certain: bool
    said: str = ""
    doubts: tuple[str, ...] = ()

    def as_json(self) -> Content:
        """As a reading keeps it."""
        return {**asdict(self), "doubts": list(self.doubts)}


def proposals(found: Reading, provider: Provider, *, today: date) -> list[Proposed]:
    """All values that were found, in the order in which a form asks for them."""
    made = [
        *_words(found),
        *_dates(found, today),
        *_place(found.place, found.online_url, provider),
        *_cost(found.cost),
        *_contact(found.contact),
    ]
    return sorted(made, key=lambda each: list(GROUPS).index(each.key))


def _words(found: Reading) -> list[Proposed]:
    made = []
    if found.title:
        made.append(Proposed("title", {"title": found.title[:255]}, found.title_sure))
    if found.summary:
        made.append(Proposed("summary", {"summary": found.summary[:300]}, certain=False))
    if found.description:
        paragraphs = [row.strip() for row in found.description.split("\n") if row.strip()]
        markup = "".join(f"<p>{_plain(row)}</p>" for row in paragraphs)
        made.append(Proposed("description", {"description": markup}, certain=False))
    return made


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _dates(found: Reading, today: date) -> list[Proposed]:
    if found.when is None:
        return []
    rules = found.when.rules
    doubts = tuple(sorted(found.when.doubts))
    last = max((rule["last_date"] or rule["first_date"]) for rule in rules)
    if int(last[:4]) < today.year - 1:
        # A page that speaks of 1970 knows no date: it is told, and nothing is filled in.
        return [Proposed("dates", {}, certain=False, said=found.when.said or last, doubts=("long_past",))]
    content = {"schedule_kind": found.when.kind, "schedules": rules}
    return [Proposed("dates", content, certain=not doubts, said=found.when.said, doubts=doubts)]


def _place(place: Place | None, online: str, provider: Provider) -> list[Proposed]:
    made = []
    on_site = place is not None and bool(place.name or place.street or place.postcode)
    if online:
        venue = Venue.BOTH if on_site else Venue.ONLINE
        link = "" if online == "online" else online
        content: Content = {"venue": venue.value, "online_url": link}
        made.append(Proposed("online", content if on_site else {**content, "locations": []}, certain=False, said=link))
    if on_site and place is not None:
        made.append(Proposed("place", _location(place, provider), place.sure, place.said))
    return made


def _location(place: Place, provider: Provider) -> Content:
    """The place as an offer has it; where it is the organisation's own address, just that."""
    ours = {
        name: getattr(provider, name) for name in ("street", "postcode", "city", "latitude", "longitude", "precision")
    }
    if place.street and _same(place.street, provider.street) and place.postcode in {"", provider.postcode}:
        return {"locations": [{**ours, "name": "", "district": provider.district_id}]}
    postcode, city = place.postcode, place.city
    if postcode and not city:
        city = next(iter(names_of(postcode)), "")
    if not postcode and not city and provider.city:
        # A flyer of here says no town: it is that of the organisation, and is asked with the rest.
        postcode, city = ("", provider.city) if place.street else (provider.postcode, provider.city)
    spot = middle_of(postcode or provider.postcode) if (postcode or provider.postcode) else None
    where = {"latitude": None, "longitude": None, "precision": ""}
    if spot is not None:
        where = {"latitude": str(spot[0]), "longitude": str(spot[1]), "precision": Precision.POSTCODE.value}
    named = {"name": place.name, "street": place.street, "postcode": postcode, "city": city, "district": None}
    return {"locations": [{**named, **where}]}


def _same(first: str, second: str) -> bool:
    return _street(first) == _street(second)


def _street(said: str) -> str:
    return said.lower().replace("straße", "str").replace("strasse", "str").replace(".", "").replace(" ", "")


def _cost(cost: Cost | None) -> list[Proposed]:
    if cost is None:
        return []
    amount = str(cost.amount) if cost.amount is not None else None
    content = {"cost_kind": cost.kind, "cost_amount": amount, "cost_text": cost.text}
    return [Proposed("cost", content, cost.sure, cost.said)]


def _contact(contact: Contact) -> list[Proposed]:
    made = []
    if contact.name:
        made.append(Proposed("contact_name", {"contact_name": contact.name}, certain=False))
    if contact.phone:
        made.append(Proposed("contact_phone", {"contact_phone": contact.phone}, contact.phone_sure))
    if contact.mail and _is_mail(contact.mail):
        made.append(Proposed("contact_email", {"contact_email": contact.mail}, contact.mail_sure))
    if contact.web:
        made.append(Proposed("registration", {"registration_url": contact.web}, certain=False))
    return made


def _is_mail(said: str) -> bool:
    try:
        validate_email(said)
    except ValidationError:
        return False
    return True
