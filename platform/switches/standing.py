"""How switches stand, for the operator's pages and commands: asked of shared tables alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from switches.declared import Switch, switch_of, switches
from switches.models import Setting
from tenants.models import Municipality


@dataclass(frozen=True, slots=True)
class Town:
    """What of a municipality its switches hang on."""

    pk: int
    slug: str
    name: str
    wave: str


@dataclass
class Standing:
    """A declared switch with what was turned."""

    switch: Switch
    for_all: Setting | None = None
    waves: dict[str, Setting] = field(default_factory=dict)
    towns: dict[int, Setting] = field(default_factory=dict)

    def setting_for(self, town: Town) -> Setting | None:
        """What decides for a municipality; None: it is as it is declared."""
        return self.towns.get(town.pk) or self.waves.get(town.wave) or self.for_all

    def is_on_for(self, town: Town) -> bool:
        """Whether it is on in a municipality."""
        setting = self.setting_for(town)
        return self.switch.default if setting is None else setting.is_on

    @property
    def settings(self) -> list[Setting]:
        """All that was turned: for all, for waves, for single municipalities."""
        every = [self.for_all] if self.for_all else []
        return [*every, *self.waves.values(), *self.towns.values()]


def towns() -> list[Town]:
    """All municipalities by name."""
    return [Town(*row) for row in Municipality.objects.values_list("pk", "slug", "name", "wave")]


def standings(names: Iterable[str] = ()) -> list[Standing]:
    """All declared switches, or those of these names. One statement."""
    wanted = set(names)
    chosen = [each for each in switches() if not wanted or each.name in wanted]
    found = {each.name: Standing(each) for each in chosen}
    for setting in Setting.objects.filter(name__in=found).select_related("municipality").order_by("wave", "pk"):
        standing = found[setting.name]
        if setting.municipality_id is not None:
            standing.towns[setting.municipality_id] = setting
        elif setting.wave:
            standing.waves[setting.wave] = setting
        else:
            standing.for_all = setting
    return list(found.values())


def left_over() -> dict[str, list[Setting]]:
    """What was turned of switches the code declares no more, by their names."""
    found: dict[str, list[Setting]] = defaultdict(list)
    for setting in Setting.objects.select_related("municipality"):
        if switch_of(setting.name) is None:
            found[setting.name].append(setting)
    return dict(found)


def standing_in(slug: str) -> list[tuple[Switch, bool, Setting | None]]:
    """Every switch as it is in one municipality, and what decides it. Two statements."""
    row = Municipality.objects.filter(slug=slug).values_list("pk", "slug", "name", "wave").first()
    if row is None:
        return []
    town = Town(*row)
    return [(each.switch, each.is_on_for(town), each.setting_for(town)) for each in standings()]
