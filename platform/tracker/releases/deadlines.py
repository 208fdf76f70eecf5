"""Due times of errors: they begin with the report, follow the severity and end with the ticket.

What an error that is mended and comes back counts anew; one that is merged into another stops counting.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from audit.services import record
from tracker.releases.due import Month, after_working_days, months
from tracker.releases.models import Deadline, DueTime
from tracker.tickets import happenings
from tracker.tickets.happenings import Happening
from tracker.tickets.models import Kind, Severity, State, Ticket, Viewer

# Working days; None: with the next version.
USUAL: dict[str, int | None] = {Severity.BLOCKING: 1, Severity.SERIOUS: 5, Severity.NORMAL: 20, Severity.MINOR: None}


def rules() -> dict[str, int | None]:
    """The working days of each severity, the worst first."""
    changed = dict(DueTime.objects.values_list("severity", "working_days"))
    return {severity: changed.get(severity, usual) for severity, usual in USUAL.items()}


def worded_rules() -> list[tuple[str, str]]:
    """Each severity with how long it may take, in words."""
    with_next = gettext("next version")
    return [
        (
            str(Severity(severity).label),
            ngettext("%(days)d working day", "%(days)d working days", days) % {"days": days},
        )
        if days is not None
        else (str(Severity(severity).label), with_next)
        for severity, days in rules().items()
    ]


@transaction.atomic
def change_rules(days: dict[str, int | None], *, by: Viewer) -> None:
    """Set them. What runs already keeps its day: it was promised."""
    before = rules()
    for severity, number in days.items():
        row, _fresh = DueTime.objects.update_or_create(severity=severity, defaults={"working_days": number})
        if before[severity] != number:
            record("releases.due_time", row, by=by.user, changes={severity: [before[severity], number]})


def on_happening(happening: Happening) -> None:
    """Keep the due times of a ticket up to what happened to it."""
    if happening.name == happenings.STATE_CHANGED:
        _follow_state(happening.ticket, happening.details["old"])
    elif happening.name == happenings.SORTED:
        _follow_severity(happening.ticket)
    elif happening.name == happenings.MERGED:
        source: Ticket = happening.details["source"]
        Deadline.objects.filter(ticket=source, met_on=None).delete()


def _follow_state(ticket: Ticket, old: str) -> None:
    if ticket.is_over:
        Deadline.objects.filter(ticket=ticket, met_on=None).update(met_on=timezone.localdate())
    elif old in {State.ROLLED_OUT, State.DECLINED}:
        _begin(ticket, timezone.localdate())


def _follow_severity(ticket: Ticket) -> None:
    """An error that is judged anew: its time goes on from where it began."""
    running = Deadline.objects.filter(ticket=ticket, met_on=None).first()
    since = running.since if running else timezone.localdate(ticket.created_at)
    if running is not None:
        if running.severity == ticket.severity:
            return
        running.delete()
    if not ticket.is_over:
        _begin(ticket, since)


def _begin(ticket: Ticket, since: date) -> None:
    days = rules().get(ticket.severity) if ticket.kind == Kind.BUG else None
    if days is not None:
        due_on = after_working_days(since, days)
        Deadline.objects.create(ticket=ticket, severity=ticket.severity, since=since, due_on=due_on)


def record_of(year: int) -> list[Month]:
    """How due times were kept, month by month of a year."""
    # What was settled in a year was due in it, or met in it before it was due.
    times = Deadline.objects.filter(due_on__year__gte=year, since__year__lte=year).values_list("due_on", "met_on")
    return [month for month in months(times, timezone.localdate()) if month.first.year == year]


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole record in one line."""

    kept: int
    all: int

    @property
    def percent(self) -> int:
        """Rounded down, as that of a month."""
        return self.kept * 100 // self.all if self.all else 100


def total(record: Iterable[Month]) -> Sum:
    """All months together."""
    rows = list(record)
    return Sum(sum(row.kept for row in rows), sum(row.all for row in rows))


def running() -> list[Deadline]:
    """What is still to be kept, the nearest first; what is over stands on top of it."""
    return list(Deadline.objects.filter(met_on=None).select_related("ticket", "ticket__reporter"))


@transaction.atomic
def take_warnings() -> tuple[list[Deadline], list[Deadline]]:
    """Those that end within a working day, and those that are over; each is given once."""
    today, now = timezone.localdate(), timezone.now()
    rows = Deadline.objects.filter(met_on=None, due_on__lte=after_working_days(today, 1)).select_related("ticket")
    locked = sorted(rows.select_for_update(of=("self",)).order_by("pk"), key=lambda each: (each.due_on, each.pk))
    soon = [each for each in locked if each.due_on >= today and each.warned_at is None]
    over = [each for each in locked if each.due_on < today and each.missed_at is None]
    Deadline.objects.filter(pk__in=[each.pk for each in soon]).update(warned_at=now)
    Deadline.objects.filter(pk__in=[each.pk for each in over]).update(missed_at=now, warned_at=now)
    return soon, over
