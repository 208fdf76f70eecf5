"""Where residents come upon a survey: a notice on the start page, and a block for pages (drawn by `blocks.py`)."""

from typing import Any

from django.utils.translation import gettext_lazy

from portal.pages.shapes import Field, Kind, Shape, register
from portal.start.notices import notice
from portal.surveys.models import Access, State, Survey
from tenants.running.changes import remembered

MOST_AT_START = 2


def _released() -> list[Survey]:
    """What everybody may answer, now or later."""
    rows = Survey.objects.filter(released_at__isnull=False, ended_at__isnull=True, access=Access.EVERYBODY)
    return list(rows.order_by("last_day", "pk"))


def running() -> list[Survey]:
    """Remembered: no page costs a statement more because surveys exist."""
    found = remembered("surveys.released", _released, rooms=("surveys",))
    return [each for each in found if each.state is State.RUNNING]


def _at_start() -> list[Any]:
    return [each for each in running() if each.on_start][:MOST_AT_START]


register(
    Kind(
        "survey",
        gettext_lazy("Survey"),
        gettext_lazy("Invites to a survey, as long as it is running."),
        "question",
        (
            Field("title", gettext_lazy("Heading"), heading=2),
            Field("text", gettext_lazy("Text above"), Shape.LINES, most=1000),
            Field(
                "link",
                gettext_lazy("Address of the survey"),
                Shape.LINK,
                required=True,
                help=gettext_lazy("For example /umfrage/was-fehlt-in-ihrem-ortsteil/"),
            ),
        ),
        order=14,
    )
)
notice("surveys/_notice.html", _at_start)
