"""Writing the mails of some reminders."""

from jobs.declare import job
from portal.quality.reminders.sending import send


@job()
def send_some(reminders: list[int]) -> None:
    """The mails of a handful of providers; killed half-way, none of them was written."""
    send(reminders)
