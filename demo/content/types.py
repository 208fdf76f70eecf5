"""The shapes of the demo's content: what authors write (specs) and what `demo.build` makes of it (seeds).

Specs are short because people write them; seeds are complete because a program reads them.
All times are local "HH:MM" in specs and `datetime.time` in seeds; all texts are German.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Weekday = Literal["mo", "di", "mi", "do", "fr", "sa", "so"]
WEEKDAYS: tuple[Weekday, ...] = ("mo", "di", "mi", "do", "fr", "sa", "so")
DateKind = Literal["none", "dates", "period", "daily", "weekly", "monthly"]
CostKind = Literal["unknown", "free", "amount", "text"]
Access = Literal["unknown", "open", "members"]
State = Literal["draft", "submitted", "published", "paused", "expired"]
PlaceMode = Literal["district", "radius"]
Answer = Literal["yes", "no", "unknown"]
Role = Literal["admin", "editor", "planner", "provider_admin", "provider_member", "operator"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What an offer costs: nothing, an amount in euros, or a sentence; `text` may explain an amount."""

    kind: CostKind = "unknown"
    amount: Decimal | None = None
    text: str = ""


FREE = Cost("free")


def euros(amount: str, text: str = "") -> Cost:
    return Cost("amount", Decimal(amount), text)


def price(text: str) -> Cost:
    return Cost("text", None, text)


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """When something happens, without a date: `demo.build` places it around the day of the build.

    `windows` are "HH:MM-HH:MM"; `count` is the number of dates, days or weeks (0: open-ended);
    `gap` is the number of days between single dates; `nth` the week of the month (-1: the last).
    """

    kind: DateKind
    weekdays: tuple[Weekday, ...] = ()
    windows: tuple[str, ...] = ()
    count: int = 0
    gap: int = 7
    nth: int = 0
    movable: bool = True


@dataclass(frozen=True, slots=True)
class Variant:
    """One filling of a pattern's slots, with what differs from the pattern because of it."""

    slots: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ages: tuple[int | None, int | None] | None = None
    cost: Cost | None = None
    languages: tuple[str, ...] | None = None
    audiences: tuple[str, ...] | None = None
    schedules: tuple[ScheduleSpec, ...] | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of offer as several providers have it; titles and texts have alternatives and slots.

    Slots everywhere: {ort} "in Burbach", {bei} "in der Bücherei", {stadt}, {anbieter}; all others come
    from the variant. `texts` holds groups of alternatives; one sentence group after the other is chosen.
    """

    key: str
    topic: str
    audiences: tuple[str, ...]
    titles: tuple[str, ...]
    teasers: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    schedules: tuple[ScheduleSpec, ...]
    variants: tuple[Variant, ...] = (Variant(),)
    ages: tuple[int | None, int | None] = (None, None)
    costs: tuple[Cost, ...] = (FREE,)
    registrations: tuple[str, ...] = ("Keine Anmeldung nötig, einfach vorbeikommen.",)
    languages: tuple[str, ...] = ("de",)
    access: Access = "open"
    places: int = 1
    online: Literal["never", "also", "only"] = "never"
    engagement: bool = False
    motif: str = ""


@dataclass(frozen=True, slots=True)
class Venue:
    name: str
    street: str


@dataclass(frozen=True, slots=True)
class Locality:
    """A part of a town: `where` completes a sentence ("in Burbach"); the point is its centre (WGS 84)."""

    key: str
    name: str
    where: str
    district: str
    postcode: str
    town: str
    lat: float
    lon: float
    venues: tuple[Venue, ...] = ()


@dataclass(frozen=True, slots=True)
class DistrictSpec:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class CategorySpec:
    """A node of the tree; `topics` name the patterns it collects, icon and colour stand on roots only."""

    key: str
    name: str
    topics: tuple[str, ...] = ()
    children: tuple[CategorySpec, ...] = ()
    icon: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class TargetGroupSpec:
    key: str
    name: str
    audiences: tuple[str, ...]
    min_age: int | None = None
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class CarrierSpec:
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    html: str


@dataclass(frozen=True, slots=True)
class ProviderSpec:
    """A provider as its author writes it; `bei` completes a sentence ("in der Stadtbücherei")."""

    key: str
    name: str
    bei: str
    carrier: str
    locality: str
    street: str
    tagline: str
    teaser: str
    description: tuple[str, ...]
    programme: tuple[str, ...]
    count: int
    hours: str
    facts: tuple[Fact, ...] = ()
    accessible: Answer = "yes"
    motif: str = ""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """An editorial page; `html` uses only p, h2, h3, ul, ol, li, a, strong, em, br and address-like lines."""

    slug: str
    title: str
    html: str
    footer: bool = True


@dataclass(frozen=True, slots=True)
class ImageSpec:
    """A picture in `demo/media/`, with what must stand beside it."""

    file: str
    alt: str
    copyright: str = "Chancenportal Demo"


@dataclass(frozen=True, slots=True)
class PartnerSpec:
    name: str
    url: str
    logo: ImageSpec


@dataclass(frozen=True, slots=True)
class ThemeSpec:
    """The look and the words of a portal; colours are #rrggbb, `font` is a key of theming's choice."""

    portal_name: str
    claim: str
    hero_title: str
    hero_text: str
    intro_html: str
    brand: str
    accent: str
    font: Literal["fira", "atkinson"]
    logo: ImageSpec
    hero: ImageSpec
    footer_lines: tuple[str, ...]
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class SettingsSpec:
    """What a municipality decided: approval of each offer, how places are searched, names of things."""

    approval: bool
    place_mode: PlaceMode
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Town:
    """Everything written for one municipality.

    `box` is (south, west, north, east); `phone_areas` are dialling codes of districts that differ from the main one.
    """

    slug: str
    name: str
    short_name: str
    phone_area: str
    box: tuple[float, float, float, float]
    seed: int
    theme: ThemeSpec
    settings: SettingsSpec
    districts: tuple[DistrictSpec, ...]
    localities: tuple[Locality, ...]
    categories: tuple[CategorySpec, ...]
    target_groups: tuple[TargetGroupSpec, ...]
    carriers: tuple[CarrierSpec, ...]
    providers: tuple[ProviderSpec, ...]
    pages: tuple[PageSpec, ...]
    partners: tuple[PartnerSpec, ...]
    phone_areas: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class PlaceSeed:
    """A place with its address; `name` is a venue's own name or empty, `info` a room or hint."""

    name: str
    street: str
    postcode: str
    town: str
    lat: float
    lon: float
    district: str
    info: str = ""


@dataclass(frozen=True, slots=True)
class ContactSeed:
    name: str
    role: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class OpeningSeed:
    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class SlotSeed:
    """A time window: on `day` (single dates), on `weekday` 0-6 (weekly), or on every day (both None)."""

    start: time
    end: time
    day: date | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class ScheduleSeed:
    """When an offer takes place; `end` None is open-ended, `exceptions` are days it is cancelled."""

    kind: DateKind
    start: date | None = None
    end: date | None = None
    slots: tuple[SlotSeed, ...] = ()
    nth: int = 0
    exceptions: tuple[date, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProviderSeed:
    key: str
    name: str
    carrier: str
    tagline: str
    teaser: str
    description_html: str
    place: PlaceSeed
    phone: str
    email: str
    website: str
    contact: ContactSeed
    opening: tuple[OpeningSeed, ...]
    facts: tuple[Fact, ...]
    categories: tuple[str, ...]
    image: ImageSpec | None


@dataclass(frozen=True, slots=True)
class OfferSeed:
    key: str
    provider: str
    title: str
    teaser: str
    description_html: str
    state: State
    categories: tuple[str, ...]
    target_groups: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    languages: tuple[str, ...]
    cost: Cost
    access: Access
    accessible: Answer
    engagement: bool
    registration: str
    contact: ContactSeed
    online: bool
    places: tuple[PlaceSeed, ...]
    schedule: ScheduleSeed
    image: ImageSpec | None
    pattern: str


@dataclass(frozen=True, slots=True)
class AccountSeed:
    email: str
    name: str
    role: Role
    provider: str = ""


@dataclass(frozen=True, slots=True)
class MunicipalitySeed:
    """One municipality, complete: references between its parts are keys, all of them resolve."""

    slug: str
    name: str
    short_name: str
    theme: ThemeSpec
    settings: SettingsSpec
    districts: tuple[DistrictSpec, ...]
    categories: tuple[CategorySpec, ...]
    target_groups: tuple[TargetGroupSpec, ...]
    carriers: tuple[CarrierSpec, ...]
    pages: tuple[PageSpec, ...]
    partners: tuple[PartnerSpec, ...]
    providers: tuple[ProviderSeed, ...]
    offers: tuple[OfferSeed, ...]
    accounts: tuple[AccountSeed, ...]
    centre: tuple[float, float]
    district_centres: Mapping[str, tuple[float, float]]
