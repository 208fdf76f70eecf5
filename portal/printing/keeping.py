"""Papers begun, changed and removed; files that nobody needs any more."""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from audit.services import record
from core.acting import name_of
from core.models import PRIVATE
from portal.printing import folders
from portal.printing.models import MOST_KEPT, MOST_OF_A_PROVIDER, Paper
from portal.providers.models import Provider

FOLDER = f"{PRIVATE}paper"
FILE_KEPT_FOR = timedelta(days=180)
"""What was made so long ago is out of date; it is made anew from the same settings with a click."""
GRACE = timedelta(days=1)


class FullError(Exception):
    """There are too many papers already."""


@transaction.atomic
def begin(
    kind: Paper.Kind, title: str, says: dict[str, Any], *, key: str, by: Any, provider: Provider | None = None
) -> Paper:
    """A new paper; the same key once more (a second click) is the same one. FullError: there are too many."""
    found = Paper.objects.filter(key=key, provider=provider).first()
    if found is not None:
        return found
    if provider is not None and Paper.objects.filter(provider=provider).count() >= MOST_OF_A_PROVIDER:
        raise FullError
    same = Paper.objects.filter(kind=kind) if kind == Paper.Kind.REPORT else Paper.objects.of_editors()
    if provider is None and same.count() >= MOST_KEPT:
        raise FullError
    paper = Paper(key=key, kind=kind, title=title, says=says, by=by, by_name=name_of(by)[:254], provider=provider)
    made, fresh = Paper.objects.get_or_create(key=key, defaults={name: getattr(paper, name) for name in _BEGUN})
    if fresh:
        record("printing.begun", made, by=by)
    return made


_BEGUN = ("kind", "title", "says", "by", "by_name", "provider")


@transaction.atomic
def change(paper: Paper, kind: Paper.Kind, title: str, says: dict[str, Any], *, by: Any) -> bool:
    """Other settings, of a poster also what it is; False where it is being made just now."""
    said = {"kind": kind, "title": title, "says": says, "changed_at": timezone.now()}
    changed = Paper.objects.idle().filter(pk=paper.pk).update(**said)
    if changed:
        paper.title = title
        record("printing.changed", paper, by=by)
    return bool(changed)


@transaction.atomic
def remove(paper: Paper, *, by: Any) -> None:
    """Forget a paper with its file. One that is being made goes too: its file finds no row."""
    found = Paper.objects.select_for_update().filter(pk=paper.pk).first()
    if found is None:
        return
    name = str(found.file)
    record("printing.removed", found, by=by)
    found.delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def tidy(now: datetime | None = None) -> int:
    """Remove files that are old and those that no row knows. Returns how many rows lost theirs."""
    today = now or timezone.now()
    old = Paper.objects.filter(state=Paper.State.READY, made_at__lt=today - FILE_KEPT_FOR)
    names = list(old.values_list("file", flat=True))
    old.update(state=Paper.State.NEW, file="", size=0)
    for name in names:
        default_storage.delete(name)
    known = set(Paper.objects.exclude(file="").values_list("file", flat=True))
    for each in default_storage.listdir(FOLDER)[1]:
        full = f"{FOLDER}/{each}"
        if full not in known and default_storage.get_modified_time(full) < today - GRACE:
            default_storage.delete(full)
    folders.tidy(today - GRACE)
    return len(names)
