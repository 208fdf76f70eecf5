"""The board's tabs; the trail of the tracker begins here."""

from django.utils.translation import pgettext_lazy

from tracker.board.common import open_count
from tracker.tickets.models import Kind
from tracker.tickets.showing import Tab, home, tab

home("board:wishes")
tab(Tab("board:wishes", pgettext_lazy("tickets", "Wishes"), order=10, count=lambda viewer: open_count(Kind.WISH)))
tab(Tab("board:errors", pgettext_lazy("tickets", "Errors"), order=20, count=lambda viewer: open_count(Kind.BUG)))
tab(
    Tab(
        "board:questions",
        pgettext_lazy("tickets", "Questions"),
        order=25,
        count=lambda viewer: open_count(Kind.QUESTION),
    )
)
