"""What the pages show of figures: short, in words, and only what is out of bounds stands out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from health.limits import CAUSES, Judged, Tone
from health.listing import TONE_LABELS
from health.rows import Row
from tenants.models import State
from tenants.rollout_records import StepState

NOTHING = "–"
_GB, _MB = 10**9, 10**6


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one municipality: `tone` is "" while it is well, `number` says it stands at the end of its cell."""

    label: str
    text: str
    tone: str = ""
    tone_label: str = ""
    number: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list."""

    row: Row
    tone: str
    tone_label: str
    cells: list[Cell]
    notes: list[Cell]


def whole(number: float | None) -> str:
    """With points for thousands."""
    return NOTHING if number is None else str(number_format(number, 0, use_l10n=True, force_grouping=True))


def size(number: int | None) -> str:
    """Gigabytes, or megabytes where it is little."""
    if number is None:
        return NOTHING
    if number >= _GB // 10:
        return f"{number_format(number / _GB, 1, use_l10n=True, force_grouping=True)}\N{NO-BREAK SPACE}GB"
    return f"{number_format(number / _MB, 0, use_l10n=True)}\N{NO-BREAK SPACE}MB"


def percent(number: float | None) -> str:
    """With one decimal."""
    return NOTHING if number is None else f"{number_format(number, 1, use_l10n=True)}\N{NO-BREAK SPACE}%"


def milliseconds(number: float | None) -> str:
    """Up to a second in milliseconds, then in seconds."""
    if number is None:
        return NOTHING
    if number < 1000:
        return f"{whole(number)}\N{NO-BREAK SPACE}ms"
    return f"{number_format(number / 1000, 1, use_l10n=True)}\N{NO-BREAK SPACE}s"


def days_ago(moment: datetime | None, now: datetime) -> str:
    """Today, yesterday, so many days: by the calendar of the platform."""
    if moment is None:
        return _("never")
    days = (timezone.localtime(now).date() - timezone.localtime(moment).date()).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": whole(days)}


def hours(span: timedelta) -> str:
    """Up to two days in hours, then in days."""
    number = int(span.total_seconds() // 3600)
    if number < 48:
        return _("%(hours)d hrs") % {"hours": max(number, 0)}
    return ngettext("%(days)s day", "%(days)s days", number // 24) % {"days": whole(number // 24)}


def backup(row: Row) -> str:
    """How old the last one is."""
    return hours(row.backup_age) if row.backup_at else _("none yet")


def editors(row: Row) -> str:
    """When one of them was last there."""
    return days_ago(row.editors_at, row.now) if row.figures else NOTHING


def measured(row: Row) -> str:
    """When its figures were counted."""
    if row.figures is None:
        return _("never counted")
    return _("counted: %(when)s") % {"when": days_ago(row.figures.measured_at, row.now)}


def drift(row: Row) -> str:
    """How many differences the last check found."""
    found = row.drift or 0
    return ngettext("%(number)s difference", "%(number)s differences", found) % {"number": whole(found)}


def spans(row: Row) -> str:
    """How many times of being public were mended."""
    found = row.figures.span_differences if row.figures else 0
    return ngettext("%(number)s time mended", "%(number)s times mended", found) % {"number": whole(found)}


def update(row: Row) -> str:
    """What is known to be missing."""
    return _("update failed") if row.update == StepState.FAILED else _("update waits")


def held(row: Row) -> str:
    """For how long nothing can be saved."""
    minutes = int((row.now - row.held_since).total_seconds() // 60) if row.held_since else 0
    return ngettext("read-only for %(number)s minute", "read-only for %(number)s minutes", minutes) % {
        "number": whole(minutes)
    }


def certificate(row: Row) -> str:
    """How long the first of its certificates to end is good."""
    days = int(row.certificate_days or 0)
    if not days:
        return _("certificate does not hold")
    text = ngettext("certificate: %(days)s day left", "certificate: %(days)s days left", days)
    return text % {"days": whole(days)}


_COLUMNS: tuple[tuple[str, Callable[[], str], Callable[[Row], str], bool], ...] = (
    ("offers", lambda: _("Offers"), lambda row: whole(row.offers), True),
    ("editors", lambda: _("Editors"), editors, False),
    ("response", lambda: _("Response"), lambda row: milliseconds(row.response_ms), True),
    ("errors", lambda: _("Error pages"), lambda row: percent(row.error_percent), True),
    ("waiting", lambda: _("Waiting"), lambda row: whole(row.queue.waiting), True),
    ("failed", lambda: _("Failed"), lambda row: whole(row.queue.failed), True),
    ("bounces", lambda: _("Mail back"), lambda row: percent(row.bounce_percent), True),
    ("given_up", lambda: _("Mail given up"), lambda row: whole(row.given_up), True),
    ("size", lambda: _("Storage"), lambda row: size(row.size_bytes), True),
    ("backup", lambda: _("Backup"), backup, True),
    ("version", lambda: _("Schema"), lambda row: row.version or NOTHING, False),
)
# What has no column of its own stands below the state, and only when it is wrong.
_NOTES: dict[str, Callable[[Row], str]] = {
    "update": update,
    "held": held,
    "drift": drift,
    "spans": spans,
    "measured": measured,
    "certificate": certificate,
}
# Where a cause is shown.
_COLUMN_OF = {cause.key: cause.column for cause in CAUSES}


def heads() -> list[dict[str, Any]]:
    """The columns after name and state."""
    return [{"label": label(), "number": number} for _name, label, _text, number in _COLUMNS]


def line(each: Judged) -> Line:
    """What the list says of one."""
    tones = {_COLUMN_OF[key]: tone for key, tone in each.wrong.items()}

    def cell(name: str, label: str, text: str, *, number: bool) -> Cell:
        tone = tones.get(name)
        return Cell(label, text, tone.value if tone else "", str(TONE_LABELS[tone]) if tone else "", number)

    cells = [cell(name, label(), text(each.row), number=number) for name, label, text, number in _COLUMNS]
    notes = [cell(name, "", text(each.row), number=False) for name, text in _NOTES.items() if name in tones]
    return Line(each.row, each.tone.value, state_of(each), cells, notes)


def state_of(each: Judged) -> str:
    """One word: how it is, and for those out of operation which way."""
    return str(State(each.row.state).label if each.tone is Tone.REST else TONE_LABELS[each.tone])


# What the table has as a file: a name for programs, a label and the plain value.
FILE_COLUMNS: tuple[tuple[str, Callable[[], str], Callable[[Judged], Any]], ...] = (
    ("slug", lambda: _("Short name"), lambda each: each.row.slug),
    ("name", lambda: _("Municipality"), lambda each: each.row.name),
    ("host", lambda: _("Host name"), lambda each: each.row.host),
    ("health", lambda: _("How it is"), lambda each: str(TONE_LABELS[each.tone])),
    ("wrong", lambda: _("What is wrong"), lambda each: ", ".join(str(cause.label) for cause, _tone in each.causes)),
    ("state", lambda: pgettext("of a municipality", "State"), lambda each: each.row.state),
    ("wave", lambda: _("Rollout wave"), lambda each: each.row.wave),
    ("schema_version", lambda: _("Schema"), lambda each: each.row.version),
    ("open_update", lambda: _("Open update"), lambda each: each.row.update),
    ("offers", lambda: _("Offers"), lambda each: each.row.offers),
    ("last_editor_activity", lambda: _("Last editor"), lambda each: each.row.editors_at),
    ("answers", lambda: _("Answers of the last hour"), lambda each: each.row.answers.number),
    ("errors", lambda: _("Errors of the last hour"), lambda each: each.row.answers.errors),
    ("response_ms", lambda: _("95 of 100 answers within ms"), lambda each: each.row.response_ms),
    ("jobs_waiting", lambda: _("Waiting jobs"), lambda each: each.row.queue.waiting),
    ("jobs_failed", lambda: _("Failed jobs"), lambda each: each.row.queue.failed),
    ("mails_sent", lambda: _("Mails of 30 days"), lambda each: each.row.figures and each.row.figures.mails_sent),
    ("mails_bounced", lambda: _("Mails coming back"), lambda each: each.row.figures and each.row.figures.mails_bounced),
    ("mails_given_up", lambda: _("Mails given up"), lambda each: each.row.given_up),
    (
        "database_bytes",
        lambda: _("Bytes in the database"),
        lambda each: each.row.figures and each.row.figures.database_bytes,
    ),
    ("file_bytes", lambda: _("Bytes of files"), lambda each: each.row.figures and each.row.figures.file_bytes),
    ("backup_at", lambda: _("Last backup"), lambda each: each.row.backup_at),
    ("drift", lambda: _("Differences of the schema"), lambda each: each.row.drift),
    ("certificate_days", lambda: _("Days until a certificate ends"), lambda each: each.row.certificate_days),
    ("measured_at", lambda: _("Counted"), lambda each: each.row.figures and each.row.figures.measured_at),
)


def moment(value: datetime | None) -> str:
    """Day and time, or a dash."""
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT") if value else NOTHING
