"""Who bears which part of a sum: by a mixture of keys, to the cent. `mixed` knows no tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.services import record
from comparison.models import Member
from operations.statistics.models import CostShares
from tenants.models import Municipality, State
from tenants.refused import RefusedError
from tenants.running.figures import latest
from tracker.cofunding.models import MOST_CENTS, Part
from tracker.cofunding.shares import distribute
from tracker.tickets.models import Participant

WHOLE = 100


class Key(StrEnum):
    """By what costs can be shared out; the names stand in commands and files."""

    EQUAL = "gleich"
    INHABITANTS = "einwohner"
    OFFERS = "angebote"
    CONTRIBUTIONS = "beitraege"


LABELS: dict[Key, Promise] = {
    Key.EQUAL: gettext_lazy("all alike"),
    Key.INHABITANTS: gettext_lazy("inhabitants"),
    Key.OFFERS: gettext_lazy("published offers of last night"),
    Key.CONTRIBUTIONS: gettext_lazy("what they contributed to wishes that are financed (cents)"),
}


@dataclass(frozen=True, slots=True)
class Bearer:
    """A municipality with its number by each key."""

    slug: str
    name: str
    numbers: Mapping[Key, int]
    # Keys of which its number is not known; it is no nought.
    unknown: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shared out."""

    title: str
    first: date
    last: date
    cents: int
    mixture: Mapping[Key, int]


def mixed(cents: int, mixture: Mapping[Key, int], numbers: Sequence[Mapping[Key, int]]) -> list[int]:
    """The cents of each, in their order; together exactly `cents`, what is left over to the largest remainders.

    A key's part of the sum is shared out in proportion to its numbers. All parts are mixed before anything is rounded,
    so nobody's share is off by more than a cent. ValueError where the mixture is not whole or a key counts nothing.
    """
    if sum(mixture.values()) != WHOLE or any(percent < 0 for percent in mixture.values()):
        raise ValueError("The mixture does not make a hundred percent.")
    totals = {key: sum(each[key] for each in numbers) for key, percent in mixture.items() if percent}
    if not all(totals.values()):
        raise ValueError("A key counts nothing.")
    weights = [
        sum((Fraction(mixture[key] * each[key], total) for key, total in totals.items()), Fraction())
        for each in numbers
    ]
    whole = lcm(*(weight.denominator for weight in weights))
    return distribute(cents, [int(weight * whole) for weight in weights])


def bearers(towns: Iterable[Municipality], last: date) -> list[Bearer]:
    """Their numbers as they are known today; contributions as far as they were made until a day."""
    chosen = list(towns)
    offers = {pk: row.published_offers for pk, row in latest(chosen).items()}
    inhabitants = dict(Participant.objects.present().values_list("municipality", "inhabitants"))
    paid = Part.objects.filter(funding__financed_at__date__lte=last, agreed__isnull=False).order_by()
    contributed = dict(paid.values_list("participant__municipality").annotate(Sum("agreed")))
    return [
        Bearer(
            town.slug,
            town.name,
            {
                Key.EQUAL: 1,
                Key.INHABITANTS: inhabitants.get(town.pk) or 0,
                Key.OFFERS: offers.get(town.pk, 0),
                Key.CONTRIBUTIONS: contributed.get(town.pk, 0),
            },
            frozenset([Key.INHABITANTS] * (not inhabitants.get(town.pk)) + [Key.OFFERS] * (town.pk not in offers)),
        )
        for town in chosen
    ]


def those_who_pay(group: int | None = None) -> list[Municipality]:
    """Whoever is live; of a group for comparison only its members."""
    live = Municipality.objects.filter(state=State.LIVE)
    if group is not None:
        live = live.filter(pk__in=Member.objects.filter(group=group).values("municipality"))
    return list(live)


def share_out(wish: Wish, towns: Sequence[Municipality]) -> CostShares:
    """What each of them bears, not kept yet. RefusedError where it cannot be said, with whose number is missing."""
    if not 0 < wish.cents <= MOST_CENTS:
        raise RefusedError(_("Please give a sum between 0.01 and 1,000,000,000 euros."))
    if sum(wish.mixture.values()) != WHOLE:
        raise RefusedError(
            _("The keys make %(sum)d percent together; it must be 100.") % {"sum": sum(wish.mixture.values())}
        )
    if not towns:
        raise RefusedError(_("No live municipality is meant."))
    found = bearers(towns, wish.last)
    _check(wish, found)
    cents = mixed(wish.cents, wish.mixture, [each.numbers for each in found])
    rows = [
        {"slug": each.slug, "name": each.name, "cents": part, **{key.value: each.numbers[key] for key in Key}}
        for each, part in zip(found, cents, strict=True)
    ]
    mixture = {key.value: percent for key, percent in wish.mixture.items() if percent}
    return CostShares(title=wish.title, first=wish.first, last=wish.last, cents=wish.cents, mixture=mixture, rows=rows)


def _no_inhabitants(number: int) -> str:
    return ngettext(
        "Of %(number)d municipality the inhabitants are not known (%(names)s): note them first.",
        "Of %(number)d municipalities the inhabitants are not known (%(names)s): note them first.",
        number,
    )


def _no_offers(number: int) -> str:
    return ngettext(
        "The offers of %(number)d municipality were not counted yet (%(names)s). That happens tonight; until then take "
        "another key.",
        "The offers of %(number)d municipalities were not counted yet (%(names)s). That happens tonight; until then "
        "take another key.",
        number,
    )


_UNKNOWN = {Key.INHABITANTS: _no_inhabitants, Key.OFFERS: _no_offers}


def _check(wish: Wish, found: list[Bearer]) -> None:
    for key, say in _UNKNOWN.items():
        missing = [each.name for each in found if key in each.unknown]
        if missing and wish.mixture.get(key):
            raise RefusedError(say(len(missing)) % {"number": len(missing), "names": ", ".join(missing[:5])})
    for key, percent in wish.mixture.items():
        if percent and not sum(each.numbers[key] for each in found):
            raise RefusedError(_("Nobody has anything of the key “%(key)s”; take another.") % {"key": LABELS[key]})


@transaction.atomic
def keep(shares: CostShares, *, by: Any) -> CostShares:
    """Keep them with the date and who made them."""
    shares.made_by = str(getattr(by, "email", by))
    shares.save()
    record("statistics.costs_shared", shares, by=by, changes={"number": len(shares.rows)})
    return shares
