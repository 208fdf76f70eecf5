"""What is known of each municipality, from nightly figures and shared tables: as many statements for a thousand as for
one, and none into a municipality's schema."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from operations.models import GivenUpMail
from tenants.models import (
    Backup,
    Domain,
    DriftCheck,
    HostCertificate,
    Move,
    Municipality,
    MunicipalityFigures,
    RolloutStep,
)
from tenants.rollout_records import StepState
from tenants.running import answers
from tenants.running.answers import Answers
from tenants.running.context import PUBLIC
from tenants.running.figures import newest

# Answered from a partial index of the few jobs that are not done (jobs/migrations/0003).
_JOBS = """
    SELECT coalesce(args ->> 'schema_name', %s),
           count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)),
           count(*) FILTER (WHERE status = 'failed')
    FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1
"""
# Of fewer mails a share says nothing.
FEWEST_MAILS = 20
# Of fewer answers neither a share nor a time says anything; the last hour is looked at.
FEWEST_ANSWERS = 50
LOOKED_BACK = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs that could run now and wait, and jobs that failed for good."""

    waiting: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality. `backup_at` is when its last good backup began; `update` how its part of a rollout stands that
    is not done ("": nothing is known to be missing); `drift` the differences the last check found (None: unchecked)."""

    pk: int
    slug: str
    name: str
    state: str
    wave: str
    created_at: datetime
    hosts: tuple[str, ...]
    figures: MunicipalityFigures | None
    queue: Queue
    given_up: int
    backup_at: datetime | None
    update: str
    drift: int | None
    now: datetime
    # Until the first of its certificates expires; 0 where browsers refuse one, None where none was looked at.
    certificate_days: float | None = None
    # Since when it is read-only because it moves to another cell.
    held_since: datetime | None = None
    # What it answered in the last hour.
    answers: Answers = field(default_factory=Answers)

    @property
    def host(self) -> str:
        """The primary one."""
        return self.hosts[0] if self.hosts else ""

    @property
    def offers(self) -> int | None:
        """As of last night."""
        return self.figures.offers if self.figures else None

    @property
    def size_bytes(self) -> int | None:
        """Database and files."""
        return self.figures.size_bytes if self.figures else None

    @property
    def version(self) -> str:
        """The last migration of its schema."""
        return self.figures.schema_version if self.figures else ""

    @property
    def editors_at(self) -> datetime | None:
        """When an editor was last there."""
        return self.figures.last_editor_activity if self.figures else None

    @property
    def bounce_percent(self) -> float | None:
        """Of the mails of thirty days, how many came back; None where there were too few to say."""
        if self.figures is None or self.figures.mails_sent < FEWEST_MAILS:
            return None
        return 100 * self.figures.mails_bounced / self.figures.mails_sent

    @property
    def response_ms(self) -> float | None:
        """Milliseconds within which 95 of 100 answers of the last hour came; None where there were too few to say."""
        return self.answers.p95 if self.answers.number >= FEWEST_ANSWERS else None

    @property
    def error_percent(self) -> float | None:
        """Of the answers of the last hour, how many were errors of ours; None where there were too few to say."""
        return self.answers.error_percent if self.answers.number >= FEWEST_ANSWERS else None

    @property
    def backup_age(self) -> timedelta:
        """How long ago the last good backup began; without one, how long it has been here unsaved."""
        return self.now - (self.backup_at or self.created_at)


def queues() -> dict[str, Queue]:
    """The jobs of each schema that has any; those of nobody in particular under “public”."""
    with connection.cursor() as cursor:
        cursor.execute(_JOBS, [PUBLIC, timezone.now()])
        return {str(name): Queue(waiting, failed) for name, waiting, failed in cursor.fetchall()}


def _hosts() -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for tenant, host in Domain.objects.order_by("-is_primary", "pk").values_list("tenant_id", "domain"):
        found.setdefault(tenant, []).append(host)
    return {tenant: tuple(hosts) for tenant, hosts in found.items()}


def _certificates(now: datetime) -> dict[int, float]:
    """The least days left of each municipality's certificates."""
    found: dict[int, float] = {}
    for seen in HostCertificate.objects.select_related("domain").order_by():
        days = seen.days_left(now)
        if days is not None:
            found[seen.domain.tenant_id] = min(days, found.get(seen.domain.tenant_id, days))
    return found


def good_backups() -> Any:
    """Backups that ended well and are still kept."""
    return Backup.objects.filter(finished_at__isnull=False, removed_at__isnull=True, error="")


def _backups() -> dict[str, datetime]:
    """When the last good backup of each began; under "" that of everything."""
    begun = good_backups().order_by().values("slug").annotate(last=Max("started_at"))
    return dict(begun.values_list("slug", "last"))


def last_backup(slug: str, created_at: datetime, backups: dict[str, datetime]) -> datetime | None:
    """A backup of everything counts for whoever was there when it began."""
    of_all, own = backups.get(""), backups.get(slug)
    candidates = [each for each in (own, of_all if of_all and of_all >= created_at else None) if each]
    return max(candidates, default=None)


def open_updates() -> dict[str, str]:
    """For each schema whose newest part of a rollout is not done, how that stands."""
    later = RolloutStep.objects.filter(schema_name=OuterRef("schema_name"), pk__gt=OuterRef("pk"))
    steps = RolloutStep.objects.exclude(state__in=(StepState.DONE, StepState.GONE)).exclude(Exists(later))
    return dict(steps.values_list("schema_name", "state"))


def all_rows() -> list[Row]:
    """Every municipality, in no particular order. Asked on the operator's side."""
    return _rows(Municipality.objects.all(), newest())


def row_of(slug: str) -> Row | None:
    """One of them; None where there is none."""
    chosen = Municipality.objects.filter(slug=slug)
    return next(
        iter(_rows(chosen, MunicipalityFigures.objects.filter(municipality__slug=slug).order_by("-night")[:1])), None
    )


def _rows(chosen: "QuerySet[Municipality]", measured: Iterable[MunicipalityFigures]) -> list[Row]:
    moving = Move.objects.filter(slug=OuterRef("slug"), ended_at=None).values("closed_at")
    municipalities = list(
        chosen.order_by().values_list(
            "pk", "slug", "name", "state", "wave", "created_at", "schema_name", Subquery(moving[:1])
        )
    )
    now = timezone.now()
    hosts, jobs, backups, updates = _hosts(), queues(), _backups(), open_updates()
    figures = {row.municipality_id: row for row in measured}
    given_up = dict(GivenUpMail.objects.values_list("schema_name", "number"))
    certificates = _certificates(now)
    answered = answers.since(now - LOOKED_BACK)
    check = DriftCheck.objects.first()
    return [
        Row(
            pk=pk,
            slug=slug,
            name=name,
            state=state,
            wave=wave,
            created_at=created_at,
            hosts=hosts.get(pk, ()),
            figures=figures.get(pk),
            queue=jobs.get(schema_name, Queue()),
            given_up=given_up.get(schema_name, 0),
            backup_at=last_backup(slug, created_at, backups),
            update=updates.get(schema_name, ""),
            drift=_drift(check, schema_name, created_at),
            now=now,
            certificate_days=certificates.get(pk),
            held_since=held_since,
            answers=answered.get(schema_name, Answers()),
        )
        for pk, slug, name, state, wave, created_at, schema_name, held_since in municipalities
    ]


def _drift(check: DriftCheck | None, schema_name: str, created_at: datetime) -> int | None:
    if check is None or check.at < created_at:
        return None
    return len(check.found.get(schema_name, ()))
