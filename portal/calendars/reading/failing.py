"""Why a calendar could not be read, in whole sentences."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Failure(models.TextChoices):
    """What went wrong, and what one can do about it."""

    NO_HOST = "no_host", _("There is no server of this name. Please check the address.")
    CERTIFICATE = "certificate", _("The server cannot prove that it is the right one: its certificate is not valid.")
    NOT_PUBLIC = "not_public", _("The address does not lead to a public server. We only ask public ones.")
    SLOW = "slow", _("The server did not send the calendar in time.")
    UNREACHABLE = "unreachable", _("The server cannot be reached at present.")
    TOO_LARGE = "too_large", _("The calendar is too large: we read at most 4 megabytes.")
    TOO_MANY = "too_many", _("There are too many events in the calendar: we read at most 2,000.")
    IS_A_PAGE = (
        "is_a_page",
        _(
            "There is a web page behind the address, not a calendar. Look for “iCal”, “Subscribe” or “Export” in your "
            "calendar, and copy that link."
        ),
    )
    NOT_A_CALENDAR = "not_a_calendar", _("There is no calendar behind the address (iCalendar, mostly .ics).")
    BROKEN = "broken", _("The calendar cannot be understood: the file is damaged.")
    NOT_FOUND = "not_found", _("There is nothing behind the address any more.")
    FORBIDDEN = "forbidden", _("The server does not give us the calendar. Please make it public in your calendar.")
    FAULT = "fault", _("The server has a fault.")
    REFUSED = "refused", _("The server did not send the calendar.")
    REDIRECTS = "redirects", _("The server sends us on again and again.")


class FetchError(Exception):
    """There is no calendar to be read. `words` are the server's own; `wait`: so many seconds it wants to be left."""

    def __init__(self, failure: Failure, *, status: int | None = None, words: str = "", wait: float = 0.0) -> None:
        super().__init__(f"{failure.value} {status or ''}".strip())
        self.failure, self.status, self.words, self.wait = failure, status, words, wait
