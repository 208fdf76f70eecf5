"""What became public is looked at soon, not only at night."""

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from core.lazy import lazy
from portal.quality.models import Subject
from portal.revisions.models import Revision
from portal.revisions.signals import Event, moved

if TYPE_CHECKING:
    from portal.quality import tasks
else:
    tasks = lazy("portal.quality.tasks")


@receiver(moved, sender=Revision)
def look_soon(revision: Revision, event: Event, **kwargs: Any) -> None:
    """Queued with the change itself, behind all other jobs."""
    if event == Event.APPLIED and revision.kind in Subject.values:
        kind, pk = revision.kind, revision.subject_id
        tasks.look_at_one.defer_once(about=f"{kind}:{pk}", kind=kind, pk=pk)
