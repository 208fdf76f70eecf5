"""What stands in the cells of an offer: the one place that knows it, for exports and for comparing with a table."""

from collections.abc import Iterator
from typing import Any

from portal.exchange.excel import columns, dates, texts
from portal.exchange.excel.names import Vocabulary
from portal.exchange.excel.places import ONLINE
from portal.listing.workbooks import held
from portal.offers.choices import Access, Accessibility, CostKind, ScheduleKind, Venue
from portal.offers.models import Offer
from portal.providers.fields import Salutation

ACCESS = {
    Access.UNKNOWN: "Keine Angabe",
    Access.OPEN: "Offen (ohne Mitgliedschaft)",
    Access.MEMBERS: "Mitgliedschaft erforderlich",
}
ACCESSIBILITY = {
    Accessibility.UNKNOWN: "Keine Angabe",
    Accessibility.YES: "Ja",
    Accessibility.NO: "Nein",
    Accessibility.PARTLY: "Teilweise",
}
SALUTATION = {Salutation.NONE: "", Salutation.MR: "Herr", Salutation.MS: "Frau"}
YES_NO = {True: "Ja", False: "Nein"}
_RULE = ("first_date", "last_date", "start_time", "end_time", "rrule", "exdates", "off", "reasons")
# Fetch these of many offers (and links by `prefetch_related` too) before asking for their rows.
RELATED = ("categories", "target_groups", "locations", "schedules", "images", "markers")


def exported_uid(offer: Offer) -> str:
    """The ID of an offer in an export: not a plain number, which people count their own offers with."""
    return f"CP{offer.pk}"


def rows_of(offer: Offer, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """The rows of one offer: the first with everything, one more for each further date."""
    rules = [{name: getattr(rule, name) for name in _RULE} for rule in offer.schedules.all()]
    first, *further = dates.rows_of(ScheduleKind(offer.schedule_kind), rules)
    yield _held({columns.ID: exported_uid(offer), **_content(offer, vocabulary), **_place(offer, vocabulary), **first})
    for row in further:
        yield _held({columns.ID: exported_uid(offer), **row})


def _held(cells: dict[str, Any]) -> dict[str, Any]:
    """As a cell can hold it."""
    return {key: held(value) if isinstance(value, str) else value for key, value in cells.items()}


def _content(offer: Offer, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        **{key: getattr(offer, key) for key in columns.PLAIN_TEXTS},
        columns.TITLE: offer.title,
        columns.CATEGORIES: vocabulary.categories.text(each.pk for each in offer.categories.all()),
        columns.TARGET_GROUPS: vocabulary.target_groups.text(each.pk for each in offer.target_groups.all()),
        columns.SUMMARY: offer.summary,
        columns.DESCRIPTION: texts.to_plain(offer.description),
        columns.COSTS: _costs(offer),
        columns.FREE: YES_NO[offer.is_free],
        columns.ACCESS: ACCESS[Access(offer.access)],
        columns.ACCESSIBILITY: ACCESSIBILITY[Accessibility(offer.accessibility)],
        columns.SALUTATION: SALUTATION[Salutation(offer.contact_salutation)],
        columns.VOLUNTEERING: YES_NO[offer.volunteering],
        "video_url": offer.video_url,
        "contact_phone": offer.contact_phone,
        "contact_email": offer.contact_email,
    }


def _costs(offer: Offer) -> str:
    if offer.cost_kind != CostKind.AMOUNT or offer.cost_amount is None:
        return offer.cost_text
    euros = f"{offer.cost_amount:.2f} €".replace(".", ",")
    return f"{euros} ({offer.cost_text})" if offer.cost_text else euros


def _place(offer: Offer, vocabulary: Vocabulary) -> dict[str, Any]:
    place = next(iter(offer.locations.all()), None)
    online = ONLINE if offer.venue == Venue.ONLINE else ""
    if place is None:
        return {columns.ADDRESS: online}
    town = f"{place.postcode} {place.city}".strip()
    address = ", ".join(part for part in (town, place.street) if part)
    district = vocabulary.districts.text([place.district_id]) if place.district_id else ""
    return {
        columns.ADDRESS: address or online,
        columns.PLACE_NOTE: place.note,
        columns.DISTRICT: district or place.postcode,
    }
