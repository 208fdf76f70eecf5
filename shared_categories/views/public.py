"""A release for everybody: as JSON in the words of SKOS, and as a table."""

import csv
from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from core.access import Role, allow
from shared_categories import reading
from shared_categories.models import Release
from shared_categories.skos import scheme
from shared_categories.values import Snapshot, Value

# A release never changes.
LONG = 30 * 24 * 3600
COLUMNS = ("code", "kind", "name", "definition", "parent", "position", "icon", "color", "min_age", "max_age", "text")


def _release(number: int) -> Snapshot:
    try:
        return reading.release(number)
    except Release.DoesNotExist as error:
        raise Http404 from error


def _for_long(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, public=True, max_age=LONG, immutable=True)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@allow(Role.VISITOR)
def newest(request: HttpRequest) -> HttpResponse:
    """On to the release issued last."""
    number = reading.newest_number()
    if not number:
        raise Http404
    return redirect("catalogue:json", number)


@require_safe
@allow(Role.VISITOR)
def release_json(request: HttpRequest, number: int) -> HttpResponse:
    """A release as JSON-LD."""
    address = request.build_absolute_uri(request.path)
    answer = JsonResponse(
        scheme(_release(number), address), json_dumps_params={"ensure_ascii": False}, content_type="application/ld+json"
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return _for_long(answer)


@require_safe
@allow(Role.VISITOR)
def release_csv(request: HttpRequest, number: int) -> HttpResponse:
    """A release as a table, as German spreadsheets open it."""
    buffer = StringIO("\ufeff")
    buffer.seek(1)
    writer = csv.writer(buffer, delimiter=";")
    languages = ("en", "fr", "tr", "ar", "uk", "ru", "fa")
    writer.writerow([*COLUMNS, "words", *(f"name_{each}" for each in languages), "mappings", "removed", "replaced_by"])
    writer.writerows(_row(value, languages) for value in _release(number).values.values())
    answer = HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="katalog-{number}.csv"'
    return _for_long(answer)


def _row(value: Value, languages: tuple[str, ...]) -> list[Any]:
    plain = [getattr(value, column) for column in COLUMNS]
    return [
        *("" if each is None else each for each in plain),
        ", ".join(value.words),
        *(value.translations.get(each, {}).get("name", "") for each in languages),
        ", ".join(f"{each.vocabulary} {each.code} {each.relation}" for each in value.mappings),
        int(value.removed),
        value.replaced_by,
    ]
