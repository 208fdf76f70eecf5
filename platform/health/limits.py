"""What is wrong with a municipality: one table of causes with their limits, used by the list, the page of one, the
metrics and the documentation alike."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.task_cards import Words
from health.rows import Row
from tenants.models import State
from tenants.rollout_records import StepState

GIB = 2**30


class Tone(StrEnum):
    """How somebody is, the most urgent first. NEW is being set up, REST is suspended or archived."""

    BAD = "bad"
    WATCH = "watch"
    NEW = "new"
    REST = "rest"
    OK = "ok"


TONES = tuple(Tone)


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that may be wrong. `of` measures it (None: nothing is known), from `watch` on it is to be watched, from
    `bad` on it is bad; `column` is where the list shows it."""

    key: str
    column: str
    label: Words
    sentence: Words
    remedy: Words
    of: Callable[[Row], float | None]
    watch: float
    bad: float | None = None
    limit: Words = ""

    def tone(self, row: Row) -> Tone | None:
        """How bad it is for this one; None where it is well, or unknown."""
        value = self.of(row)
        if value is None or value < self.watch:
            return None
        return Tone.BAD if self.bad is not None and value >= self.bad else Tone.WATCH


def _hours(row: Row) -> float:
    return row.backup_age.total_seconds() / 3600


def _unmeasured(row: Row) -> float:
    measured = row.figures.measured_at if row.figures else row.created_at
    return (row.now - measured).total_seconds() / 3600


def _editors_away(row: Row) -> float | None:
    """Days; while there are no figures, nothing is known. Whoever has never been there is away since the beginning."""
    if row.state != State.LIVE or row.figures is None:
        return None
    return (row.now - (row.editors_at or row.created_at)).total_seconds() / 86400


def _held_minutes(row: Row) -> float | None:
    return (row.now - row.held_since).total_seconds() / 60 if row.held_since else None


def _update(row: Row) -> float:
    return {StepState.FAILED.value: 2, StepState.WAITING.value: 1}.get(row.update, 0)


CAUSES: tuple[Cause, ...] = (
    Cause(
        "update",
        "update",
        _("Update"),
        _("An update has failed or was not reached."),
        _("The rollout says which migration failed and why; it goes on there, or with “manage rollout --resume”."),
        _update,
        1,
        2,
        _("watched: not reached yet; disturbed: failed"),
    ),
    Cause(
        "umzug",
        "held",
        pgettext_lazy("of a municipality", "Move"),
        _("It moves to another cell, and nothing can be saved there."),
        _("A move lasts about a minute. “Cells and moves” says whether it was interrupted, and how it goes on."),
        _held_minutes,
        3,
        15,
        _("watched: from 3 minutes; disturbed: from 15 minutes"),
    ),
    Cause(
        "auftraege",
        "failed",
        _("Failed jobs"),
        _("Jobs have failed for good."),
        _("Look what failed, mend the reason, then try them again or drop them."),
        lambda row: row.queue.failed,
        1,
        10,
        _("watched: from 1; disturbed: from 10"),
    ),
    Cause(
        "warteschlange",
        "waiting",
        _("Waiting jobs"),
        _("Many jobs are waiting."),
        _("Are workers running (“manage work”)? More of them, or a higher --concurrency, empty the queue sooner."),
        lambda row: row.queue.waiting,
        100,
        1000,
        _("watched: from 100; disturbed: from 1,000"),
    ),
    Cause(
        "fehler",
        "errors",
        _("Error pages"),
        _("Pages end in errors."),
        _("The log names each error, and the rollouts say whether an update brought it."),
        lambda row: row.error_percent,
        1,
        5,
        _("watched: from 1 %; disturbed: from 5 % of the answers of the last hour, from 50 answers on"),
    ),
    Cause(
        "antwortzeit",
        "response",
        _("Response time"),
        _("Pages are slow."),
        _("Is the machine busy, or the database? What all have is the machine's, what one has is its own."),
        lambda row: row.response_ms,
        1000,
        3000,
        _("watched: from 1 second; disturbed: from 3 seconds, for 95 of 100 answers of the last hour, from 50 on"),
    ),
    Cause(
        "mails",
        "given_up",
        _("Mails given up"),
        _("Mails could not be sent."),
        _("Is the mail server reached? “manage resend_mail SLUG --failed” sends them again."),
        lambda row: row.given_up,
        1,
        20,
        _("watched: from 1; disturbed: from 20"),
    ),
    Cause(
        "ruecklaeufer",
        "bounces",
        _("Mails coming back"),
        _("Many mails come back."),
        _("Its editors see the addresses at /redaktion/mails/; most are old addresses of providers."),
        lambda row: row.bounce_percent,
        5,
        20,
        _("watched: from 5 %; disturbed: from 20 % of the mails of 30 days, from 20 mails on"),
    ),
    Cause(
        "sicherung",
        "backup",
        _("Backup"),
        _("The last backup is old."),
        _("“manage backup” saves everything; look why the nightly one did not run."),
        _hours,
        26,
        50,
        _("watched: after 26 hours; disturbed: after 50 hours"),
    ),
    Cause(
        "zahlen",
        "measured",
        _("Nightly figures"),
        _("There are no new figures."),
        _("Each night a job counts every municipality. Are workers running, and did its job fail?"),
        _unmeasured,
        50,
        None,
        _("watched: after 50 hours"),
    ),
    Cause(
        "abweichung",
        "drift",
        _("Drift"),
        _("The schema is not as its migrations make it."),
        _("The check for drift names every difference; somebody changed tables by hand, or an update broke."),
        lambda row: row.drift,
        1,
        None,
        _("watched: from one difference"),
    ),
    Cause(
        "zeiten",
        "spans",
        _("Times of being public"),
        _("Times in which offers were public had to be mended last night."),
        _("Somebody changed tables past the triggers, or loaded them by hand; the worker’s log says of which kind."),
        lambda row: row.figures.span_differences if row.figures else None,
        1,
        None,
        _("watched: from one difference"),
    ),
    Cause(
        "zertifikat",
        "certificate",
        _("Certificate"),
        _("A certificate expires, or browsers refuse it."),
        _("The proxy renews a month before the end: does it run, and does the host name still point here?"),
        lambda row: None if row.certificate_days is None else -row.certificate_days,
        -21,
        -7,
        _("watched: from 21 days before its end; disturbed: from 7 days, or where browsers refuse it"),
    ),
    Cause(
        "redaktion",
        "editors",
        _("Editors"),
        _("No editor was there for a long time."),
        _("Write to the municipality: offers nobody checks grow old."),
        _editors_away,
        30,
        None,
        _("watched: after 30 days, only where it is live"),
    ),
    Cause(
        "speicher",
        "size",
        _("Storage"),
        _("Much storage is used."),
        _("Large pictures and old uploads stand in its media library; its editors can remove what nobody uses."),
        lambda row: None if row.size_bytes is None else row.size_bytes / GIB,
        8,
        None,
        _("watched: from 8 GB"),
    ),
)
BY_KEY = {cause.key: cause for cause in CAUSES}


@dataclass(frozen=True, slots=True)
class Judged:
    """A municipality and what is wrong with it, by the column of the list."""

    row: Row
    tone: Tone
    wrong: dict[str, Tone]

    @property
    def causes(self) -> list[tuple[Cause, Tone]]:
        """What is wrong, the worst first."""
        found = [(cause, self.wrong[cause.key]) for cause in CAUSES if cause.key in self.wrong]
        return sorted(found, key=lambda each: TONES.index(each[1]))


def judged(row: Row) -> Judged:
    """How it is: as the worst of its causes says, else what its state says."""
    wrong = {cause.key: tone for cause in CAUSES if (tone := cause.tone(row)) is not None}
    if wrong:
        return Judged(row, min(wrong.values(), key=TONES.index), wrong)
    if row.state == State.DRAFT:
        return Judged(row, Tone.NEW, wrong)
    return Judged(row, Tone.OK if row.state == State.LIVE else Tone.REST, wrong)
