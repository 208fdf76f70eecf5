"""An export with its file, a file brought along, a trial and a webhook of alerts, for `test_access.py`."""

from typing import Any

from django.utils import timezone

from courier.signing import new_secret
from health.models import AlertHook
from operations.safekeeping.files import folder, path_of
from operations.safekeeping.models import Export, Work
from operations.safekeeping.sources import incoming


def kept_safe() -> dict[str, Any]:
    """What the pages of exports, files, long works and alerts have at addresses."""
    export = Export.objects.create(
        slug="ahausen", name="Ahausen", asked_by="olga@example.org", state="done", ended_at=timezone.now()
    )
    folder().mkdir(parents=True, exist_ok=True)
    path_of(export).write_bytes(b"zip")
    incoming().mkdir(parents=True, exist_ok=True)
    (incoming() / "probe.zip").write_bytes(b"PK")
    work = Work.objects.create(
        kind="trial", name="Ahausen", source=export.source_key, asked_by="olga@example.org", state="done",
        result={"slug": "probe-1", "host": "probe-1.vorschau.localhost"}, goes_at=timezone.now(),
    )  # fmt: skip
    hook = AlertHook(url="https://chat.example.org/alerts")
    hook.secret = new_secret()
    hook.save()
    return {"export": export, "long_work": work, "alert_hook": hook}
