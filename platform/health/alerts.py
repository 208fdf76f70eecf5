"""Telling operators by mail, and programs by webhook, when something is disturbed; it neither flaps nor storms.

One alert per cause, however many municipalities have it: one acts per cause. It opens when anybody was disturbed in two
measurements in a row, and is over when nobody was in three. Of one cause nobody is told of again within six hours,
also when it ended meanwhile; after that, if it came back or if more have it. What one measurement brings is one mail,
and one message.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.ordering import name_key
from health.limits import BY_KEY, CAUSES, Judged, Tone, judged
from health.models import Alert
from health.rows import all_rows
from health.showing import whole
from health.telling import hooks, people
from tenants.running.context import inside_public
from tenants.urls import own_address

MINUTES = 10
# Measurements.
OPENS_AFTER, ENDS_AFTER = 2, 3
SILENCE = timedelta(hours=6)
# Names of municipalities in a mail.
MOST_NAMES = 5


class News(Enum):
    """What there is to tell of a cause."""

    OPENED = "opened"
    GREW = "grew"
    OVER = "over"


def step(alert: Alert, number: int, now: datetime) -> News | None:
    """Take one measurement into account: so many are disturbed by this cause. Changes the alert, saves nothing."""
    alert.measured_at = now
    alert.seen = alert.seen + 1 if number else 0
    alert.missed = 0 if number else alert.missed + 1
    may_tell = alert.told_at is None or now - alert.told_at >= SILENCE
    if alert.is_open and alert.missed >= ENDS_AFTER:
        alert.is_open = False
        return News.OVER
    opens = not alert.is_open and alert.seen >= OPENS_AFTER
    grew = alert.is_open and number > alert.told_number
    if not may_tell or not (opens or grew):
        return None
    alert.is_open, alert.told_at, alert.told_number = True, now, number
    return News.OPENED if opens else News.GREW


def measure() -> list[tuple[str, News]]:
    """Look at everybody, note it, and write the operators one mail if there is anything to tell; return what was."""
    with inside_public(), transaction.atomic():
        everybody = [judged(row) for row in all_rows()]
        numbers = Counter(key for each in everybody for key, tone in each.wrong.items() if tone is Tone.BAD)
        now = timezone.now()
        Alert.objects.bulk_create((Alert(cause=each.key, measured_at=now) for each in CAUSES), ignore_conflicts=True)
        alerts = {each.cause: each for each in Alert.objects.select_for_update().order_by("pk")}
        news = [(each.key, step(alerts[each.key], numbers[each.key], now)) for each in CAUSES]
        Alert.objects.bulk_update(
            alerts.values(), ["seen", "missed", "is_open", "told_at", "told_number", "measured_at"]
        )
        told = [(key, what) for key, what in news if what is not None]
        if told:
            _write(told, everybody)
        return told


def _write(told: Sequence[tuple[str, News]], everybody: Sequence[Judged]) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        values = {
            "number": len(told),
            "began": _listed(_("Disturbed now:"), told, {News.OPENED, News.GREW}, everybody),
            "over": _listed(_("Over:"), told, {News.OVER}, everybody),
            "link": f"{own_address()}betrieb/kommunen/",
        }
    people.post("health_alert", values)
    hooks.tell("alert", {"news": [_plainly(*each, everybody) for each in told], "link": values["link"]})


def _plainly(key: str, what: News, everybody: Sequence[Judged]) -> dict[str, Any]:
    """One piece of news as programs read it."""
    slugs = sorted(each.row.slug for each in everybody if each.wrong.get(key) is Tone.BAD)
    label = str(BY_KEY[key].label)
    return {
        "cause": key,
        "label": label,
        "news": what.value,
        "number": len(slugs),
        "municipalities": slugs[:MOST_NAMES],
    }


def _listed(heading: str, told: Iterable[tuple[str, News]], wanted: set[News], everybody: Sequence[Judged]) -> str:
    rows = [_line(key, everybody) for key, what in told if what in wanted]
    return "\n".join([heading, *rows]) if rows else ""


def _line(key: str, everybody: Sequence[Judged]) -> str:
    cause = BY_KEY[key]
    names = sorted((each.row.name for each in everybody if each.wrong.get(key) is Tone.BAD), key=name_key)
    if not names:
        return f"– {cause.label}"
    shown = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    number = ngettext("%(number)s municipality", "%(number)s municipalities", len(names)) % {
        "number": whole(len(names))
    }
    return f"– {cause.sentence} {number}: {shown}"
