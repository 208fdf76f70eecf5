"""What the pages of one offer and one provider show, as plain values for their templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.offers.choices import Access, Accessibility
from portal.offers.languages import language_name
from portal.offers.models import Location, Occurrence, Offer, OfferImage
from portal.offers.presentation import age_line, cost_line, occurrence_line, place_line, schedule_sentences
from portal.preferences.models import Preferences
from portal.providers.cards import logo_url
from portal.providers.models import Provider, ProviderImage
from portal.providers.presentation import open_until, opening_table
from portal.taxonomy.tree import Node, Tree

MOST_DATES = 6
ROUTE = "https://www.openstreetmap.org/directions"


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled piece of information with an icon."""

    icon: str
    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go; of a protected address only the district is told."""

    name: str
    lines: tuple[str, ...]
    note: str
    route_url: str
    hidden: bool


def place_of(location: Location) -> Place:
    """What the public may know of a place."""
    district = location.district.name if location.district else ""
    if location.hide_exact_address:
        return Place(name="", lines=(district,) if district else (), note="", route_url="", hidden=True)
    town = f"{location.postcode} {location.city}".strip()
    lines = [location.street, town]
    if district and district not in town:
        lines.append(district)
    return Place(
        name=location.name,
        lines=tuple(line for line in lines if line),
        note=location.note,
        route_url=route_url(location),
        hidden=False,
    )


def route_url(where: Location | Provider) -> str:
    """A link (never a request of ours) to directions, where the place is exactly known."""
    if where.latitude is None or where.longitude is None or where.precision != "exact":
        return ""
    target = f"{where.latitude:.5f},{where.longitude:.5f}"
    return f"{ROUTE}?{urlencode({'to': target})}"


def _languages(offer: Offer) -> str:
    return ", ".join(language_name(code) for code in offer.languages)


def _accessibility(offer: Offer) -> str:
    known = offer.get_accessibility_display() if offer.accessibility != Accessibility.UNKNOWN else ""
    return " – ".join(part for part in (str(known), offer.accessibility_note) if part)


def _costs(offer: Offer) -> str:
    line = cost_line(offer)
    return " – ".join(dict.fromkeys(part for part in (line, offer.cost_text) if part))


def _audience(offer: Offer) -> str:
    groups = [group.name for group in offer.target_groups.all()]
    return ", ".join(part for part in (age_line(offer.min_age, offer.max_age), *groups) if part)


def facts_of(offer: Offer, *, when: str, where: str) -> list[Row]:
    """The offer at a glance; what nobody stated is left out."""
    rows = [
        Row("calendar", _("When"), when),
        Row("pin", _("Where"), where),
        Row("euro", _("Costs"), _costs(offer)),
        Row("users", _("For whom"), _audience(offer)),
        Row("language", _("Languages"), _languages(offer)),
        Row("disability", _("Accessibility"), _accessibility(offer)),
        Row("ticket", _("Access"), str(offer.get_access_display()) if offer.access != Access.UNKNOWN else ""),
    ]
    return [row for row in rows if row.value]


def details_of(offer: Offer) -> list[Row]:
    """The smaller things, as they were entered."""
    rows = [
        Row("user", _("Speaker"), offer.speaker),
        Row("list", _("Format"), offer.format),
        Row("ticket", _("Course number"), offer.course_number),
        Row("users", _("Participants"), offer.capacity),
        Row("building", _("In cooperation with"), offer.cooperation),
        Row("volunteer", _("Joining in"), offer.participate_note),
        Row("heart", _("Donations"), offer.donate_note),
        Row("star", _("Part of"), ", ".join(marker.name for marker in offer.markers.all())),
    ]
    if offer.volunteering and not offer.participate_note:
        rows.append(Row("volunteer", _("Volunteering"), _("Volunteers are welcome.")))
    return [row for row in rows if row.value]


def coming_dates(offer: Offer, *, now: datetime) -> list[Occurrence]:
    """The next dates, one more than are shown, so that the page knows whether there are more."""
    return list(offer.occurrences.filter(ends_at__gte=now).order_by("starts_at", "pk")[: MOST_DATES + 1])


def contact_rows(phone: str, second_phone: str, email: str, website: str) -> list[Row]:
    """Ways to get in touch as links."""
    rows = [
        Row("phone", _("Phone"), phone, f"tel:{_dial(phone)}"),
        Row("phone", _("Second phone"), second_phone, f"tel:{_dial(second_phone)}"),
        Row("mail", _("E-mail"), email, f"mailto:{email}"),
        Row("web", _("Website"), website.split("://", 1)[-1].rstrip("/"), website),
    ]
    return [row for row in rows if row.value]


def _dial(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def _trail(node: Node | None) -> list[dict[str, str]]:
    nodes = node.trail() if node else []
    return [{"label": each.name, "url": each.search_url} for each in nodes]


def _nodes(ids: Iterable[int], tree: Tree) -> list[Node]:
    chosen = set(ids)
    return [node for node in tree if node.id in chosen]


def offer_page(offer: Offer, *, tree: Tree, names: Preferences, now: datetime) -> dict[str, Any]:
    """Context of offers/detail.html besides the offer itself. One query for the dates."""
    today = timezone.localdate(now)
    dates = coming_dates(offer, now=now)
    chosen = _nodes((category.pk for category in offer.categories.all()), tree)
    rules = schedule_sentences(offer.schedules.all(), today=today) if offer.schedule_kind != "dates" else []
    when = rules[0] if len(rules) == 1 else (occurrence_line(dates[0]) if dates else "")
    images = list(offer.images.all())
    places = [place_of(location) for location in offer.locations.all()]
    return {
        "over": offer.is_over,
        "rules": rules,
        "dates": [occurrence_line(date) for date in dates[:MOST_DATES]],
        "more_dates": len(dates) > MOST_DATES,
        "facts": facts_of(offer, when=when, where=place_line(offer, offer.locations.all(), names=names)),
        "details": details_of(offer),
        "places": places,
        "node": chosen[0] if chosen else None,
        "chosen": chosen,
        "crumbs": [
            {"label": names.offers_name, "url": "/angebote/"},
            *_trail(chosen[0] if chosen else None),
            {"label": offer.title, "url": ""},
        ],
        "hero": next((image for image in images if image.kind == OfferImage.Kind.HERO), None),
        "pictures": [image for image in images if image.kind == OfferImage.Kind.CONTENT],
        "portrait": next((image for image in images if image.kind == OfferImage.Kind.CONTACT), None),
        **_contact(offer),
    }


def _contact(offer: Offer) -> dict[str, Any]:
    """The offer's own contact person, else the provider's."""
    source: Offer | Provider = offer if offer.contact_name or offer.contact_email or offer.contact_phone else offer.provider
    provider = offer.provider
    rows = contact_rows(
        source.contact_phone or provider.phone, "", source.contact_email or provider.email, provider.website
    )
    return {"contact": source if source.contact_name else None, "contact_rows": rows}


def provider_page(provider: Provider, *, tree: Tree, names: Preferences, now: datetime) -> dict[str, Any]:
    """Context of providers/detail.html besides the provider itself."""
    hours = list(provider.opening_hours.all())
    images = list(provider.images.all())
    address = [provider.street, f"{provider.postcode} {provider.city}".strip()]
    if provider.district and provider.district.name not in address[1]:
        address.append(provider.district.name)
    return {
        "hours": opening_table(hours, now=now),
        "open_until": open_until(hours, now=now),
        "address": [line for line in address if line],
        "route_url": route_url(provider),
        "contact_rows": contact_rows(provider.phone, provider.phone_2, provider.email, provider.website),
        "person_rows": contact_rows(provider.contact_phone, "", provider.contact_email, ""),
        "logo_url": logo_url(provider),
        "pictures": [image for image in images if image.kind == ProviderImage.Kind.CONTENT],
        "portrait": next((image for image in images if image.kind == ProviderImage.Kind.CONTACT), None),
        "chosen": _nodes((category.pk for category in provider.categories.all()), tree),
        "crumbs": [{"label": names.providers_name, "url": "/anbieter/"}, {"label": provider.name, "url": ""}],
    }
