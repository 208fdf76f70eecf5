"""Jobs of the room: sending in parts, drafts whose time has come, lists of addresses, tidying up."""

import logging

from django.db import DatabaseError
from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from portal.newsletter import making, readers, sending
from portal.newsletter.lists import taking
from portal.newsletter.models import AddressList, Mailing, Newsletter
from portal.newsletter.models.lists import KEPT_FOR
from tenants.running.context import current_schema, each, each_kept, is_live

log = logging.getLogger(__name__)


@job()
def write_part(mailing: int) -> None:
    """The next mails of a mailing, and the job of the part after it. Where nobody is served any more it rests;
    `look_here` goes on with it."""
    if not is_live():
        return
    seconds = sending.write_part(mailing, now=timezone.now())
    if seconds is not None:
        write_part.defer_once(about=mailing, seconds=seconds, mailing=mailing)


@job()
def begin_mailing(mailing: int) -> None:
    """Begin what was planned for now."""
    if sending.begin(mailing, now=timezone.now()):
        write_part.defer_once(about=mailing, mailing=mailing)


@job()
def take_list(found: int) -> None:
    """The next addresses of a list, and the job of the part after it."""
    if taking.take_part(found, now=timezone.now()):
        take_list.defer_once(about=found, found=found)


@job(atomic=False)
def make_drafts() -> None:
    """The drafts whose time has come. No transaction: the search reads what it keeps in memory."""
    now = timezone.now()
    for newsletter in Newsletter.objects.filter(active=True, due_at__lte=now):
        making.make_due(newsletter, now=now)


def look_here() -> None:
    """What is due in one municipality; what has lost its job (a restored municipality) gets a new one."""
    now = timezone.now()
    if Newsletter.objects.filter(active=True, due_at__lte=now).exists():
        make_drafts.defer_once()
    for pk in Mailing.objects.filter(state=Mailing.State.PLANNED, starts_at__lte=now).values_list("pk", flat=True):
        begin_mailing.defer_once(about=pk, mailing=pk)
    at_work = {int(one["mailing"]) for one in write_part.under_way().get(current_schema(), [])}
    for pk in Mailing.objects.filter(state=Mailing.State.RUNNING).exclude(pk__in=at_work).values_list("pk", flat=True):
        write_part.defer_once(about=pk, mailing=pk)
    taken = {int(one["found"]) for one in take_list.under_way().get(current_schema(), [])}
    for pk in (
        AddressList.objects.filter(state=AddressList.State.TAKING).exclude(pk__in=taken).values_list("pk", flat=True)
    ):
        take_list.defer_once(about=pk, found=pk)


@app.periodic(cron="*/5 * * * *")
@app.task(name="portal.newsletter.look_everywhere", queueing_lock="portal.newsletter.look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every five minutes, in every municipality that is served."""
    for municipality in each():
        try:
            look_here()
        except DatabaseError:
            # One whose tables are not as they should be must not keep the others waiting.
            log.exception("The newsletters of %s cannot be read.", municipality.schema_name)


@job()
def tidy_here() -> None:
    """Forget who never confirmed and lists that were read in; keep the figures."""
    now = timezone.now()
    readers.forget_unconfirmed(now)
    AddressList.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    sending.keep_figures(now=now)


@app.periodic(cron="52 2 * * *")
@app.task(name="portal.newsletter.tidy_everywhere", queueing_lock="portal.newsletter.tidy_everywhere")
def tidy_everywhere(timestamp: int) -> None:
    """Every night, whatever the state: what was promised to people holds. Before the outbox forgets its rows."""
    for _municipality in each_kept():
        tidy_here.defer_once()
