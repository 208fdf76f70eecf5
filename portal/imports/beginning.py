"""Saying yes to a table: from here on it goes by itself."""

from django.db import transaction

from accounts.models import User
from audit.services import record
from core.acting import name_of
from portal.imports import tasks
from portal.imports.models import Row, Upload


def begin(upload: Upload, *, by: User, hand_in: bool, fill: Upload.Fill) -> bool:
    """Queue what is ticked. False where nothing is, or where it is under way already: twice is once."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update().get(pk=upload.pk)
        chosen = locked.rows.filter(chosen=True, takeable=True, state=Row.State.OPEN).count()
        if locked.state not in (Upload.State.READY, Upload.State.DONE) or not chosen:
            return False
        locked.state, locked.stage, locked.taken_at = Upload.State.TAKING, Upload.Stage.WRITE, None
        locked.done, locked.total = 0, chosen
        locked.created = locked.updated = locked.submitted = locked.left = 0
        locked.hand_in, locked.fill, locked.notes = hand_in, fill, []
        locked.by, locked.by_name = by, name_of(by)[:254]
        locked.save()
        record("imports.begin", locked, by=by, changes={"file": locked.name, "rows": chosen})
        tasks.take_table.defer(upload=locked.pk)
    return True
