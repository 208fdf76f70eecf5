"""How municipalities use the catalogue: written by their nightly jobs, read by the operator's pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Sum

from core.ordering import ByName
from shared_categories.models import Use
from tenants.models import Municipality, State
from tenants.running.context import inside_public
from tenants.running.figures import latest

# In operation: what others have adopted is no longer anybody's figure.
COUNTED = (State.LIVE, State.SUSPENDED)
PER = 1000


@dataclass(frozen=True, slots=True)
class Usage:
    """How many municipalities have adopted an entry, and the published offers on it in all of them."""

    municipalities: int = 0
    offers: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """The published offers a municipality has on an entry, among all it has published; `of` is None where nobody has
    counted them yet."""

    municipality: Municipality
    offers: int
    of: int | None
    night: date

    @property
    def per_thousand(self) -> float | None:
        """Of a thousand published offers so many: what large and small towns can be compared by."""
        return round(self.offers * PER / self.of, 1) if self.of else None


@transaction.atomic
def note(municipality: Municipality, offers: Mapping[str, int], night: date) -> None:
    """Write what a municipality has adopted (codes) with its published offers on each; what it has no more goes.

    An offer counts for its own entry and for all above it, once for each, as the municipality's search counts.
    """
    with inside_public():
        own = Use.objects.filter(municipality=municipality)
        own.exclude(code__in=offers).delete()
        Use.objects.bulk_create(
            [Use(municipality=municipality, code=code, offers=number, night=night) for code, number in offers.items()],
            update_conflicts=True,
            unique_fields=["municipality", "code"],
            update_fields=["offers", "night"],
        )


def usage() -> dict[str, Usage]:
    """Of every code that anybody has adopted, in one query."""
    rows = Use.objects.filter(municipality__state__in=COUNTED).values("code")
    counted = rows.annotate(municipalities=Count("pk"), sum=Sum("offers")).order_by()
    return {row["code"]: Usage(row["municipalities"], row["sum"]) for row in counted}


def usage_of(code: str) -> Usage:
    """Of one code."""
    counted = Use.objects.filter(municipality__state__in=COUNTED, code=code).aggregate(
        municipalities=Count("pk"), sum=Sum("offers")
    )
    return Usage(counted["municipalities"], counted["sum"] or 0)


def municipalities_in_operation() -> int:
    """Among how many the adopters of an entry are."""
    return Municipality.objects.filter(state__in=COUNTED).count()


def shares(codes: Iterable[str], municipalities: Iterable[Municipality] | None = None) -> dict[str, list[Share]]:
    """Who has adopted these codes, by name, with what they have published on each."""
    rows = Use.objects.filter(code__in=list(codes), municipality__state__in=COUNTED).select_related("municipality")
    if municipalities is not None:
        rows = rows.filter(municipality__in=[each.pk for each in municipalities])
    uses = list(rows.order_by("code", ByName("municipality__name"), "municipality_id"))
    figures = latest({use.municipality_id: use.municipality for use in uses}.values())
    found: dict[str, list[Share]] = {}
    for use in uses:
        counted = figures.get(use.municipality_id)
        share = Share(use.municipality, use.offers, counted.published_offers if counted else None, use.night)
        found.setdefault(use.code, []).append(share)
    return found
