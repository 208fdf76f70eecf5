"""What the page of one offer shows, as plain values for its template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.html import plain_text
from core.phones import phones_in
from core.text import Spoken
from portal.offer_fields import answers
from portal.offer_fields.reading import OfferFields, offer_fields
from portal.offers.choices import Access, Accessibility
from portal.offers.freshness import unchecked_since
from portal.offers.ics import file_path
from portal.offers.languages import language_name
from portal.offers.models import Location, Occurrence, Offer, OfferImage
from portal.offers.presentation import age_line, cost_line, occurrence_line, place_line, schedule_sentences
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.taxonomy.tree import Node, Tree
from theming.head import shortened

# Shown at once, and shown when asked for; the calendar file has all.
FIRST_DATES = 4
MOST_DATES = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled piece of information with an icon."""

    icon: str
    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go; of a protected address only the district is told, and no coordinates."""

    name: str
    lines: tuple[str, ...]
    note: str
    hidden: bool
    label: str = ""
    latitude: float | None = None
    longitude: float | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date and where to get it for one's own calendar."""

    text: str
    calendar_url: str


def place_of(location: Location) -> Place:
    """What the public may know of a place."""
    district = location.district.name if location.district else ""
    if location.hide_exact_address:
        return Place(name="", lines=(district,) if district else (), note="", hidden=True)
    town = f"{location.postcode} {location.city}".strip()
    lines = [location.street, town]
    if district and district not in town:
        lines.append(district)
    return Place(
        name=location.name,
        lines=tuple(line for line in lines if line),
        note=location.note,
        hidden=False,
        label=location.name or location.address_line,
        latitude=location.latitude,
        longitude=location.longitude,
        exact=location.precision == "exact",
    )


def exact_place(offer: Offer) -> str:
    """The whole address where there is just one and it may be told."""
    places = list(offer.locations.all())
    if len(places) != 1 or offer.is_online or places[0].hide_exact_address:
        return ""
    return ", ".join(part for part in (places[0].name, places[0].address_line) if part)


def _languages(offer: Offer) -> str:
    return ", ".join(language_name(code) for code in offer.languages)


def _accessibility(offer: Offer) -> str:
    known = offer.get_accessibility_display() if offer.accessibility != Accessibility.UNKNOWN else ""
    return " – ".join(part for part in (str(known), offer.accessibility_note) if part)


def _costs(offer: Offer) -> str:
    line = cost_line(offer)
    return " – ".join(dict.fromkeys(part for part in (line, offer.cost_text) if part))


def _audience(offer: Offer, tree: Tree) -> str:
    groups = [tree.abroad.group(group.name) for group in offer.target_groups.all()]
    return ", ".join(part for part in (age_line(offer.min_age, offer.max_age), *groups) if part)


def facts_of(offer: Offer, *, tree: Tree, when: str, next_date: str, where: str) -> list[Row]:
    """The offer at a glance, in the order in which people decide; what nobody stated is left out."""
    rows = [
        Row("calendar", _("When"), when),
        Row("clock", _("Next date"), next_date if next_date != when else ""),
        Row("pin", _("Where"), where),
        Row("euro", _("Costs"), _costs(offer)),
        Row("users", _("For whom"), _audience(offer, tree)),
        Row("ticket", _("Access"), str(offer.get_access_display()) if offer.access != Access.UNKNOWN else ""),
        Row("language", _("Languages"), _languages(offer)),
        Row("disability", _("Accessibility"), _accessibility(offer)),
    ]
    return [row for row in rows if row.value]


def in_its_language(text: str) -> str:
    """What a provider or the municipality wrote: German, unless it is a translation that says otherwise."""
    return text if isinstance(text, Spoken) else Spoken(text)


def details_of(offer: Offer) -> list[Row]:
    """The smaller things, as they were entered."""
    rows = [
        Row("user", _("Speaker"), in_its_language(offer.speaker)),
        Row("list", _("Format"), in_its_language(offer.format)),
        Row("ticket", _("Course number"), in_its_language(offer.course_number)),
        Row("users", _("Participants"), in_its_language(offer.capacity)),
        Row("building", _("In cooperation with"), in_its_language(offer.cooperation)),
        Row("volunteer", _("Volunteering"), in_its_language(offer.participate_note)),
        Row("heart", _("Donations"), in_its_language(offer.donate_note)),
        Row(
            "star",
            _("Part of"),
            in_its_language(", ".join(marker.name for marker in offer.markers.all() if not marker.internal)),
        ),
    ]
    if offer.volunteering and not offer.participate_note:
        rows.append(Row("volunteer", _("Volunteering"), _("Volunteers are welcome.")))
    return [row for row in rows if row.value]


def extras_of(offer: Offer, here: OfferFields) -> list[Row]:
    """The answers to the municipality's own questions, in their order; internal ones are told to nobody."""
    rows = [
        Row("list", each.name, in_its_language(answers.in_words(each, offer.extras.get(each.key))))
        for each in here.shown
    ]
    return [row for row in rows if row.value]


def forget_left_out(offer: Offer, here: OfferFields) -> None:
    """Take out what this municipality does not show. The row is not to be saved afterwards."""
    for name in here.left_out:
        setattr(offer, name, Offer._meta.get_field(name).get_default())  # type: ignore[union-attr]  # a column, no relation


def coming_dates(offer: Offer, *, now: datetime) -> list[Occurrence]:
    """The next dates, one more than are ever shown, so that the page knows whether there are more."""
    return list(offer.occurrences.filter(ends_at__gte=now).order_by("starts_at", "pk")[: MOST_DATES + 1])


def phone_rows(*numbers: str) -> list[Row]:
    """Telephone numbers, each once; links where it is certain what is to be dialled."""
    found = {phone.uri or phone.text: phone for each in numbers for phone in phones_in(each)}
    return [Row("phone", _("Phone"), phone.text, phone.uri) for phone in found.values()]


def website_rows(url: str) -> list[Row]:
    """A website as a link without its scheme."""
    return [Row("web", _("Website"), url.split("://", 1)[-1].rstrip("/"), url)] if url else []


def _trail(node: Node | None) -> list[dict[str, str]]:
    nodes = node.trail() if node else []
    return [{"label": each.said, "url": each.search_url} for each in nodes]


def nodes_of(ids: Iterable[int], tree: Tree) -> list[Node]:
    """The chosen categories in display order."""
    chosen = set(ids)
    return [node for node in tree if node.id in chosen]


def mail_link(title: str, url: str) -> str:
    """A mail to friends: subject and body are there, the address is not."""
    body = f"{title}\n{url}"
    return f"mailto:?subject={quote(title)}&body={quote(body)}"


def host_of(url: str) -> str:
    """Which website a link leads to."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        # Taken over from an old system and no address at all: the link is there as it was.
        return url


def when_line(offer: Offer, dates: Sequence[Occurrence], rules: Sequence[str]) -> str:
    """When it is, in one line; of what is over, when that was."""
    if len(rules) == 1:
        return rules[0]
    if dates:
        return occurrence_line(dates[0])
    if offer.ends_at is not None and offer.is_over:
        return _("over since %(day)s") % {"day": date_format(timezone.localtime(offer.ends_at), "SHORT_DATE_FORMAT")}
    return ""


def description_of(offer: Offer, *, when: str, where: str) -> str:
    """For search engines: what it is, then when and where, then by whom; the last give way first."""
    text = shortened(offer.summary or plain_text(offer.description), 110)
    return shortened(" · ".join(part for part in (text, when, where, offer.provider.name) if part))


def offer_page(
    offer: Offer, dates: Sequence[Occurrence], *, tree: Tree, names: Preferences, now: datetime
) -> dict[str, Any]:
    """Context of offers/detail.html besides the offer itself. No query: everything has been fetched."""
    here = offer_fields()
    forget_left_out(offer, here)
    today = timezone.localdate(now)
    chosen = nodes_of((category.pk for category in offer.categories.all()), tree)
    rules = schedule_sentences(offer.schedules.all(), today=today) if offer.schedule_kind != "dates" else []
    when = when_line(offer, dates, rules)
    where = place_line(offer, offer.locations.all(), names=names)
    details, images = [*extras_of(offer, here), *details_of(offer)], _images(offer)
    places = [place_of(location) for location in offer.locations.all()]
    shown = (offer.description, dates, rules, offer.schedule_note, places, offer.is_online, offer.video_url, details)
    return {
        "over": offer.is_over,
        # Only the essentials are known: they get the room.
        "sparse": not any((*shown, images["hero"], images["pictures"])),
        "rules": rules,
        **_dates(offer, dates),
        "facts": facts_of(
            offer,
            tree=tree,
            when=when,
            next_date=occurrence_line(dates[0]) if dates else "",
            where=in_its_language(exact_place(offer) or where),
        ),
        "summary_line": description_of(offer, when=when, where=where),
        "details": details,
        "places": places,
        "node": chosen[0] if chosen else None,
        "chosen": chosen,
        "crumbs": [
            {"label": names.offers_name, "url": "/angebote/"},
            *_trail(chosen[0] if chosen else None),
            {"label": in_its_language(offer.title), "url": ""},
        ],
        "video_host": host_of(offer.video_url),
        "checked": offer.reviewed_at,
        "unchecked_since": unchecked_since(offer.reviewed_at, offer.updated_at) if offer.noted_at else None,
        **images,
        **_contact(offer),
    }


def _dates(offer: Offer, dates: Sequence[Occurrence]) -> dict[str, Any]:
    calendar = file_path(offer)
    lines = [DateLine(occurrence_line(date), file_path(offer, date)) for date in dates[:MOST_DATES]]
    return {
        "dates": lines[:FIRST_DATES],
        "further_dates": lines[FIRST_DATES:],
        "even_more_dates": len(dates) > MOST_DATES,
        "calendar_url": calendar if dates else "",
    }


def _images(offer: Offer) -> dict[str, Any]:
    images = list(offer.images.all())
    pictures = [image for image in images if image.kind == OfferImage.Kind.CONTENT]
    return {
        "hero": next((image for image in images if image.kind == OfferImage.Kind.HERO), None),
        "pictures": pictures,
        "portrait": next((image for image in images if image.kind == OfferImage.Kind.CONTACT), None),
    }


def _contact(offer: Offer) -> dict[str, Any]:
    """The offer's own contact person, else the provider's. Mail addresses stay behind the form."""
    own = offer.contact_name or offer.contact_email or offer.contact_phone
    provider = offer.provider
    source: Offer | Provider = offer if own else provider
    reachable = offer.contact_email or provider.contact_email or provider.email
    return {
        "contact": source if source.contact_name else None,
        "phones": phone_rows(source.contact_phone or provider.phone),
        "websites": website_rows(provider.website),
        "contact_url": f"{offer.get_absolute_url()}kontakt/" if reachable else "",
        "report_url": f"{offer.get_absolute_url()}melden/",
    }
