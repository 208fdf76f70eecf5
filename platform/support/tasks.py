"""The job that ends a visit when its time is over, or closes a question nobody answered."""

from jobs.declare import job
from support import closing


@job()
def look_again(number: int) -> None:
    """At the moment a visit ends or lapses; each request looks by itself before that."""
    closing.close_if_over(number)
