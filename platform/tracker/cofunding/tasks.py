"""Jobs of the room."""

from typing import TYPE_CHECKING

from core.lazy import lazy
from jobs.declare import job
from tracker.cofunding.models import Statement

if TYPE_CHECKING:
    from tracker.cofunding import papers
else:
    papers = lazy("tracker.cofunding.papers")


@job(atomic=False)
def make_statement(paper: int) -> None:
    """Make the PDF of a statement."""
    found = Statement.objects.select_related("funding__ticket").filter(pk=paper).first()
    if found is not None:
        papers.make(found)
