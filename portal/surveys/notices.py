"""Where residents come upon a survey: a notice on the start page, and a block for pages."""

import re
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.blocks.drawing import GoneError, drawn_by
from portal.pages.shapes import Data, Field, Kind, Shape, register
from portal.start.notices import notice
from portal.surveys.models import Access, State, Survey
from tenants.running.changes import remembered

_ADDRESS = re.compile(r"/umfrage/([a-z0-9-]{1,60})/?\Z")
MOST_AT_START = 2


def _released() -> list[Survey]:
    """What everybody may answer, now or later."""
    rows = Survey.objects.filter(released_at__isnull=False, ended_at__isnull=True, access=Access.EVERYBODY)
    return list(rows.order_by("last_day", "pk"))


def _running() -> list[Survey]:
    """Remembered: no page costs a statement more because surveys exist."""
    found = remembered("surveys.released", _released, rooms=("surveys",))
    return [each for each in found if each.state is State.RUNNING]


def days_left(survey: Survey, today: date) -> int:
    """How many days there are, today included."""
    return (survey.last_day - today).days + 1


def _at_start() -> list[Any]:
    return [each for each in _running() if each.on_start][:MOST_AT_START]


def _block(data: Data, _pointed: object) -> Data:
    """The survey of an address, as long as it is running."""
    address = _ADDRESS.search(data["link"])
    found = next((each for each in _running() if address and each.slug == address[1]), None)
    if found is None:
        raise GoneError(_("No survey for everybody is running at this address at the moment."))
    return {**data, "survey": found, "days": days_left(found, timezone.localdate())}


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
drawn_by("survey", _block)
notice("surveys/_notice.html", _at_start)
