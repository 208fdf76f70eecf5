"""The numbers of the board: counted when somebody looks, in two statements, and once a night to be compared with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from portal.offers.models import Offer
from portal.quality.lacks import Lack, lacks, public_providers, silent
from portal.quality.models import Goals, Night

OFFERS, PROVIDERS, SILENT = "offers", "providers", "silent"
THREE_MONTHS = timedelta(days=91)
# A night in which no worker ran is no reason to compare with nothing.
NEAR = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the board: how many of how many are as they should be, and what the town wants."""

    key: str
    good: int
    of: int
    goal: int
    change: int | None = None

    @property
    def bad(self) -> int:
        """How many stand in the list behind it."""
        return self.of - self.good

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 % means all of them; None where there is nothing to be a share of."""
        return percent_of(self.good, self.of)

    @property
    def low(self) -> bool:
        """Whether the goal is not reached."""
        return self.percent is not None and self.percent < self.goal


def percent_of(good: int, of: int) -> int | None:
    """A share in whole percent; of nothing there is none."""
    return good * 100 // of if of else None


def count() -> dict[str, int]:
    """How many offers lack what, and how many providers are silent, in the municipality we are inside."""
    each = {lack.value: Count("pk", filter=fits) for lack, fits in lacks().items()}
    offers: dict[str, int] = Offer.objects.current().order_by().aggregate(**{OFFERS: Count("pk")}, **_named(each))
    found = {name.replace("_", "-"): number for name, number in offers.items()}
    providers = public_providers().order_by().aggregate(
        providers=Count("pk"), silent=Count("pk", filter=silent())
    )  # fmt: skip
    return {**found, **providers}


def _named(counts: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("-", "_"): each for name, each in counts.items()}


def keep_night(day: date) -> None:
    """Write the numbers of a night, over earlier ones of the same day."""
    Night.objects.update_or_create(day=day, defaults={"numbers": count()})
    Night.objects.filter(day__lt=day - timedelta(days=800)).delete()


SHARES = (
    ("checked", Lack.UNCHECKED.value, OFFERS),
    ("complete", Lack.INCOMPLETE.value, OFFERS),
    ("pictured", Lack.NO_PICTURE.value, OFFERS),
    ("accessibility", Lack.ACCESSIBILITY.value, OFFERS),
    ("readable", Lack.HARD.value, OFFERS),
    ("heard", SILENT, PROVIDERS),
)
"""(goal, what is counted, of what)."""


def shares(numbers: dict[str, int], goals: Goals, before: dict[str, int] | None) -> list[Share]:
    """The rows of the board, in their order."""
    return [
        Share(goal, numbers[of] - numbers[bad], numbers[of], getattr(goals, goal), _change(numbers, before, bad, of))
        for goal, bad, of in SHARES
    ]


def _change(numbers: dict[str, int], before: dict[str, int] | None, bad: str, of: str) -> int | None:
    """In points of the shown percents, so that nobody sees 83 after 80 called “+ 2”."""
    if before is None or bad not in before or of not in before:
        return None
    now, then = (percent_of(each[of] - each[bad], each[of]) for each in (numbers, before))
    return None if now is None or then is None else now - then


def three_months_ago() -> dict[str, int] | None:
    """The numbers of the night nearest to then, if there is one."""
    then = timezone.localdate() - THREE_MONTHS
    nights = Night.objects.filter(day__range=(then - NEAR, then + NEAR))
    found = min(nights, key=lambda night: abs(night.day - then), default=None)
    return found.numbers if found is not None else None
