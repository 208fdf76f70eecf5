"""The audit log to read, to filter and to take along."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.access import Permission, allow, may
from portal.people.deeds import KINDS, TOPICS
from portal.people.log import PRIVATE, Told, entries, told, understood
from portal.people.views.around import frame, tabs

PER_PAGE = 50
# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BATCH = 500


@require_safe
@allow(Permission.LOG)
def log(request: HttpRequest) -> HttpResponse:
    """A page of it, the newest first; `vor` is the entry after which it goes on."""
    asked = understood(request.GET)
    rows = entries(asked, by=request.user)
    before = request.GET.get("vor", "")
    if before.isascii() and before.isdecimal() and len(before) <= 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PER_PAGE + 1])
    shown = told(found[:PER_PAGE])
    accounts = may(request.user, Permission.ACCOUNTS)
    query = urlencode(asked.values)
    older = urlencode({**asked.values, "vor": shown[-1].pk}) if len(found) > PER_PAGE else ""
    context = frame(
        request,
        _("Who did what"),
        asked=asked,
        rows=shown,
        query=query,
        older=older,
        is_first=not before,
        topics=TOPICS if accounts else [each for each in TOPICS if each.value not in {"konten", "helfen"}],
        kinds=[(value, label) for value, label in KINDS.items() if accounts or value not in PRIVATE],
        accounts=accounts,
        tabs=tabs(request),
    )
    return render(request, "people/log.html", context)


@require_safe
@never_cache
@allow(Permission.LOG)
def log_file(request: HttpRequest) -> HttpResponse:
    """All that fits, as a table with semicolons as German spreadsheets open it."""
    rows = entries(understood(request.GET), by=request.user)
    name = f"{timezone.localdate():%Y-%m-%d}-protokoll.csv"
    file = StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_("When"), _("Who"), _("What"), _("Kind"), _("Thing"), _("Details")])
    for batch in _batches(rows.iterator(chunk_size=_BATCH)):
        writer.writerows(_cells(each) for each in told(batch, links=False))
    return HttpResponse(
        "\ufeff" + file.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _cells(each: Told) -> list[str]:
    details = "; ".join(f"{name}: {value}" for name, value in each.details)
    at = date_format(timezone.localtime(each.at), "SHORT_DATETIME_FORMAT")
    cells = [at, each.who, each.sentence, each.kind, each.thing, details]
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]
