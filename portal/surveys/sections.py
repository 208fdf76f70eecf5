"""Surveys beside the figures: what the start page of the evaluation says of them, and notes on their results."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.planning.asking import Asked
from portal.planning.keeping import noted_on
from portal.planning.sections import register
from portal.surveys.editing import NOTE
from portal.surveys.few import rounded
from portal.surveys.models import Survey
from portal.surveys.tables import numbers_of

LATEST = 3


def _surveys(asked: Asked) -> dict[str, Any]:
    """Those that are running, and the latest results. Three statements."""
    today = timezone.localdate()
    running = Survey.objects.running(today).order_by("last_day")
    numbers = numbers_of(running)
    return {
        "running": [{"survey": each, "number": rounded(numbers.get(each.pk, 0))} for each in running],
        "over": list(Survey.objects.over(today).order_by("-last_day")[:LATEST]),
    }


def _noted(figure: str) -> str:
    """The page of the survey whose results a note is about."""
    pk = figure.removeprefix(NOTE)
    known = figure.startswith(NOTE) and pk.isdecimal() and len(pk) < 19 and Survey.objects.filter(pk=pk).exists()
    return reverse("surveys:survey", args=[int(pk)]) if known else ""


noted_on(_noted)
register("surveys/_section.html", _surveys, order=70)
