"""Nightly work on what is known of servers outside."""

from procrastinate.contrib.django import app

from courtesy.turns import forget_strangers


@app.periodic(cron="41 3 * * *")
@app.task(name="courtesy.forget", queueing_lock="courtesy.forget")
def forget(timestamp: int) -> None:
    """Every night: forget hosts that nobody links to any more."""
    forget_strangers()
