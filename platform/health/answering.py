"""What the page of one municipality says of its answers: the last hour, the last day, and a picture by the hour."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from health.showing import NOTHING, milliseconds, percent, whole
from portal.figures.charts import chart
from tenants.running import answers
from tenants.running.answers import Answers

HOURS = 24


def answering(schema_name: str, lately: Answers, now: datetime) -> dict[str, Any]:
    """Two rows of figures, and the chart of the last day with its summary; no chart where nothing was asked for."""
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    hours = [this_hour - timedelta(hours=back) for back in range(HOURS - 1, -1, -1)]
    found = answers.by_hour(schema_name, hours[0])
    day = _together(list(found.values()))
    rows = [_row(_("last hour"), lately), _row(_("last 24 hours"), day)]
    return {"answers": rows, **(_picture(hours, found, day) if day.number else {})}


def _together(parts: list[Answers]) -> Answers:
    spread = tuple(map(sum, zip(*(each.spread for each in parts), strict=True)))
    if not parts:
        return Answers()
    return Answers(
        sum(each.number for each in parts),
        sum(each.errors for each in parts),
        sum(each.milliseconds for each in parts),
        spread,
    )


def _row(label: str, found: Answers) -> dict[str, Any]:
    return {
        "label": label,
        "number": whole(found.number),
        "p95": milliseconds(found.p95) if found.number else NOTHING,
        "mean": milliseconds(found.mean) if found.number else NOTHING,
        "errors": f"{whole(found.errors)} ({percent(found.error_percent)})" if found.number else NOTHING,
    }


def _picture(hours: list[datetime], found: dict[datetime, Answers], day: Answers) -> dict[str, Any]:
    values = [round(found[hour].p95) if hour in found else 0 for hour in hours]
    labels = [date_format(timezone.localtime(hour), "H:i") for hour in hours]
    slowest = max(range(len(values)), key=values.__getitem__)
    summary = _(
        "Of the last 24 hours the slowest was that from %(hour)s: 95 of 100 answers came within %(slow)s; "
        "over all hours it was %(all)s."
    ) % {"hour": labels[slowest], "slow": milliseconds(values[slowest]), "all": milliseconds(day.p95)}
    return {"chart": chart(values, [None] * len(values), labels, labels), "summary": summary}
