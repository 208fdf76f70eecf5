"""Municipalities that have a row and no schema: whoever asks one of them fails."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from tenants.models import Backup, Domain, Municipality, MunicipalityFigures, State
from tenants.running.context import inside_public


def many(number: int, *, state: State = State.LIVE) -> list[Municipality]:
    """So many of them, with hosts, eight nights of figures each and a fresh backup of everything."""
    now = timezone.now()
    with inside_public():
        made = Municipality.objects.bulk_create(
            Municipality(slug=f"ort-{n:04}", schema_name=f"ort-{n:04}", name=f"Ort {n}", state=state)
            for n in range(number)
        )
        Domain.objects.bulk_create(
            Domain(domain=f"{each.slug}.localhost", tenant=each, is_primary=True) for each in made
        )
        MunicipalityFigures.objects.bulk_create(
            figures_of(each, now - timedelta(days=night), offers=n + night)
            for n, each in enumerate(made)
            for night in range(8)
        )
        saved(now)
    return made


def figures_of(each: Municipality, at: Any, **numbers: Any) -> MunicipalityFigures:
    given = {"last_editor_activity": at, "schema_version": "offers.0001_initial", **numbers}
    return MunicipalityFigures(municipality=each, night=at.date(), measured_at=at, **given)


def measured(each: Municipality, at: Any = None, **numbers: Any) -> None:
    """Figures of last night."""
    with inside_public():
        figures_of(each, at or timezone.now(), **numbers).save()


def saved(at: Any, slug: str = "", **given: Any) -> Backup:
    """A backup that began then and ended well."""
    with inside_public():
        made = Backup.objects.create(kind="single" if slug else "full", slug=slug, path="/x", finished_at=at, **given)
        Backup.objects.filter(pk=made.pk).update(started_at=at)
    return made


def queued(
    status: str, schema: str | None, *, task: str = "mail.tasks.deliver_later", number: int = 1, **given: Any
) -> list[int]:
    """Jobs as the queue has them; their numbers. The lock comes last: a failed one may have that of a waiting one."""
    args = "{}" if schema is None else f'{{"schema_name": "{schema}", "arguments": {{"word": "geheim"}}}}'
    values = {"attempts": 8 if status == "failed" else 0, "queueing_lock": None, "scheduled_at": None, **given}
    with inside_public(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, attempts, scheduled_at) "
            "SELECT 'default', %s, %s::jsonb, %s, %s::timestamptz FROM generate_series(1, %s) RETURNING id",
            [task, args, values["attempts"], values["scheduled_at"], number],
        )
        made = [pk for (pk,) in cursor.fetchall()]
        for step in {"todo": (), "doing": ("doing",)}.get(status, ("doing", status)):
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = ANY(%s)", [step, made]
            )
        if values["queueing_lock"] is not None:
            cursor.execute(
                "UPDATE procrastinate_jobs SET queueing_lock = %s WHERE id = ANY(%s)", [values["queueing_lock"], made]
            )
    return made
