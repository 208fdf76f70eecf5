"""The offers behind a number."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from portal.listing.spec import Cell
from portal.offers.models import Offer
from portal.planning import tables
from portal.planning.asking import Asked
from portal.planning.matrix import COLUMN, ROW, asked_for
from portal.planning.supply import OFFERS
from portal.planning.tables import Table

MOST = 200


def offers_behind(ids: Sequence[int], most: int | None = MOST) -> list[dict[str, Any]]:
    """Some of these offers in the order of their titles. Those that are gone are missing."""
    rows = Offer.objects.filter(pk__in=ids).select_related("provider").order_by("title_key", "pk")
    fields = ("pk", "slug", "title", "state", "hidden_at", "min_age", "max_age", "cost_kind", "accessibility")
    found = rows.only(*fields, "provider__name", "provider__state")[:most]
    return [
        {
            "title": each.title,
            "url": each.get_absolute_url() if each.is_published else "",
            "provider": each.provider.name,
            "ages": _ages(each),
            "costs": each.get_cost_kind_display(),
            "access": each.get_accessibility_display(),
        }
        for each in found
    ]


def _ages(offer: Offer) -> str:
    if offer.min_age is None and offer.max_age is None:
        return ""
    if offer.max_age is None:
        return _("%(low)d and older") % {"low": offer.min_age or 0}
    return _("%(low)d to %(high)d") % {"low": offer.min_age or 0, "high": offer.max_age}


def as_table(asked: Asked) -> Table:
    """All offers of a field of the matrix."""
    matrix = asked_for(asked)
    mask = matrix.field(asked.given.get(ROW, ""), asked.given.get(COLUMN, ""))
    heads = [_("Offer"), _("Provider"), _("Age"), _("Costs"), _("Accessibility")]
    rows: list[Sequence[Cell]] = [
        [each[name] for name in ("title", "provider", "ages", "costs", "access")]
        for each in offers_behind(matrix.facts.ids[mask].tolist(), None)
    ]
    return Table("matrix-feld", _("Offers behind a field"), heads, rows, (OFFERS,), notes=matrix.notes)


tables.register("matrix-feld", as_table)
