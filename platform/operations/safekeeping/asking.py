"""What operators ask for beyond exports: each puts one job in line, and asked twice it is one."""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.services import record
from operations.safekeeping import tasks, working
from operations.safekeeping.life import must_be_named
from operations.safekeeping.models import Work, WorkKind, WorkState
from operations.safekeeping.sources import Source
from tenants.models import Municipality
from tenants.names import normal_host
from tenants.registry import checked, municipality_named
from tenants.running.context import PUBLIC, inside_public


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done, about which municipality or file, and what else is wished."""

    kind: WorkKind
    slug: str = ""
    name: str = ""
    source: str = ""
    wish: dict[str, str] = field(default_factory=dict)


def look(source: Source, *, by: Any) -> Work:
    """Have somebody look what is in a file, to the last checksum; nothing is changed."""
    return _ask(Asked(WorkKind.LOOK, name=source.name, source=source.key), by)


def try_out(source: Source, *, by: Any) -> Work:
    """Have a file restored into a scratch municipality, which is deleted by itself."""
    return _ask(Asked(WorkKind.TRIAL, name=source.name, source=source.key), by)


def restore(source: Source, *, name: str, slug: str, host: str, by: Any) -> Work:
    """Have a municipality made of a file. RefusedError where the short name or the host is impossible or taken."""
    slug = slug.strip().lower()
    with inside_public():
        slug, host = checked(slug, name, host)
    wish = {"slug": slug, "host": normal_host(host)}
    return _ask(Asked(WorkKind.RESTORE, slug=slug, name=name, source=source.key, wish=wish), by)


def delete(town: Municipality, *, typed: str, by: Any) -> Work:
    """Have a municipality deleted for good. RefusedError unless its name was typed."""
    must_be_named(town, typed)
    return _ask(Asked(WorkKind.DELETE, slug=town.slug, name=town.name), by)


def back_up(slug: str, *, by: Any) -> Work:
    """Have everything backed up now, or one municipality. RefusedError for an unknown short name."""
    return _ask(_of_town(WorkKind.BACKUP, slug), by)


def rehearse(slug: str, *, by: Any) -> Work:
    """Have the last backup compared with one municipality, a random one unless named. RefusedError as above."""
    return _ask(_of_town(WorkKind.DRILL, slug), by)


def _of_town(kind: WorkKind, slug: str) -> Asked:
    slug = slug.strip()
    return Asked(kind, slug=slug, name=municipality_named(slug).name) if slug else Asked(kind)


def _ask(asked: Asked, by: Any) -> Work:
    same = {"kind": asked.kind, "slug": asked.slug, "source": asked.source, "state": WorkState.WAITING}
    with inside_public():
        there = Work.objects.filter(**same).first()
        if there is not None and is_attended(there):
            return there
        try:
            with transaction.atomic():
                if there is not None:
                    working.fail(there, _("The process ended early."))
                made = Work.objects.create(
                    **same, name=asked.name, wish=asked.wish, asked_by=str(getattr(by, "email", by))
                )
                record(f"safekeeping.{asked.kind}", made, by=by)
                tasks.work.defer(number=made.pk)
        except IntegrityError:
            return Work.objects.get(**same)
    return made


def end_trial(work: Work, *, by: Any) -> None:
    """Have a trial's municipality deleted now; does nothing to one that is over."""
    with inside_public(), transaction.atomic():
        if Work.objects.trials().filter(pk=work.pk).exists():
            record("safekeeping.trial_ended", work, by=by)
            tasks.end_trial.defer_once(about=work.pk, number=work.pk)


def is_attended(work: Work) -> bool:
    """Whether a job does it, or will; true of one that is over by now."""
    if any(each.get("number") == work.pk for each in tasks.work.under_way().get(PUBLIC, [])):
        return True
    return not Work.objects.filter(pk=work.pk, state=WorkState.WAITING).exists()
