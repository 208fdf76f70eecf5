"""When a draft goes online by itself."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from portal.blocks import drafts
from portal.blocks.models import Draft
from portal.blocks.tasks import publish_here
from portal.pages.models import Page

FARTHEST = timedelta(days=730)


def plan(page: Page, at: datetime, *, by: Any) -> Draft:
    """Let the draft go online by itself at that moment."""
    now = timezone.now()
    if at <= now:
        raise ValidationError(_("This moment is over. Please choose one that is still to come, or publish at once."))
    if at > now + FARTHEST:
        raise ValidationError(_("This is more than two years away. Please choose an earlier day."))
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        draft = Draft.objects.filter(page=locked).first() or drafts.begun(locked)
        if draft.online_at != at:
            draft.online_at, draft.planned_by, draft.trouble = at, by, ""
            draft.save()
            record("pages.planned", locked, by=by, changes={"at": at.isoformat()})
            publish_here.defer_anew(at=at, page=locked.pk)
    return draft


def unplan(page: Page, *, by: Any) -> None:
    """It goes online only by a click."""
    with transaction.atomic():
        locked = Page.objects.select_for_update().get(pk=page.pk)
        if Draft.objects.filter(page=locked, online_at__isnull=False).update(
            online_at=None, planned_by=None, trouble=""
        ):
            record("pages.unplanned", locked, by=by)
