"""The life of a file: kept under a private name, opened by whoever works with it, gone after thirty days."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from core.acting import name_of
from core.models import PRIVATE
from core.text import clean_text
from portal.imports.models import KEPT_FOR, LONGEST_NAME, MOST_KEPT, Upload
from portal.providers.models import Provider

FOLDER = f"{PRIVATE}upload"
# A file's row is there within a request; a day is generous.
GRACE = timedelta(days=1)


def keep(file: Any, provider: Provider, *, by: Any, key: str) -> tuple[Upload, bool]:
    """Keep a file that somebody sent; the same key once more is the same file. Whether it is a new one."""
    with transaction.atomic():
        # Whoever clicks twice waits here and then finds the file of the first.
        Provider.objects.select_for_update(of=("self",)).get(pk=provider.pk)
        found = Upload.objects.filter(key=key).first()
        if found is not None:
            return found, False
        _make_room(provider)
        made = Upload(
            provider=provider,
            by=by,
            by_name=name_of(by)[:254],
            key=key,
            name=name_for(file.name),
            language=get_language() or "de",
        )
        # The suffix is ours: what somebody calls a file says nothing of what it is.
        made.file.save("tabelle", file, save=False)
        made.save()
    return made, True


def name_for(given: str) -> str:
    """The name somebody gave the file, without folders; kept short."""
    name = clean_text(str(given).replace("\\", "/").rsplit("/", 1)[-1]).strip()
    return name[-LONGEST_NAME:] or "tabelle"


def _make_room(provider: Provider) -> None:
    mine = Upload.objects.filter(provider=provider).exclude(state=Upload.State.TAKING)
    for each in mine.order_by("-sent_at", "-pk")[MOST_KEPT - 1 :]:
        remove(each)


def remove(upload: Upload) -> None:
    """Forget a file with its rows; what was taken over stays. Never while it is being taken over."""
    names = [str(field.name) for field in (upload.file, upload.marked) if field]
    upload.delete()
    transaction.on_commit(lambda: _delete(names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


@contextmanager
def opened(upload: Upload) -> Iterator[Path]:
    """The file on this machine's disk, wherever the storage keeps it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabelle"
        with upload.file.open("rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
        yield path


def store_marked(upload: Upload, path: Path) -> None:
    """Keep the marked copy."""
    with path.open("rb") as stream:
        upload.marked.save("anmerkungen.xlsx", File(stream), save=False)
    Upload.objects.filter(pk=upload.pk).update(marked=upload.marked.name)


def tidy(now: datetime | None = None) -> int:
    """Remove what is older than thirty days, and files that no row knows. Returns how many rows went."""
    today = now or timezone.now()
    gone = list(Upload.objects.filter(sent_at__lt=today - KEPT_FOR).exclude(state=Upload.State.TAKING))
    for each in gone:
        remove(each)
    known = {name for pair in Upload.objects.values_list("file", "marked") for name in pair}
    for name in default_storage.listdir(FOLDER)[1]:
        full = f"{FOLDER}/{name}"
        if full not in known and default_storage.get_modified_time(full) < today - GRACE:
            default_storage.delete(full)
    return len(gone)
