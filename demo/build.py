"""From what is written about a municipality to everything it contains, for a given day.

Nothing here looks at a clock, a database or a source of chance other than seeded generators: the same day always
gives the same demo.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from demo.calendar_around import place_schedule
from demo.choose import Chooser, Chosen
from demo.content import pirmasens, rheda_wiedenbrueck, saarbruecken
from demo.content.motifs import drawing
from demo.content.types import (
    AccountSeed,
    CategorySpec,
    ContactSeed,
    Locality,
    MunicipalitySeed,
    OfferSeed,
    Pattern,
    PlaceSeed,
    ProviderSeed,
    ProviderSpec,
    ScheduleSpec,
    State,
    TargetGroupSpec,
    Town,
)
from demo.people import contacts_of, domain_of, opening_of
from demo.wording import describe

TOWNS: dict[str, Town] = {town.slug: town for town in (saarbruecken.TOWN, rheda_wiedenbrueck.TOWN, pirmasens.TOWN)}

# Of hundred offers: so many wait, are being written, rest, or are over. The others are public.
SHARES: tuple[tuple[State, int], ...] = (("submitted", 3), ("draft", 3), ("paused", 2), ("expired", 3))
# Words that promise a time: the weekday and the hours within which it begins.
TIMES: dict[str, tuple[str, str, str]] = {
    "samstag": ("sa", "00:00", "24:00"),
    "sonntag": ("so", "00:00", "24:00"),
    "vormittag": ("", "08:00", "12:00"),
    "am morgen": ("", "06:00", "12:00"),
    "nachmittag": ("", "12:00", "17:00"),
    "abend": ("", "16:30", "24:00"),
}
# Up to which age an offer ends by which hour.
LAST_HOURS = ((6, 18), (12, 19), (15, 21), (17, 22))
CHILDHOOD = {"kinder": (3, 12), "jugend": (12, 21)}


def leaves(nodes: tuple[CategorySpec, ...]) -> Iterator[CategorySpec]:
    """The nodes of a tree, those above before those below."""
    for node in nodes:
        yield node
        yield from leaves(node.children)


def place_of(locality: Locality, *, name: str, street: str, info: str = "") -> PlaceSeed:
    """An address near the centre of its locality; the same address is always at the same point."""
    rng = Random(f"{locality.key}-{street}")
    return PlaceSeed(
        name,
        street,
        locality.postcode,
        locality.town,
        round(locality.lat + rng.uniform(-0.0035, 0.0035), 6),
        round(locality.lon + rng.uniform(-0.0055, 0.0055), 6),
        locality.district,
        info,
    )


def middle(localities: list[Locality]) -> tuple[float, float]:
    """The middle of some localities, as latitude and longitude."""
    number = len(localities)
    return (
        round(sum(each.lat for each in localities) / number, 6),
        round(sum(each.lon for each in localities) / number, 6),
    )


def groups_for(
    groups: tuple[TargetGroupSpec, ...], audiences: tuple[str, ...], ages: tuple[int | None, int | None]
) -> tuple[str, ...]:
    """The municipality's target groups an offer belongs to, by its audiences; groups of ages only by overlap."""
    named = [group.key for group in groups if set(group.audiences) & set(audiences)]
    children = [CHILDHOOD[each] for each in audiences if each in CHILDHOOD]
    low, high = ages
    if children and low is None:
        low, high = min(first for first, _ in children), max(last for _, last in children)
    if low is not None and (children or (high or 99) <= 21):
        last = high if high is not None else 21
        named += [
            group.key
            for group in groups
            if not group.audiences and min(last, group.max_age or 99) - max(low, group.min_age or 0) >= 1
        ]
    return tuple(dict.fromkeys(named)) or (groups[-1].key,)


def at_their_time(spec: ScheduleSpec, ages: tuple[int | None, int | None]) -> ScheduleSpec:
    """The schedule at hours that fit children: nothing late for the small ones, nothing while they are at school.

    Weekly dates may still move by half an hour (`demo.calendar_around`).
    """
    youngest, oldest = ages
    if oldest is None or oldest > 17 or spec.kind not in {"dates", "weekly", "monthly"}:
        return spec
    at_school = (youngest or 0) >= 6 and not {"sa", "so"} & set(spec.weekdays)
    margin = 30 if spec.kind == "weekly" and spec.movable else 0
    earliest = 13 * 60 + 30 + margin if at_school else 8 * 60 + 30
    latest = next(hour for limit, hour in LAST_HOURS if oldest <= limit) * 60 - margin
    moved: list[str] = []
    begun = earliest
    for window in spec.windows:
        first, last = (int(part[:2]) * 60 + int(part[3:]) for part in window.split("-"))
        start = max(begun if moved else earliest, min(first, latest - (last - first)))
        begun = start + last - first
        moved.append(f"{start // 60:02}:{start % 60:02}-{begun // 60:02}:{begun % 60:02}")
    return replace(spec, windows=tuple(moved))


def fitting(chosen: Chosen) -> tuple[ScheduleSpec, ...]:
    """The schedules that contradict neither the ages nor the words: an evening course is not in the morning."""
    ages = chosen.variant.ages or chosen.pattern.ages
    schedules = tuple(at_their_time(each, ages) for each in chosen.variant.schedules or chosen.pattern.schedules)
    words = " ".join((chosen.title, *chosen.variant.slots.values())).lower()
    for word, (day, first, last) in TIMES.items():
        if word in words:
            found = tuple(
                each
                for each in schedules
                if each.windows and first <= each.windows[0][:5] < last and (not day or each.weekdays == (day,))
            )
            return found or schedules
    return schedules


@dataclass
class _Builder:
    """One municipality in the making: what is written, the day, and what has been used so far."""

    town: Town
    today: date
    room: bool = False
    offers: list[OfferSeed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chooser = Chooser(self.town)
        self.localities = {each.key: each for each in self.town.localities}
        self.leaf_of = {topic: node.key for node in leaves(self.town.categories) for topic in node.topics}

    def build(self) -> MunicipalitySeed:
        town = self.town
        providers = []
        for number, spec in enumerate(town.providers):
            if self.room and number % 3 == 2:
                continue
            provider = self._provider(spec, number)
            made = self._offers(spec, provider, number)
            self.offers += made
            topics = dict.fromkeys(key for offer in made for key in offer.categories)
            providers.append(replace(provider, categories=tuple(topics)[:4]))
        return MunicipalitySeed(
            town.slug, town.name, town.short_name, town.theme, town.settings, town.districts, town.categories,
            town.target_groups, town.carriers, town.pages, town.partners, tuple(providers), tuple(self.offers),
            self._accounts(), (town.localities[0].lat, town.localities[0].lon),
            {each.key: middle([place for place in town.localities if place.district == each.key])
             for each in town.districts},
        )  # fmt: skip

    def _provider(self, spec: ProviderSpec, number: int) -> ProviderSeed:
        locality = self.localities[spec.locality]
        contact, _ = self._contacts(spec, number)
        return ProviderSeed(
            key=spec.key,
            name=spec.name,
            carrier=spec.carrier,
            tagline=spec.tagline,
            teaser=spec.teaser,
            description_html="".join(f"<p>{paragraph}</p>" for paragraph in spec.description),
            place=place_of(locality, name="", street=spec.street),
            phone=contact.phone,
            email=contact.email,
            website=f"https://www.{domain_of(spec.name)}/",
            contact=contact,
            opening=opening_of(spec.hours),
            facts=spec.facts,
            categories=(),
            image=(
                drawing(spec.motif or self.chooser.patterns[spec.programme[0].partition(":")[0]].motif)
                if number % 3
                else None
            ),
        )

    def _contacts(self, spec: ProviderSpec, number: int) -> tuple[ContactSeed, ContactSeed]:
        district = self.localities[spec.locality].district
        area = self.town.phone_areas.get(district, self.town.phone_area)
        return contacts_of(spec, area=area, number=200 + number * 10, seed=self.town.seed)

    def _offers(self, spec: ProviderSpec, provider: ProviderSeed, number: int) -> list[OfferSeed]:
        chosen = self.chooser.for_provider(spec)
        return [self._offer(spec, provider, number, index, each) for index, each in enumerate(chosen)]

    def _offer(self, spec: ProviderSpec, provider: ProviderSeed, number: int, index: int, chosen: Chosen) -> OfferSeed:
        pattern, variant = chosen.pattern, chosen.variant
        rng = Random(f"{self.town.seed}-{spec.key}-{index}")
        state = self._state(pattern, rng)
        schedule = place_schedule(
            rng.choice(fitting(chosen)),
            self.today,
            rng,
            season=variant.slots.get("ferien", ""),
            over=state == "expired",
        )
        online = pattern.online == "only" or (pattern.online == "also" and rng.random() < 0.4)
        cost = variant.cost or rng.choice(pattern.costs)
        audiences = variant.audiences or pattern.audiences
        ages = variant.ages or pattern.ages
        languages = variant.languages or pattern.languages
        places = self._places(pattern, provider, chosen.locality, rng)
        contacts = self._contacts(spec, number)
        accessible = spec.accessible if chosen.locality.key == spec.locality else "yes"
        teaser, html = describe(self.chooser, chosen, cost=cost, languages=languages, accessible=accessible, rng=rng)
        return OfferSeed(
            key=f"{spec.key}-{index + 1}",
            provider=spec.key,
            title=chosen.title,
            teaser=teaser,
            description_html=html,
            state=state,
            categories=(self.leaf_of[pattern.topic],),
            target_groups=groups_for(self.town.target_groups, audiences, ages),
            min_age=ages[0],
            max_age=ages[1],
            languages=languages,
            cost=cost,
            access=pattern.access,
            accessible="unknown" if pattern.online == "only" or rng.random() < 0.15 else accessible,
            engagement=pattern.engagement,
            registration=rng.choice(pattern.registrations),
            contact=contacts[index % 2],
            online=online,
            places=places,
            schedule=schedule,
            image=drawing(pattern.motif) if rng.random() < 0.55 else None,
            pattern=pattern.key,
        )

    def _state(self, pattern: Pattern, rng: Random) -> State:
        drawn, edge = rng.randrange(100), 0
        for state, share in SHARES:
            edge += share
            if drawn < edge:
                if state == "expired" and any(each.kind == "none" or not each.count for each in pattern.schedules):
                    return "published"
                return "draft" if state == "submitted" and not self.town.settings.approval else state
        return "published"

    def _places(
        self, pattern: Pattern, provider: ProviderSeed, locality: Locality, rng: Random
    ) -> tuple[PlaceSeed, ...]:
        if pattern.online == "only":
            return ()
        first = provider.place if locality.key == self._home(provider) else self._venue(locality, rng)
        others = [each for each in self.town.localities if each.key != locality.key and each.venues]
        extra = pattern.places - 1 or int(rng.random() < 0.06)
        return (first, *(self._venue(each, rng) for each in rng.sample(others, extra)))

    def _home(self, provider: ProviderSeed) -> str:
        return next(spec.locality for spec in self.town.providers if spec.key == provider.key)

    def _venue(self, locality: Locality, rng: Random) -> PlaceSeed:
        venue = rng.choice(locality.venues)
        info = rng.choice(("", "", "Raum 2", "großer Saal", "Eingang über den Hof", "1. Etage, Aufzug vorhanden"))
        return place_of(locality, name=venue.name, street=venue.street, info=info)

    def _accounts(self) -> tuple[AccountSeed, ...]:
        slug, provider = self.town.slug, self.town.providers[0].key
        return (
            AccountSeed(f"admin@{slug}.example", "Andrea Amtmann", "admin"),
            AccountSeed(f"redaktion@{slug}.example", "Robin Redlich", "editor"),
            AccountSeed(f"planung@{slug}.example", "Paula Planck", "planner"),
            AccountSeed(f"anbieter@{slug}.example", "Anton Bietermann", "provider_admin", provider),
            AccountSeed(f"mitglied@{slug}.example", "Mila Gliedt", "provider_member", provider),
        )


def build(slug: str, today: date, *, room: bool = False) -> MunicipalitySeed:
    """All of one demo municipality around `today`. KeyError for a slug that is no demo municipality.

    `room` leaves out every third provider, where an imported portal adds its own.
    """
    return _Builder(TOWNS[slug], today, room).build()
