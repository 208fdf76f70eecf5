"""Offers as `service`, organisations as `organization`: what `records` and `others` tell, in the specification's words.

No mail address and no person: whoever copies everything gets numbers to call and the form that reaches them.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.html import plain_text
from portal.interfaces.hsds.ids import Entity, identifier, part
from portal.interfaces.hsds.places import spots
from portal.interfaces.hsds.taxonomies import Terms
from portal.interfaces.hsds.telling import filled, phones, schedules, uri, urls, words_of
from portal.interfaces.others import provider_record, with_parts
from portal.interfaces.records import Record, Teller
from portal.interfaces.rows import rows_of
from portal.offers.choices import Access, CostKind
from portal.offers.languages import language_name
from portal.offers.models.offer import OfferQuerySet
from portal.providers.models import Provider

ACTIVE, INACTIVE, DEFUNCT = "active", "inactive", "defunct"
DIGEST = ("id", "last_modified")


def service(record: Record, terms: Terms, organization: Record | None) -> Record:
    """The whole of an offer as `Teller.offer` tells it; `organization` is who offers it."""
    own = identifier(terms.town, Entity.SERVICE, record["id"])
    numbers: dict[Entity, Iterable[int]] = {
        Entity.CATEGORY: record["category_ids"],
        Entity.TARGET_GROUP: record["target_group_ids"],
        Entity.DISTRICT: [place["district_id"] for place in record["locations"] if place["district_id"]],
    }
    found = {
        "id": own,
        "organization_id": identifier(terms.town, Entity.ORGANIZATION, record["provider_id"]),
        "name": record["title"],
        "status": INACTIVE if _is_over(record) else ACTIVE,
        "description": record["description"] or record["summary"],
        "url": uri(record["url"]),
        "additional_urls": urls(
            own,
            {
                pgettext("for an offer", "Registration"): record["registration_url"],
                _("Contact form"): record["contact_url"],
                _("Video"): record["video_url"],
            },
        ),
        "application_process": words_of(Access, record["access"]),
        "fees_description": record["cost"]["text"],
        "eligibility_description": plain_text(record["conditions"]),
        "minimum_age": record["min_age"],
        "maximum_age": record["max_age"],
        "assured_date": record["checked_on"],
        "last_modified": _modified(record),
        "phones": phones(own, record["phone"]),
        "schedules": schedules(own, record["schedules"], note=record["schedule_note"], calendar=record["calendar_url"]),
        "languages": [
            {"id": part(own, "language", place), "code": code, "name": language_name(code)}
            for place, code in enumerate(record["languages"])
        ],
        "cost_options": _costs(own, record["cost"]),
        "attributes": terms.attributes("service", own, numbers),
        "organization": organization,
    }
    told = filled(found)
    told["service_at_locations"] = [
        {"id": spot.id, "service_id": own, "location_id": spot.location["id"], "location": spot.location}
        for spot in spots(record, terms)
    ]
    return filled(told)


def in_a_list(record: Record) -> Record:
    """The same without what there are several of."""
    return {name: value for name, value in record.items() if not isinstance(value, list)}


def digest(record: Record) -> Record:
    """`minimal=true`: that there is something, and when it changed."""
    return {name: record[name] for name in DIGEST if name in record}


def defunct(town: str, number: int, moment: str) -> Record:
    """A service that went: whoever keeps a copy is to drop it, and learns nothing of what it was."""
    return {
        "id": identifier(town, Entity.SERVICE, number),
        "name": _("No longer public"),
        "status": DEFUNCT,
        "last_modified": moment,
    }


def _modified(record: Record) -> str | None:
    """When it was changed; by its last date it became another one, too."""
    changed: str | None = record["updated_at"] or record["published_at"]
    ends = record["ends_at"] if _is_over(record) else None
    moments = [each for each in (changed, ends) if each]
    return max(moments, key=datetime.fromisoformat, default=None)


def _is_over(record: Record) -> bool:
    ends = record["ends_at"]
    return ends is not None and datetime.fromisoformat(ends) < timezone.now()


def _costs(own: str, cost: Record) -> list[Record]:
    """What it costs; that something is free is said by an amount of nothing."""
    if cost["kind"] == CostKind.UNKNOWN:
        return []
    amount = 0 if cost["kind"] == CostKind.FREE else cost["amount"]
    about = {"amount": amount, "currency": None if amount is None else "EUR", "amount_description": cost["text"]}
    return [{"id": part(own, "cost"), "option": words_of(CostKind, cost["kind"]), **filled(about)}]


def organization(record: Record, terms: Terms) -> Record:
    """An organisation as `provider_record` tells it."""
    own = identifier(terms.town, Entity.ORGANIZATION, record["id"])
    return filled(
        {
            "id": own,
            "name": record["name"],
            # Required, and never empty.
            "description": record["description"] or record["summary"] or record["tagline"] or record["name"],
            "website": uri(record["website"]),
            "additional_websites": urls(own, {_("Profile"): record["url"], _("Contact form"): record["contact_url"]}),
            "logo": uri(record["logo_url"]),
            "uri": uri(record["url"]),
            "legal_status": record["carrier"],
            "phones": phones(own, record["phone"], record["phone_2"]),
            "attributes": terms.attributes("organization", own, {Entity.CATEGORY: record["category_ids"]}),
        }
    )


def organizations(numbers: Collection[int], terms: Terms, base: str) -> dict[int, Record]:
    """Public ones by number, four statements."""
    rows = with_parts(Provider.objects.public().filter(pk__in=numbers))
    return {row.pk: organization(provider_record(row, base), terms) for row in rows}


def offers(numbers: list[int], base: str, among: OfferQuerySet) -> dict[int, Record]:
    """What is told of those offers that are among some, by number; five statements."""
    tell = Teller.at(base).offer
    return {pk: tell(row) for pk, row in rows_of(numbers, among).items()}


def services(told: Mapping[int, Record], terms: Terms, base: str) -> dict[int, Record]:
    """The same as services, with the organisations: four statements and those of the terms."""
    who = organizations({record["provider_id"] for record in told.values()}, terms, base)
    return {
        pk: service(record, terms, in_a_list(who[record["provider_id"]]))
        for pk, record in told.items()
        # Withdrawn between two statements: then its offers are, too.
        if record["provider_id"] in who
    }
