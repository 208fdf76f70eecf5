"""How long something waits, in words."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def days_waiting(since: datetime, today: date) -> int:
    """Whole days of the calendar; never less than none."""
    return max((today - localdate(since)).days, 0)


def waits_longer(days: int) -> datetime:
    """What waits since before this moment waits longer than so many days, as `days_waiting` counts them."""
    return make_aware(datetime.combine(localdate() - timedelta(days=days), time()))


def age(days: int) -> str:
    """„seit heute“, „seit gestern“, „seit 9 Tagen“."""
    if days == 0:
        return _("since today")
    if days == 1:
        return _("since yesterday")
    return ngettext("for %(number)d day", "for %(number)d days", days) % {"number": days}


def initials(name: str) -> str:
    """Two letters for a round sign: of the first and the last word."""
    words = [word for word in name.replace("@", " ").replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])
    return letters.upper()
