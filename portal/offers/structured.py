"""Offers and providers as schema.org describes them, for search engines. Plain dicts; nothing that the page hides.

Mail addresses never stand here. `base` is the address of the municipality's site without a slash at the end.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from core.html import plain_text
from core.phones import phones_in
from portal.offers.choices import CostKind, Venue
from portal.offers.left_out import left_out
from portal.offers.models import Location, Occurrence, Offer, OfferImage, Schedule
from portal.offers.occurrences import HORIZON, readable
from portal.providers.cards import logo_url
from portal.providers.models import OpeningHours, Provider
from portal.taxonomy.tree import Abroad

CONTEXT = "https://schema.org"
ATTENDANCE = {Venue.ON_SITE: "Offline", Venue.ONLINE: "Online", Venue.BOTH: "Mixed"}
DAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday", "SU": "Sunday"}  # fmt: skip  # noqa: E501
DAY_URLS = [f"{CONTEXT}/{day}" for day in DAYS.values()]
PERIODS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}
# Search engines read a few; the calendar file has all.
MOST_DATES = 10
MOST_TEXT = 5000

Data = dict[str, Any]


def _filled(**values: Any) -> Data:
    """Only what is known. `type_` and `context` become @type and @context."""
    names = {"type_": "@type", "context": "@context"}
    return {names.get(name, name): value for name, value in values.items() if value not in (None, "", [], {})}


def postal_address(where: Location | Provider) -> Data:
    """Street and town."""
    return _filled(
        type_="PostalAddress",
        streetAddress=where.street,
        postalCode=where.postcode,
        addressLocality=where.city,
        addressCountry="DE",
    )


def _coordinates(where: Location | Provider) -> Data:
    if where.latitude is None or where.longitude is None or where.precision != "exact":
        return {}
    return {"@type": "GeoCoordinates", "latitude": round(where.latitude, 5), "longitude": round(where.longitude, 5)}


def _place(location: Location, town: str) -> Data:
    """Of a protected address the district only, as on the page."""
    district = location.district.name if location.district else ""
    if location.hide_exact_address:
        area = {"@type": "PostalAddress", "addressLocality": district or town, "addressCountry": "DE"}
        return {"@type": "Place", "name": district or town, "address": area}
    return _filled(
        type_="Place",
        name=location.name or location.street or district or location.city or town,
        address=postal_address(location),
        geo=_coordinates(location),
    )


def _places(offer: Offer, town: str) -> list[Data]:
    found = [_place(location, town) for location in offer.locations.all()] if offer.venue != Venue.ONLINE else []
    if not found and offer.venue != Venue.ONLINE:
        area = {"@type": "PostalAddress", "addressLocality": town, "addressCountry": "DE"}
        found = [{"@type": "Place", "name": town, "address": area}]
    return found


def _virtual(offer: Offer, url: str) -> list[Data]:
    return [{"@type": "VirtualLocation", "url": offer.online_url or url}] if offer.is_online else []


def _moment(occurrence: Occurrence, *, end: bool) -> str:
    day, moment = (occurrence.last_date, occurrence.ends_at) if end else (occurrence.first_date, occurrence.starts_at)
    return timezone.localtime(moment).isoformat() if occurrence.has_time else day.isoformat()


def _repetition(schedule: Schedule) -> Data:
    """A repeating rule as schema.org's Schedule."""
    parts = dict(part.split("=", 1) for part in schedule.rrule.split(";"))
    until = parts.get("UNTIL", "")[:8]
    return _filled(
        type_="Schedule",
        repeatFrequency=f"P{parts.get('INTERVAL', '1')}{PERIODS.get(parts.get('FREQ', ''), 'W')}",
        byDay=[f"{CONTEXT}/{DAYS[day]}" if day in DAYS else day for day in parts.get("BYDAY", "").split(",") if day],
        startDate=schedule.first_date.isoformat(),
        endDate=f"{until[:4]}-{until[4:6]}-{until[6:]}" if len(until) == 8 else "",
        startTime=schedule.start_time.isoformat() if schedule.start_time else "",
        endTime=schedule.end_time.isoformat() if schedule.end_time else "",
        scheduleTimezone=settings.TIME_ZONE,
        exceptDate=[day.isoformat() for day in _without(schedule)],
    )


def _without(schedule: Schedule) -> list[date]:
    """The days that are left out; holidays as far as the dates are known."""
    rule = readable(schedule) if schedule.off else None
    if rule is None:
        return list(schedule.exdates)
    today = timezone.localdate()
    return sorted({*schedule.exdates, *left_out(schedule).days(rule, today, today + HORIZON)})


def _price(offer: Offer, url: str) -> list[Data]:
    if offer.cost_kind not in {CostKind.FREE, CostKind.AMOUNT}:
        return []
    price = "0" if offer.cost_kind == CostKind.FREE else str(offer.cost_amount)
    target = offer.registration_url or url
    available = f"{CONTEXT}/InStock"
    return [{"@type": "Offer", "price": price, "priceCurrency": "EUR", "url": target, "availability": available}]


def _ages(offer: Offer) -> str:
    if offer.min_age is None and offer.max_age is None:
        return ""
    return f"{offer.min_age or 0}-{'' if offer.max_age is None else offer.max_age}"


def _organization(provider: Provider, base: str) -> Data:
    return {"@type": "Organization", "name": provider.name, "url": base + provider.get_absolute_url()}


def _common(offer: Offer, *, base: str, picture: str, abroad: Abroad) -> Data:
    """What an event, a course and a service have alike."""
    images = [image for image in offer.images.all() if image.kind != OfferImage.Kind.CONTACT]
    text = offer.summary or plain_text(offer.description) or offer.title
    return _filled(
        context=CONTEXT,
        name=offer.title,
        description=text[:MOST_TEXT],
        url=base + offer.get_absolute_url(),
        image=[base + image.image.url for image in images] or [picture],
        audience=[
            {"@type": "Audience", "audienceType": abroad.group(group.name)} for group in offer.target_groups.all()
        ],
        offers=_price(offer, base + offer.get_absolute_url()),
    )


def _service(offer: Offer, common: Data, *, base: str, town: str, abroad: Abroad) -> Data:
    """What has no dates: a course where it carries a number, else a service."""
    provider = _organization(offer.provider, base)
    if offer.course_number:
        return {"@type": "Course", "courseCode": offer.course_number, "provider": provider,
                "inLanguage": offer.languages or ["de"], **common}  # fmt: skip
    places = _places(offer, town)
    area = places or [{"@type": "AdministrativeArea", "name": town}]
    virtual = [{"@type": "ServiceChannel", "serviceUrl": offer.online_url}] if offer.online_url else []
    kinds = [abroad.topic(category.pk, category.name) for category in offer.categories.all()]
    return {
        "@type": "Service",
        "provider": provider,
        "areaServed": area,
        **_filled(serviceType=kinds, availableChannel=virtual),
        **common,
    }


def offer_data(
    offer: Offer, dates: Sequence[Occurrence], *, base: str, town: str, picture: str, abroad: Abroad
) -> Data:
    """The offer: an Event where it has dates (`dates`: the coming ones in order), else a Course or a Service.
    Topics and target groups are in the language of the page."""
    common = _common(offer, base=base, picture=picture, abroad=abroad)
    schedules = list(offer.schedules.all())
    if not schedules:
        return _service(offer, common, base=base, town=town, abroad=abroad)
    rules = [_repetition(schedule) for schedule in schedules if schedule.rrule]
    if dates:
        start, end = _moment(dates[0], end=False), _moment(dates[0], end=True)
    else:
        start = min(schedule.first_date for schedule in schedules).isoformat()
        end = timezone.localtime(offer.ends_at).isoformat() if offer.ends_at else ""
    url = base + offer.get_absolute_url()
    single = [] if rules or len(dates) < 2 else [_meeting(each, offer, url, town) for each in dates[:MOST_DATES]]
    return {
        "@type": "Event",
        "startDate": start,
        "eventStatus": f"{CONTEXT}/EventScheduled",
        "eventAttendanceMode": f"{CONTEXT}/{ATTENDANCE[Venue(offer.venue)]}EventAttendanceMode",
        "location": _places(offer, town) + _virtual(offer, url),
        "organizer": _organization(offer.provider, base),
        **_filled(
            endDate=end,
            eventSchedule=rules,
            subEvent=single,
            isAccessibleForFree=True if offer.is_free else None,
            typicalAgeRange=_ages(offer),
            performer={"@type": "Person", "name": offer.speaker} if offer.speaker else None,
        ),
        "inLanguage": offer.languages or ["de"],
        **common,
    }


def _meeting(occurrence: Occurrence, offer: Offer, url: str, town: str) -> Data:
    return {
        "@type": "Event",
        "name": offer.title,
        "startDate": _moment(occurrence, end=False),
        "endDate": _moment(occurrence, end=True),
        "location": _places(offer, town) + _virtual(offer, url),
    }


def _open(hours: OpeningHours, notes: Sequence[str]) -> Data:
    note = notes[hours.weekday - 1] if notes else ""
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": DAY_URLS[hours.weekday - 1],
        "opens": f"{hours.opens:%H:%M}",
        "closes": f"{hours.closes:%H:%M}",
        **({"description": note} if note else {}),
    }


def _openings(provider: Provider) -> list[Data]:
    """The week; and that it is closed on public holidays, which schema.org says as from midnight to midnight. It has no
    word for school holidays."""
    hours = [_open(each, provider.opening_notes) for each in provider.opening_hours.all()]
    if hours and provider.closed_on_holidays:
        closed = {"dayOfWeek": "https://schema.org/PublicHolidays", "opens": "00:00", "closes": "00:00"}
        hours.append({"@type": "OpeningHoursSpecification", **closed})
    return hours


def _telephones(provider: Provider) -> str | list[str]:
    """As one dials them from anywhere; what is in doubt as it was written."""
    numbers = [phone for each in (provider.phone, provider.phone_2) for phone in phones_in(each)]
    found = list(dict.fromkeys(phone.international or phone.text for phone in numbers))
    return found[0] if len(found) == 1 else found


def provider_data(provider: Provider, *, base: str, picture: str) -> Data:
    """The provider as an Organization, its house (with the opening hours) as a Place."""
    logo = logo_url(provider)
    address = postal_address(provider) if provider.address_line else {}
    hours = _openings(provider)
    house = {}
    if address or hours:
        house = _filled(
            type_="Place",
            name=provider.name,
            address=address,
            geo=_coordinates(provider),
            openingHoursSpecification=hours,
        )
    return _filled(
        context=CONTEXT,
        type_="Organization",
        name=provider.name,
        description=(provider.summary or plain_text(provider.description) or provider.tagline)[:MOST_TEXT],
        url=base + provider.get_absolute_url(),
        logo=base + logo if logo else "",
        image=picture,
        telephone=_telephones(provider),
        address=address,
        location=house,
        sameAs=[provider.website] if provider.website else [],
    )
