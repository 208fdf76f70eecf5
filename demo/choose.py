"""Which provider offers what: every kind in turn, every filling as rarely as possible, no title twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from demo.content.patterns import ALL
from demo.content.types import Locality, Pattern, ProviderSpec, Town, Variant

AWAY = 0.22  # The share of offers that take place outside the provider's own house.


@dataclass(frozen=True, slots=True)
class Chosen:
    """An offer decided upon: what kind, filled how, where, under which title."""

    pattern: Pattern
    variant: Variant
    locality: Locality
    title: str
    slots: dict[str, str]


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
            pattern = self.patterns[spec.programme[turn % len(spec.programme)]]
            rng = Random(f"{self.town.seed}-{spec.key}-{turn}-choice")
            found = self._fill(spec, pattern, own, rng, again=idle > len(spec.programme))
            turn, idle = turn + 1, 0 if found else idle + 1
            chosen += [found] if found else []
        return chosen

    def _fill(
        self, spec: ProviderSpec, pattern: Pattern, own: set[tuple[str, int]], rng: Random, *, again: bool
    ) -> Chosen | None:
        numbers = [each for each in range(len(pattern.variants)) if again or (pattern.key, each) not in own]
        order = list(numbers)
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
                own.add((pattern.key, number))
                self.uses[pattern.key, number] += 1
                self.titles.add(title)
                return Chosen(pattern, pattern.variants[number], locality, title, slots)
        return None

    def _locality(self, spec: ProviderSpec, pattern: Pattern, rng: Random) -> Locality:
        home = self.localities[spec.locality]
        if pattern.online == "only" or rng.random() > AWAY:
            return home
        near = [each for each in self.town.localities if each.district == home.district and each.key != home.key]
        return rng.choice(near or [each for each in self.town.localities if each.key != home.key])

    def _title(self, pattern: Pattern, slots: dict[str, str]) -> str:
        for template in self.rarest("title", pattern.key, pattern.titles):
            plain = template.format(**slots)
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
