"""Jobs: the mails of an announcement, first one job for each municipality, then the mails inside it."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from accounts.models import User
from announcements.models import Announcement
from announcements.reaching import towns_of
from core.richtext import to_text
from jobs.declare import job
from mail.services import post_kind
from tenants.running.context import inside, inside_public
from tenants.urls import own_address


@job()
def spread(number: int) -> None:
    """On the operator's side: a job in each municipality it is for."""
    announcement = Announcement.objects.filter(pk=number).first()
    if announcement is None or not announcement.is_standing:
        return
    for town in list(towns_of(announcement)):
        with inside(town):
            tell_people.defer(number=number)


@job(stays=True)
def tell_people(number: int) -> None:
    """A mail to those of the municipality we are inside for whom it is; nothing where it was withdrawn meanwhile."""
    with inside_public():
        announcement = Announcement.objects.standing().filter(pk=number).first()
    if announcement is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        values = {
            "title": announcement.title,
            "text": to_text(announcement.text),
            "link": f"{own_address()}redaktion/mitteilungen/{number}/",
        }
        for user in User.objects.filter(is_active=True, roles__overlap=announcement.roles).order_by("pk"):
            post_kind("platform_announcement", to=user.email, values=values)


def mail_due(day: date) -> int:
    """Queue the mails of those whose first day has come, each once; how many announcements that are."""
    with inside_public(), transaction.atomic():
        due = list(Announcement.objects.to_mail(day).select_for_update().order_by("pk"))
        for each in due:
            each.mailed_at = timezone.now()
            each.save(update_fields=["mailed_at"])
            spread.defer(number=each.pk)
    return len(due)


@app.periodic(cron="17 6 * * *")
@app.task(name="announcements.mail_due", queueing_lock="announcements.mail_due")
def mail_begun(timestamp: int) -> None:
    """Every morning: the mails of announcements that begin today."""
    mail_due(timezone.localdate())
