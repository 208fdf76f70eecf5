"""The figures to take along."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.figures.asking import Asked
from portal.figures.measures import CONTACTS, MEASURES, WAYS
from portal.figures.sums import Sums, Usual, by_offer
from portal.listing.export import as_file
from portal.listing.spec import Cell


def parts_file(asked: Asked, kind: str) -> HttpResponse:
    """A row for each part of the period: one's own figures, each beside its median."""
    heads = [_("From"), pgettext("a day", "To")]
    for each in MEASURES:
        heads += [str(each.label), _("%(what)s: median of others") % {"what": each.label}]
    heads += [_("Contacts: %(way)s") % {"way": label} for label in WAYS.values()] + [_("Offers compared with")]
    parts = zip(asked.period.parts, asked.own[1], asked.usual.parts, strict=True)
    table = [[part.first, part.last, *_row(own, usual)] for part, own, usual in parts]
    return as_file("statistik", heads, [12, 12, *[16] * (len(heads) - 2)], table, kind)


def _row(own: Sums, usual: Usual) -> Sequence[Cell]:
    row: list[Cell] = []
    for each in MEASURES:
        row += [own.of(each), usual.medians.get(each.name)]
    return [*row, *(own.counts[act] for act in CONTACTS.acts), usual.offers or None]


def offers_file(asked: Asked, kind: str) -> HttpResponse:
    """A row for each offer, and the median of others at the end."""
    heads = [_("Title"), *(str(each.label) for each in MEASURES), _("Number")]
    rows = by_offer(asked.offers, asked.period, measure=asked.measure, most=None)
    table: list[list[Cell]] = [[row.title, *row.numbers, row.pk] for row in rows]
    if asked.usual.whole.offers:
        table.append([_("Median of others"), *asked.usual.whole.medians.values(), None])
    return as_file("statistik-angebote", heads, [44, 14, 14, 14, 22, 10], table, kind)
