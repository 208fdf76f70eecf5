"""An export with its file, for `test_access.py`."""

from typing import Any

from django.utils import timezone

from operations.safekeeping.files import folder, path_of
from operations.safekeeping.models import Export


def kept_safe() -> dict[str, Any]:
    """What the pages of exports and backups have at addresses."""
    export = Export.objects.create(
        slug="ahausen", name="Ahausen", asked_by="olga@example.org", state="done", ended_at=timezone.now(), bytes=3
    )
    folder().mkdir(parents=True, exist_ok=True)
    path_of(export).write_bytes(b"zip")
    return {"export": export}
