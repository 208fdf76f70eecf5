"""Which provider offers what: every kind in turn, every filling as rarely as possible, no title twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from demo.content.patterns import ALL
from demo.content.types import Locality, Pattern, ProviderSpec, Town, Variant

AWAY = 0.22  # The share of offers that take place outside the provider's own house.


def sentence(text: str) -> str:
    """The text with a capital at its beginning; slots may stand there."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An offer decided upon: what kind, filled how, where, under which title."""

    pattern: Pattern
    number: int
    locality: Locality
    title: str
    slots: dict[str, str]

    @property
    def variant(self) -> Variant:
        """The filling of the pattern's slots."""
        return self.pattern.variants[self.number]


class Chooser:
    """The memory of one municipality while its offers are chosen."""

    def __init__(self, town: Town) -> None:
        self.patterns = ALL
        self.town = town
        self.localities = {each.key: each for each in town.localities}
        self.titles: set[str] = set()
        self.uses: Counter[tuple[object, ...]] = Counter()

    def for_provider(self, spec: ProviderSpec) -> list[Chosen]:
        """As many offers as the provider has, its programme in turn."""
        own: set[tuple[str, int]] = set()
        chosen: list[Chosen] = []
        turn, idle = 0, 0
        while len(chosen) < spec.count and idle < 3 * len(spec.programme):
            key, _, numbers = spec.programme[turn % len(spec.programme)].partition(":")
            pattern = self.patterns[key]
            allowed = [int(each) for each in numbers.split("+")] if numbers else list(range(len(pattern.variants)))
            rng = Random(f"{self.town.seed}-{spec.key}-{turn}-choice")
            again = idle > len(spec.programme)
            found = self._fill(spec, pattern, [each for each in allowed if again or (key, each) not in own], rng)
            turn, idle = turn + 1, 0 if found else idle + 1
            if found:
                chosen.append(found)
                own.add((key, found.number))
        return chosen

    def _fill(self, spec: ProviderSpec, pattern: Pattern, order: list[int], rng: Random) -> Chosen | None:
        rng.shuffle(order)
        for number in sorted(order, key=lambda each: self.uses[pattern.key, each]):
            locality = self._locality(spec, pattern, rng)
            slots = {
                **pattern.variants[number].slots,
                "ort": locality.where,
                "bei": spec.bei,
                "stadt": self.town.short_name,
                "anbieter": spec.name,
            }
            title = self._title(pattern, slots)
            if title:
                self.uses[pattern.key, number] += 1
                self.titles.add(title)
                return Chosen(pattern, number, locality, title, slots)
        return None

    def _locality(self, spec: ProviderSpec, pattern: Pattern, rng: Random) -> Locality:
        home = self.localities[spec.locality]
        if pattern.online == "only" or rng.random() > AWAY:
            return home
        near = [each for each in self.town.localities if each.district == home.district and each.key != home.key]
        return rng.choice(near or [each for each in self.town.localities if each.key != home.key])

    def _title(self, pattern: Pattern, slots: dict[str, str]) -> str:
        for template in self.rarest("title", pattern.key, pattern.titles):
            plain = sentence(template.format(**slots))
            for title in (plain, plain if "{ort}" in template else f"{plain} {slots['ort']}"):
                if title not in self.titles:
                    self.uses["title", pattern.key, template] += 1
                    return title
        return ""

    def rarest(self, what: str, key: str, alternatives: tuple[str, ...]) -> Iterator[str]:
        """Alternatives in the order of how rarely they were used; the caller counts."""
        yield from sorted(alternatives, key=lambda each: self.uses[what, key, each])

    def take(self, what: str, key: str, alternatives: tuple[str, ...]) -> str:
        """The rarest alternative, counted as used."""
        taken = next(self.rarest(what, key, alternatives))
        self.uses[what, key, taken] += 1
        return taken
