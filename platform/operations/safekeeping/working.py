"""What the job does that carries out a long work: the very services that `manage` calls. Killed in the middle it is
begun again; what was done already is found done."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.lazy import lazy
from operations.safekeeping import sources
from operations.safekeeping.files import Noted
from operations.safekeeping.models import Work, WorkKind, WorkState
from operations.safekeeping.sources import Source
from tenants.lifecycle.domains import preview_host
from tenants.lifecycle.states import delete_municipality
from tenants.models import Municipality, Removal, State
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tenants.running.locks import BusyError
from tenants.transfer.looking import look_into
from tenants.transfer.restoring import restore_municipality

if TYPE_CHECKING:
    from tenants.transfer.backups import drill as drills
    from tenants.transfer.backups import making
else:
    drills, making = lazy("tenants.transfer.backups.drill"), lazy("tenants.transfer.backups.making")

# How long somebody may look at a trial.
TRIAL_LASTS = timedelta(days=3)
Result = dict[str, Any]


def run(number: int) -> None:
    """Do it. BusyError while somebody else works on the municipality: the job comes again."""
    with inside_public():
        work = Work.objects.filter(pk=number, state=WorkState.WAITING).first()
    if work is None:
        return
    try:
        result = _DOING[WorkKind(work.kind)](work)
    except BusyError as error:
        with inside_public():
            Work.objects.filter(pk=number).update(what=str(error)[:300], done=0, total=0)
        raise
    except RefusedError as error:
        fail(work, str(error))
        return
    with inside_public():
        now = timezone.now()
        goes_at = now + TRIAL_LASTS if work.kind == WorkKind.TRIAL else None
        Work.objects.filter(pk=number).update(state=WorkState.DONE, result=result, ended_at=now, goes_at=goes_at)


def fail(work: Work, why: str) -> None:
    """It was not done, and will not be; nothing happens to one that was done after all."""
    with inside_public():
        Work.objects.filter(pk=work.pk, state=WorkState.WAITING).update(
            state=WorkState.FAILED, error=why, ended_at=timezone.now()
        )


def _file(work: Work) -> Source:
    with inside_public():
        source = sources.named(work.source)
    if source is None:
        raise RefusedError(_("The file is not there any more."))
    return source


def _look(work: Work) -> Result:
    return look_into(_file(work).path, progress=Noted(work))


def _is_made(work: Work, slug: str) -> bool:
    """Whether a job that was killed had made it already: nobody else can have, for it looked whether it was free."""
    with inside_public():
        return Municipality.objects.filter(slug=slug, created_at__gte=work.asked_at).exists()


def _restore(work: Work) -> Result:
    slug, host = work.wish["slug"], work.wish["host"]
    if not _is_made(work, slug):
        restore_municipality(_file(work).path, slug=slug, host=host, by=work.asked_by, progress=Noted(work))
    return {"slug": slug, "host": host}


def trial_slug(work: Work) -> str:
    """The short name of a scratch municipality."""
    return f"probe-{work.pk}"


def _trial(work: Work) -> Result:
    """Closed from its first moment: visitors see that it is a trial, nobody gets mail, operators look by their link."""
    slug = trial_slug(work)
    host = preview_host(slug)
    if not _is_made(work, slug):
        instead = {
            "name": (_("Trial: %(name)s") % {"name": work.name})[:200],
            "state": State.SUSPENDED.value,
            "state_reason": _("Here an export is tried out. This portal is not public and will be deleted."),
        }
        path = _file(work).path
        restore_municipality(path, slug=slug, host=host, by=work.asked_by, progress=Noted(work), instead=instead)
    return {"slug": slug, "host": host}


def _delete(work: Work) -> Result:
    with inside_public():
        left = Municipality.objects.filter(slug=work.slug).exists()
        # Gone, perhaps but for its folders, since this was asked for: a killed job did it.
        removal = Removal.objects.filter(slug=work.slug, at__gte=work.asked_at).first()
    if left or removal is None or removal.files_gone_at is None:
        removal = delete_municipality(work.slug, confirm=work.slug, by=work.asked_by, progress=Noted(work))
    return {"source": f"{sources.REMOVAL}-{removal.pk}", "bytes": removal.export_bytes, "sha256": removal.export_sha256}


def _backup(work: Work) -> Result:
    progress = Noted(work)
    made = making.back_up_one(work.slug, progress=progress) if work.slug else making.back_up(progress=progress)
    return {"bytes": made.backup.bytes, "files": made.files, "remark": made.remark, "kind": made.backup.kind}


def _drill(work: Work) -> Result:
    drill = drills.restore_drill(work.slug, progress=Noted(work))
    return {"passed": drill.passed, "figures": drill.figures, "seconds": drill.seconds, "slug": drill.slug}


_DOING: dict[WorkKind, Callable[[Work], Result]] = {
    WorkKind.LOOK: _look,
    WorkKind.RESTORE: _restore,
    WorkKind.TRIAL: _trial,
    WorkKind.DELETE: _delete,
    WorkKind.BACKUP: _backup,
    WorkKind.DRILL: _drill,
}


def end_trial(work: Work) -> None:
    """Delete a trial's municipality, and the export that was written for it: it is a copy of the file tried out.

    BusyError while somebody works on it.
    """
    slug = trial_slug(work)
    with inside_public():
        there = Municipality.objects.filter(slug=slug).exists()
    if there:
        delete_municipality(slug, confirm=slug, by="end_trial")
    with inside_public():
        for removal in Removal.objects.filter(slug=slug):
            Path(removal.export).unlink(missing_ok=True)
        Work.objects.filter(pk=work.pk).update(state=WorkState.ENDED, goes_at=None, ended_at=timezone.now())


def over() -> list[Work]:
    """Trials whose time is over."""
    with inside_public():
        return list(Work.objects.trials().filter(Q(goes_at__lte=timezone.now()) | Q(goes_at=None)))
