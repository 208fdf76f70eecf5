"""Delivery as a job."""

from jobs.declare import job
from mail.models import OutboxMessage
from mail.services import deliver


@job()
def deliver_later(message_id: int) -> None:
    """Send one mail of the outbox unless another start of this job already did."""
    message = OutboxMessage.objects.select_for_update().filter(pk=message_id, state=OutboxMessage.State.QUEUED).first()
    if message is not None:
        deliver(message)
