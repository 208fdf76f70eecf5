"""Delivery as a job, and tidying up."""

from procrastinate.contrib.django import app

from jobs.declare import job
from mail.models import OutboxMessage
from mail.services import deliver, forget_old_mail
from tenants.running.context import each_kept, inside_public


@job()
def deliver_later(message_id: int) -> None:
    """Send one mail of the outbox unless another start of this job already did."""
    message = OutboxMessage.objects.select_for_update().filter(pk=message_id, state=OutboxMessage.State.QUEUED).first()
    if message is not None:
        deliver(message)


@job()
def forget_here() -> None:
    """Remove old mails of the municipality we are inside, or of the operator's side."""
    forget_old_mail()


@app.periodic(cron="47 3 * * *")
@app.task(name="mail.forget_everywhere", queueing_lock="mail.forget_everywhere")
def forget_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state, and one for the operator's side."""
    with inside_public():
        forget_here.defer_once()
    for _municipality in each_kept():
        forget_here.defer_once()
