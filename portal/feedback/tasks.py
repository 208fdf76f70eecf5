"""Nightly work, one job per municipality."""

import logging

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.feedback.retention import apply_rules
from portal.feedback.services import remind_of_overdue, remind_of_review
from tenants.running.context import current_schema, each_kept, is_live

log = logging.getLogger(__name__)


@job()
def look_after_feedback() -> None:
    """Remove what need not be kept; remind the editors of what is late where anybody is served."""
    for data, rows in apply_rules().items():
        log.info("%s: %s: %d removed", current_schema(), data, rows)
    if is_live():
        remind_of_overdue()
        remind_of_review()


@app.periodic(cron="37 4 * * *")
@app.task(name="portal.feedback.everywhere", queueing_lock="portal.feedback.everywhere")
def look_after_feedback_everywhere(timestamp: int) -> None:
    """Every night before office hours: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        look_after_feedback.defer_once()
