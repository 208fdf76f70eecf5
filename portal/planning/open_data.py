"""The supply as open data: how many offers there are by district and topic, age or target group, and over the years.

Offers are public, so there is nobody to protect in these numbers; what people sought is not told here. The same
functions count as for the planners' pages.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.conditional import ASKED, names
from portal.interfaces import datasets
from portal.interfaces.answering import CORS, base_of, refusal
from portal.interfaces.licences import licence_link, licence_record
from portal.interfaces.limits import FILE
from portal.listing.export import as_file
from portal.listing.spec import Cell
from portal.planning.asking import Asked, asked_of
from portal.planning.dimensions import BY_NAME
from portal.planning.matrix import COLUMNS, ROWS, asked_for
from portal.planning.supply import OFFERS, PROVIDERS, offers_on, providers_on

KINDS = ("csv", "json")
YEARS = 10
Rows = list[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Open:
    """A table: its heads (the name in JSON, the one in CSV) and its rows."""

    title: Promise
    heads: Callable[[], dict[str, str]]
    rows: Callable[[Asked], Rows]


def _pairs(column: str) -> Callable[[Asked], Rows]:
    """Each district with each value of another dimension, also where there is nothing: a gap is what is looked for."""

    def rows(asked: Asked) -> Rows:
        matrix = asked_for(asked_of(asked.path, {ROWS: "ort", COLUMNS: column}, host=asked.host))
        fields = matrix.numbers[0]
        return [
            [district.label, value.label, int(fields[at][place])]
            for at, district in matrix.values(0)
            for place, value in matrix.values(1)
        ]

    return rows


def _heads(column: str, name: str) -> Callable[[], dict[str, str]]:
    return lambda: {"district": _("District"), name: str(BY_NAME[column].label), "offers": _("Offers")}


def _months(asked: Asked) -> Rows:
    """The months that are over, since the first with an offer."""
    facts = asked.facts
    begun = timezone.localdate().replace(day=1)
    found: Rows = []
    for number in range(12 * YEARS, 0, -1):
        first = begun - relativedelta(months=number)
        last = first + relativedelta(months=1, days=-1)
        offers = offers_on(facts, asked, first, last)
        if offers or found:
            found.append([f"{first:%Y-%m}", offers, providers_on(facts, asked, first, last)])
    return found


TABLES = {
    "ortsteil-thema": Open(gettext_lazy("Offers by district and topic"), _heads("thema", "topic"), _pairs("thema")),
    "ortsteil-alter": Open(gettext_lazy("Offers by district and age"), _heads("alter", "age"), _pairs("alter")),
    "ortsteil-zielgruppe": Open(
        gettext_lazy("Offers by district and target group"),
        _heads("zielgruppe", "target_group"),
        _pairs("zielgruppe"),
    ),
    "monate": Open(
        gettext_lazy("Offers and providers by month"),
        lambda: {"month": _("Month"), "offers": _("Offers"), "providers": _("Providers")},
        _months,
    ),
}


@require_safe
@allow(Role.VISITOR)
def supply_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """A table as of today. Programs that ask again get 304 while nothing changed."""
    if refused := refusal(request, FILE):
        return refused
    # German as all content of these portals, whatever the reader's language.
    with override("de"):
        answer = _answer(TABLES[name], name, kind, asked_of(request.path, {}, host=base_of(request)))
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    if names(request.META.get(ASKED, ""), etag):
        answer = HttpResponse(status=304)
    for head, value in {**CORS, "ETag": etag, "Cache-Control": "no-cache"}.items():
        answer[head] = value
    if link := licence_link():
        answer["Link"] = link
    return answer


def _answer(table: Open, name: str, kind: str, asked: Asked) -> HttpResponse:
    heads, rows = table.heads(), table.rows(asked)
    if kind == "csv":
        return as_file(f"bestand-{name}", list(heads.values()), [20] * len(heads), map(list, rows), "csv")
    said: dict[str, Any] = {
        "title": str(table.title),
        "as_of": date.isoformat(timezone.localdate()),
        "counts": [str(OFFERS.counts), *([str(PROVIDERS.counts)] if "providers" in heads else [])],
        "licence": licence_record(),
        "columns": heads,
        "rows": [dict(zip(heads, row, strict=True)) for row in rows],
    }
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type="application/json; charset=utf-8")


datasets.register(
    datasets.Dataset(
        "bestand",
        gettext_lazy("Numbers of offers"),
        gettext_lazy(
            "How many offers there are by district and topic, age or target group, and how it came to that: the tables "
            "of the evaluation, counted in the same way."
        ),
        [
            datasets.DataFile(f"/daten/bestand-{name}.{kind}", table.title, kind)
            for name, table in TABLES.items()
            for kind in KINDS
        ],
    )
)
