"""The background work on links, on the queue."""

from jobs.declare import job
from portal.quality.links.checking import check_some


@job(atomic=False)
def check_links_here() -> None:
    """Look at links for a while; then let others have the worker, and go on."""
    if check_some():
        check_links_here.defer_once(seconds=2)
