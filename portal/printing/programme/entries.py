"""Offers as the entries of a programme: everything a person needs to go there, in a fixed number of statements."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.html import plain_text
from core.ordering import name_key
from portal.offer_fields.reading import offer_fields
from portal.offers.choices import Accessibility, CostKind, ScheduleKind
from portal.offers.detail import forget_left_out, phone_rows, place_of
from portal.offers.models import Occurrence, Offer
from portal.offers.presentation import age_line, cost_line, occurrence_line, schedule_sentences
from portal.taxonomy.tree import Tree

LONGEST_TEXT = 420
MOST_DATES = 6
_TIME = re.compile(r"\d{1,2}:\d\d(?:–\d{1,2}:\d\d)? \w+")


class Fact(NamedTuple):
    """A labelled piece of information. Short ones stand beside each other on a line."""

    label: str
    text: str
    short: bool = False


class Stretch(NamedTuple):
    """A date of an offer within the period: its local days."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Entry:
    """An offer on paper. `topics` and `districts` are ids in display order, the leading one first."""

    id: int
    title: str
    key: str
    text: str
    facts: tuple[Fact, ...]
    provider: str
    address: str
    topics: tuple[int, ...] = ()
    districts: tuple[int, ...] = ()
    dates: tuple[Stretch, ...] = ()

    @property
    def anchor(self) -> str:
        """Its place in the document."""
        return f"o{self.id}"

    @property
    def lines(self) -> list[list[Fact]]:
        """The facts by the lines they stand on: paper is dear."""
        found: list[list[Fact]] = []
        for fact in self.facts:
            if fact.short and found and found[-1][-1].short:
                found[-1].append(fact)
            else:
                found.append([fact])
        return found


def entries_of(ids: Sequence[int], *, tree: Tree, period: tuple[date, date], host: str) -> list[Entry]:
    """The entries of these offers, by name."""
    rows = Offer.objects.published().filter(pk__in=ids).select_related("provider").order_by()
    offers = rows.prefetch_related("categories", "target_groups", "schedules", "locations__district")
    dates = _dates(ids, period)
    here = offer_fields()
    found = []
    for offer in offers:
        forget_left_out(offer, here)
        found.append(_entry(offer, dates.get(offer.pk, []), tree=tree, today=period[0], host=host))
    return sorted(found, key=lambda entry: (entry.key, entry.id))


def _dates(ids: Sequence[int], period: tuple[date, date]) -> dict[int, list[Occurrence]]:
    """The dates of each offer within the period."""
    first, last = period
    rows = Occurrence.objects.filter(offer__in=ids, first_date__lte=last, last_date__gte=first)
    found: dict[int, list[Occurrence]] = {}
    for row in rows.order_by("starts_at", "pk").iterator(chunk_size=2000):
        found.setdefault(row.offer_id, []).append(row)
    return found


def _entry(offer: Offer, dates: Sequence[Occurrence], *, tree: Tree, today: date, host: str) -> Entry:
    chosen = {category.pk for category in offer.categories.all()}
    districts = [place.district for place in offer.locations.all() if place.district]
    return Entry(
        id=offer.pk,
        title=offer.title,
        key=name_key(offer.title),
        text=_shortened(offer.summary or plain_text(offer.description)),
        facts=tuple(fact for fact in _facts(offer, dates, today) if fact.text),
        provider=offer.provider.name,
        address=f"{host}/angebote/{offer.pk}-{offer.slug}/",
        topics=tuple(dict.fromkeys(node.root.id for node in tree if node.id in chosen)),
        districts=() if offer.is_online else tuple(dict.fromkeys(each.pk for each in districts)),
        dates=tuple(Stretch(each.first_date, each.last_date) for each in dates),
    )


def _facts(offer: Offer, dates: Sequence[Occurrence], today: date) -> Iterable[Fact]:
    when = _together_on_a_line(_when(offer, dates, today))
    yield Fact(_("When"), "; ".join(part for part in (when, offer.schedule_note) if part))
    yield Fact(_("Where"), _where(offer))
    yield Fact(_("For whom"), _audience(offer), short=True)
    yield Fact(_("Costs"), _costs(offer), short=True)
    yield Fact(_("Accessibility"), _accessibility(offer), short=True)
    yield Fact(_("Taking part"), offer.conditions)
    own = offer.contact_name or offer.contact_email or offer.contact_phone
    number = offer.contact_phone if own else offer.provider.contact_phone
    phones = phones_of(number or offer.provider.phone)
    yield Fact(
        _("Contact"),
        _together(offer.contact_name if own else offer.provider.contact_name, offer.provider.name, *phones),
    )


def _when(offer: Offer, dates: Sequence[Occurrence], today: date) -> str:
    if offer.schedule_kind != ScheduleKind.DATES:
        return "; ".join(schedule_sentences(offer.schedules.all(), today=today))
    lines = [occurrence_line(each) for each in dates[:MOST_DATES]]
    more = len(dates) - len(lines)
    if more > 0:
        lines.append(ngettext("%(number)d more date", "%(number)d more dates", more) % {"number": more})
    return "; ".join(lines)


def _together_on_a_line(times: str) -> str:
    """“16:00–17:30 Uhr” is read in one go."""
    return _TIME.sub(lambda found: found[0].replace("–", "–\u2060").replace(" ", "\u00a0"), times)


def phones_of(given: str) -> list[str]:
    """Telephone numbers that stay on a line."""
    return [row.value.replace(" ", "\u00a0") for row in phone_rows(given)]


def _where(offer: Offer) -> str:
    """The places as the public may know them: of a protected one only the district."""
    lines = []
    for place in map(place_of, offer.locations.all()):
        lines.append(", ".join(part for part in (place.name, *place.lines, place.note) if part))
    if offer.is_online:
        lines.append(_("online"))
    return "; ".join(line for line in lines if line)


def _audience(offer: Offer) -> str:
    groups = [group.name for group in offer.target_groups.all()]
    return ", ".join(part for part in (age_line(offer.min_age, offer.max_age), *groups) if part)


def _costs(offer: Offer) -> str:
    more = offer.cost_text if offer.cost_kind != CostKind.TEXT else ""
    return " – ".join(part for part in (cost_line(offer), more) if part)


def _accessibility(offer: Offer) -> str:
    known = str(offer.get_accessibility_display()) if offer.accessibility != Accessibility.UNKNOWN else ""
    return " – ".join(part for part in (known, offer.accessibility_note) if part)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TEXT else f"{words[: LONGEST_TEXT + 1].rsplit(' ', 1)[0][:LONGEST_TEXT]} …"


def _together(*parts: str) -> str:
    """What there is, each once."""
    return ", ".join(dict.fromkeys(part for part in parts if part))
