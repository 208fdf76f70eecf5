"""Writing, publishing, withdrawing: each is one transaction and one entry in the platform's log."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from announcements.models import Announcement, Audience, Dismissal
from announcements.reaching import towns_of
from announcements.tasks import mail_due
from audit.services import record
from tenants.models import Municipality
from tenants.refused import RefusedError


@transaction.atomic
def save(announcement: Announcement, *, towns: list[Municipality], by: Any) -> Announcement:
    """Keep a draft. RefusedError where it was published meanwhile."""
    fresh = announcement.pk is None
    if not fresh and not Announcement.objects.select_for_update().get(pk=announcement.pk).is_draft:
        raise RefusedError(_("It is published already; withdraw it and write another one."))
    announcement.save()
    announcement.towns.set(towns if announcement.audience == Audience.TOWNS else [])
    record("announcements.written" if fresh else "announcements.changed", announcement, by=by)
    return announcement


@transaction.atomic
def publish(announcement: Announcement, *, by: Any) -> bool:
    """Show it from its first day on; False where that was done already. RefusedError where nobody would see it."""
    found = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if not found.is_draft:
        return False
    if found.ends_on is not None and found.ends_on < timezone.localdate():
        raise RefusedError(_("Its last day has passed. Please give a later one."))
    reached = towns_of(found).count()
    if not reached:
        raise RefusedError(_("No live municipality is meant. Please choose whom it is for."))
    found.published_at, found.published_by = timezone.now(), str(getattr(by, "email", by))
    found.save(update_fields=["published_at", "published_by"])
    record("announcements.published", found, by=by, changes={"number": reached})
    mail_due(timezone.localdate())
    return True


@transaction.atomic
def withdraw(announcement: Announcement, *, by: Any) -> bool:
    """Nobody sees it any more; mails that went out cannot be called back."""
    found = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if not found.is_standing:
        return False
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    record("announcements.withdrawn", found, by=by)
    return True


@transaction.atomic
def drop(announcement: Announcement, *, by: Any) -> None:
    """Delete a draft. RefusedError for what was published: it stays, for the record."""
    found = Announcement.objects.select_for_update().filter(pk=announcement.pk).first()
    if found is None:
        return
    if not found.is_draft:
        raise RefusedError(_("It is published already; withdraw it and write another one."))
    record("announcements.dropped", found, by=by)
    found.delete()


def put_away(number: int, *, town: int, person: int) -> None:
    """Somebody has read it; twice is once."""
    row = Dismissal(announcement_id=number, municipality_id=town, person=person)
    Dismissal.objects.bulk_create([row], ignore_conflicts=True)
