"""The pages of the figures: of all one's offers, of one of them, and both as files."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.figures.asking import Asked, asked_by
from portal.figures.charts import chart
from portal.figures.files import offers_file, parts_file
from portal.figures.measures import CONTACTS, MEASURES, WAYS
from portal.figures.periods import SPANS, STEPS, Span
from portal.figures.sums import by_offer, ways_of
from portal.figures.telling import comparison, nothing_yet, number_of, summary

PER_PAGE = 50


@require_safe
@allow(Role.PROVIDER)
def figures(request: HttpRequest) -> HttpResponse:
    """All offers of one's organisations together, and each in a list."""
    asked = asked_by(request)
    pages: Any = Paginator(range(len(asked.offers)), PER_PAGE)
    page = pages.get_page(request.GET.get("seite"))
    at = (page.number - 1) * PER_PAGE
    context = _context(asked) | {
        "page": page,
        "rows": [
            {
                "title": each.title or _("New offer"),
                "url": reverse("figures:offer", args=[each.pk]),
                "cells": _cells(each.numbers),
            }
            for each in by_offer(asked.offers, asked.period, measure=asked.measure, at=at, most=PER_PAGE)
        ],
        "usual_row": _cells([*asked.usual.whole.medians.values()]),
        "here": reverse("figures:all"),
    }
    return render(request, "figures/all.html", context)


@require_safe
@allow(Role.PROVIDER)
def offer_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer beside what is usual."""
    asked = asked_by(request, pk)
    crumbs = [{"label": _("Figures"), "url": reverse("figures:all")}, {"label": _title(asked), "url": ""}]
    context = _context(asked) | {"crumbs": crumbs, "offer": asked.offer, "here": request.path}
    return render(request, "figures/offer.html", context)


@require_safe
@allow(Role.PROVIDER)
def figures_file(request: HttpRequest, kind: str) -> HttpResponse:
    """All offers together, part by part, as a table."""
    return parts_file(asked_by(request), kind)


@require_safe
@allow(Role.PROVIDER)
def offer_figures_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One offer, part by part, as a table."""
    return parts_file(asked_by(request, pk), kind)


@require_safe
@allow(Role.PROVIDER)
def offers_figures_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Each offer with its figures of the whole period, as a table."""
    return offers_file(asked_by(request), kind)


def _cells(numbers: Sequence[float]) -> list[dict[str, Any]]:
    return [{"label": each.label, "number": number_of(n)} for each, n in zip(MEASURES, numbers, strict=False)]


def _title(asked: Asked) -> str:
    return (asked.offer.title if asked.offer is not None else "") or _("New offer")


def _context(asked: Asked) -> dict[str, Any]:
    """What both pages show: the choice of a period, the tiles, the picture and its table."""
    whole, parts = asked.own
    measure, period = asked.measure, asked.period
    numbers = [each.of(measure) for each in parts]
    usual = [each.medians.get(measure.name) for each in asked.usual.parts]
    labels = [part.label for part in period.parts]
    # All offers together are not to be compared with one: then the table alone says what is usual.
    drawn = usual if asked.offer is not None else [None] * len(parts)
    lines = zip(period.parts, numbers, usual, strict=True)
    return {
        "title": _title(asked),
        "asked": asked,
        "period": period,
        "organisation": asked.chosen[0].name if len(asked.chosen) == 1 else "",
        "organisations": asked.providers if len(asked.providers) > 1 and asked.offer is None else [],
        "spans": [{"value": each.value, "label": label} for each, label in SPANS.items()],
        "own_span": period.span is Span.OWN,
        "steps": [{"value": each.value, "label": label} for each, label in STEPS.items()],
        "tiles": [_tile(asked, each) for each in MEASURES],
        "measures": MEASURES,
        "chart": chart(numbers, drawn, labels, [part.short for part in period.parts]),
        "summary": summary(measure, whole.of(measure), numbers, period.parts, period),
        "comparison": comparison(measure, asked.usual.whole),
        "compared": any(each is not None for each in usual),
        "lines": [
            {"label": part.label, "number": number_of(number), "usual": None if middle is None else number_of(middle)}
            for part, number, middle in lines
        ],
        "ways": _ways(asked) if measure is CONTACTS else [],
        "nothing": nothing_yet(asked.offer, whole),
        "file_query": asked.query(),
    }


def _tile(asked: Asked, measure: Any) -> dict[str, Any]:
    return {
        "measure": measure,
        "number": number_of(asked.own[0].of(measure)),
        "url": f"?{asked.query(measure)}",
        "current": measure is asked.measure,
    }


def _ways(asked: Asked) -> list[dict[str, Any]]:
    return [{"label": WAYS[act], "number": number_of(n)} for act, n in ways_of(asked.own[0]).items()]  # type: ignore[index]  # acts are strings
