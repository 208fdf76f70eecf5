"""What municipalities have adopted and offer on it, so that their figures can be compared."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.ordering import ByName
from shared_categories.kinds import BY_SLUG, PAGES
from shared_categories.models import Entry, Kind
from shared_categories.showing import lines, page
from shared_categories.uses import COUNTED, Share, municipalities_in_operation, shares, usage
from tenants.models import Municipality

MOST_COMPARED = 4
# Kinds that offers carry: of the others there is nothing to count.
COUNTED_KINDS = (Kind.CATEGORY, Kind.TARGET_GROUP, Kind.AGE_PHASE, Kind.LANGUAGE, Kind.ACCESSIBILITY)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@allow(Role.OPERATOR)
def statistics(request: HttpRequest) -> HttpResponse:
    """Entries of a kind with their adopters and offers; up to four municipalities beside one another (`?kommune=`)."""
    kind = _kind(request)
    towns = Municipality.objects.filter(state__in=COUNTED).order_by(ByName("name"), "pk")
    asked = request.GET.getlist("kommune")
    chosen = [town for town in towns if town.slug in asked][:MOST_COMPARED]
    found = lines(Entry.objects.present().filter(kind=kind), usage())
    beside = shares([line.entry.code for line in found], chosen) if chosen else {}
    context = {
        "kind": PAGES[kind],
        "kinds": [
            {"label": PAGES[each].title, "url": f"?art={PAGES[each].slug}", "current": each == kind}
            for each in COUNTED_KINDS
        ],
        "towns": towns,
        "chosen": chosen,
        "most_compared": MOST_COMPARED,
        "rows": [{"line": line, "cells": _cells(beside.get(line.entry.code, []), chosen)} for line in found],
        "number": municipalities_in_operation(),
    }
    crumbs = [(_("Statistics"), "")]
    return page(request, "catalogue/statistics.html", context, tab="catalogue:statistics", crumbs=crumbs)


def _kind(request: HttpRequest) -> Kind:
    asked = BY_SLUG.get(request.GET.get("art", ""))
    return asked.kind if asked is not None and asked.kind in COUNTED_KINDS else Kind.CATEGORY


def _cells(found: Sequence[Share], chosen: Sequence[Municipality]) -> list[Share | None]:
    by_town = {share.municipality.pk: share for share in found}
    return [by_town.get(town.pk) for town in chosen]


@require_safe
@allow(Role.OPERATOR)
def statistics_csv(request: HttpRequest) -> HttpResponseBase:
    """The same of all kinds and municipalities: one line for each entry and each municipality that has adopted it."""
    answer = StreamingHttpResponse((part.encode() for part in _table()), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{timezone.localdate():%Y-%m-%d}-katalog-statistik.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _table() -> Iterator[str]:
    """With semicolons and a mark at the beginning, as German spreadsheets open it."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(
        [_("Code"), _("Kind"), _("Name"), _("Municipality"), _("Short name"), _("Published offers on it"),
         _("Published offers in all"), _("Per thousand"), _("Night")]
    )  # fmt: skip
    yield f"\ufeff{buffer.getvalue()}"
    for kind in COUNTED_KINDS:
        found = lines(Entry.objects.present().filter(kind=kind), {})
        adopted = shares([line.entry.code for line in found])
        for line in found:
            buffer.seek(0)
            buffer.truncate()
            writer.writerows(_row(line.entry, share) for share in adopted.get(line.entry.code, []))
            yield buffer.getvalue()


def _row(entry: Entry, share: Share) -> list[Any]:
    town, ratio = share.municipality, share.per_thousand
    said = [entry.code, entry.get_kind_display(), entry.name, town.name, town.slug]
    return [
        *(f"'{text}" if text.startswith(_FORMULA) else text for text in said),
        share.offers,
        "" if share.of is None else share.of,
        "" if ratio is None else str(ratio).replace(".", ","),
        share.night.isoformat(),
    ]
