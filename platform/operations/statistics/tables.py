"""What of the statistics is taken along as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from operations.statistics import sums
from operations.statistics.costs import LABELS, Key
from operations.statistics.models import CostShares
from portal.listing.spec import Cell


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings."""

    name: str
    heads: Sequence[str]
    rows: Sequence[list[Cell]]


def _totals() -> Table:
    heads = [_("Figure"), _("Sum"), _("Median"), _("Least"), _("Most")]
    found: list[list[Cell]] = [
        [str(each.label), each.sum, each.median, each.least, each.most] for each in sums.totals().totals
    ]
    return Table("summen", heads, found)


def _months() -> Table:
    heads = [
        _("Month"), _("Municipalities"), _("Public offers"), _("Median"), _("Providers"), _("Median of providers"),
        _("Active accounts"), _("Mails sent in thirty days"),
    ]  # fmt: skip
    found: list[list[Cell]] = [
        [
            f"{each.month:%Y-%m}", each.towns, each.offers, each.offers_median, each.providers, each.providers_median,
            each.users, each.mails,
        ]
        for each in sums.months()
    ]  # fmt: skip
    return Table("monate", heads, found)


def _topics() -> Table:
    heads = [_("Code"), _("Category"), _("Municipalities"), _("Published offers on it")]
    found: list[list[Cell]] = [
        [each.entry.code, each.entry.name, each.usage.municipalities, each.usage.offers] for each in sums.topics()
    ]
    return Table("themen", heads, found)


TABLES: dict[str, Callable[[], Table]] = {"summen": _totals, "monate": _months, "themen": _topics}


def of_costs(shares: CostShares) -> Table:
    """Who bears what, with what each was weighed by; the last line is the sum."""
    keys = [key for key in Key if shares.mixture.get(key.value)]
    heads = [_("Short name"), _("Municipality"), *(str(LABELS[key]) for key in keys), _("Share in euros")]
    found: list[list[Cell]] = [
        [row["slug"], row["name"], *(row[key.value] for key in keys), amount(row["cents"])] for row in shares.rows
    ]
    sums_of = [sum(row[key.value] for row in shares.rows) for key in keys]
    found.append(["", _("Together"), *sums_of, amount(sum(row["cents"] for row in shares.rows))])
    return Table("kostenanteile", heads, found)


def amount(cents: int) -> str:
    """“1234,05”: a number for German spreadsheets."""
    return f"{cents // 100},{cents % 100:02}"
