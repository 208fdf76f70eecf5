"""What an event says, as part of an offer's text. The rest (topic, target groups, costs) people say once for all."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from typing import Any

from django.utils.translation import gettext as _

from core.html import clean_html, plain_text
from core.text import fold
from gazetteer.germany import in_order
from portal.authoring.forms.where import place_of_profile, point_of
from portal.calendars.reading import dates
from portal.calendars.reading.moments import day_of, instant
from portal.calendars.reading.onwards import in_force
from portal.calendars.reading.parsing import Event, Series
from portal.calendars.reading.values import MARKUP
from portal.exchange.addresses import address
from portal.exchange.excel.texts import to_html
from portal.offers.choices import Venue
from portal.offers.moments import zone
from portal.offers.rules import RuleError
from portal.offers.seasons import end_of_text
from portal.providers.fields import Precision
from portal.providers.models import Provider

Part = dict[str, Any]
LONGEST_SUMMARY = 300
LONGEST_NOTE = 500
_LINK = re.compile(r"https?://[^\s<>\"']{3,480}")
_SENTENCE = re.compile(r"[.!?…](?=\s)")


@dataclass(frozen=True, slots=True)
class Mapped:
    """One event as an offer would say it, and by what it is known again."""

    uid: str
    content: Part
    title_key: str
    start_key: str
    first: date
    last: date | None
    problem: str = ""
    """Why its dates cannot be taken over, in a sentence."""

    never: bool = False
    """Whether all of its dates were taken out: as good as gone from the calendar."""

    def is_over(self, today: date) -> bool:
        """Whether its last date has passed."""
        return self.last is not None and self.last < today


@dataclass(slots=True)
class Mapper:
    """Reads the events of one provider's calendar. Middles of postcodes are asked for once."""

    provider: Provider
    today: date
    _places: dict[str, Part] = field(default_factory=dict)

    def mapped(self, series: Series) -> Mapped:
        """The event as a part of an offer's text."""
        main, problem, never = in_force(series, self.today).main, "", False
        start = main.span.start
        first = start.astimezone(zone()).date() if isinstance(start, datetime) and start.tzinfo else day_of(start)
        content = {**self._where(main), **_texts(main), "labels": list(main.labels)}
        content["schedule_note"] = _otherwise(series, main, self.today)
        try:
            found = dates.dates_of(series, today=self.today)
            content |= {"schedule_kind": found.kind.value, "schedules": found.rules}
        except (RuleError, ValueError, OverflowError) as error:
            problem = _("This repetition cannot be understood: %s") % error
            never = isinstance(error, dates.NoDatesError)
        return Mapped(
            uid=main.uid,
            content=content,
            title_key=fold(main.title)[:120],
            start_key=str(instant(start) if isinstance(start, datetime) else start)[:40],
            first=first,
            last=None if problem else end_of_text(content),
            problem=problem,
            never=never,
        )

    def _where(self, event: Event) -> Part:
        """Where it takes place: as the event says, else at the organisation's own place."""
        place = event.place
        if found := _LINK.search(place):
            return {"venue": Venue.ONLINE.value, "online_url": found[0], "locations": []}
        if fold(place) in {"online", "digital", "zoom", "videokonferenz", "internet"}:
            return {"venue": Venue.ONLINE.value, "online_url": "", "locations": []}
        if place not in self._places:
            self._places[place] = self._place(place)
        written = dict(self._places[place])
        # 0;0 is what programs write that do not know.
        if event.geo is not None and any(event.geo) and written:
            latitude, longitude = in_order(*event.geo)
            written |= {"latitude": latitude, "longitude": longitude, "precision": Precision.EXACT.value}
        return {"venue": Venue.ON_SITE.value, "online_url": "", "locations": [written] if written else []}

    def _place(self, written: str) -> Part:
        ours = place_of_profile(self.provider)
        if not written or (ours and _is_at(written, ours)):
            return ours
        found = address(written)
        if found is None:
            # A name without an address is most likely in the same town; its street nobody knows.
            town = {name: ours.get(name, "") for name in ("postcode", "city")}
            return {"name": written[:200], "street": "", **town, **point_of(town["postcode"], town["city"])}
        name, street = _divided(found.street)
        return {
            "name": name[:200],
            "street": street[:200],
            "postcode": found.postcode,
            "city": found.city[:120],
            **point_of(found.postcode, found.city),
        }


def _is_at(written: str, ours: Part) -> bool:
    """Whether a place is the organisation's own: its street stands in it."""
    return bool(ours["street"]) and fold(ours["street"]) in fold(written)


def _divided(before: str) -> tuple[str, str]:
    """“Gemeindehaus, Hauptstraße 3” is a name and a street."""
    name, comma, street = before.rpartition(",")
    if comma and any(sign.isdigit() for sign in street):
        return name.strip(), street.strip()
    if any(sign.isdigit() for sign in before):
        return "", before.strip()
    return before.strip(), ""


def _texts(event: Event) -> Part:
    markup, plain = described(event.description)
    return {
        "title": event.title,
        "summary": shortened(plain),
        # What stands in the short text whole need not be said twice.
        "description": markup if plain != shortened(plain) or markup.count("<") > 2 else "",
        "registration_url": found[0] if (found := _LINK.match(event.url)) else "",
    }


def described(text: str) -> tuple[str, str]:
    """A description as markup and as plain words: some programs write HTML, others lines."""
    markup = clean_html(text) if MARKUP.search(text) else to_html(unescape(text))
    return markup, plain_text(markup)


def shortened(text: str) -> str:
    """As many whole sentences as fit, else as many words."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    ends = [found.end() for found in _SENTENCE.finditer(text[:LONGEST_SUMMARY])]
    if ends and ends[-1] > 40:
        return text[: ends[-1]]
    return text[: LONGEST_SUMMARY - 2].rpartition(" ")[0] + " …"


def _otherwise(series: Series, main: Event, today: date) -> str:
    """What is otherwise on single dates that were moved, or from one on: their place or their name. `main`: what
    holds today."""
    said = []
    for each in sorted(series.changed, key=lambda one: str(one.span.start)):
        start = each.span.start
        day = start.astimezone(zone()).date() if isinstance(start, datetime) and start.tzinfo else day_of(start)
        if each.cancelled or (each.onwards and day <= today):
            continue
        parts = [
            each.title if each.title and each.title != main.title else "",
            each.place if each.place and each.place != main.place else "",
        ]
        if any(parts):
            words = ", ".join(filter(None, parts))
            named = _("from %(day)s on: %(words)s") if each.onwards else "%(day)s: %(words)s"
            said.append(named % {"day": f"{day:%d.%m.%Y}", "words": words})
    return "; ".join(said)[:LONGEST_NOTE]
