"""The block of a survey, made ready. Loaded with the addresses: pages need much, and commands do not."""

import re
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.blocks.drawing import GoneError, Pointed, drawn_by
from portal.pages.shapes import Data
from portal.surveys.models import Survey
from portal.surveys.notices import running

_ADDRESS = re.compile(r"/umfrage/([a-z0-9-]{1,60})/?\Z")


def days_left(survey: Survey, today: date) -> int:
    """How many days there are, today included."""
    return (survey.last_day - today).days + 1


def _block(data: Data, pointed: Pointed) -> Data:
    """The survey of an address, as long as it is running."""
    address = _ADDRESS.search(data["link"])
    found = next((each for each in pointed.once("surveys", running) if address and each.slug == address[1]), None)
    if found is None:
        raise GoneError(_("No survey for everybody is running at this address at the moment."))
    return {**data, "survey": found, "days": days_left(found, timezone.localdate())}


drawn_by("survey", _block)
