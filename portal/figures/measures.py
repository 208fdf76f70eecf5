"""What is shown of an offer, and in one sentence each what that counts."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.usage.models import Act


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is counted. `name` stands in addresses and in statements."""

    name: str
    label: Promise
    meaning: Promise
    icon: str
    # Which acts; none of them where it is the page itself that was opened.
    acts: tuple[Act, ...] = ()


VIEWS = Measure(
    "aufrufe",
    _("Page views"),
    _(
        "How often somebody opened the page of the offer. Search engines and other programs do not count, nor does "
        "anybody who is signed in: not even you, as long as you are."
    ),
    "eye",
)
CONTACTS = Measure(
    "kontakte",
    _("Contacts"),
    _(
        "How often somebody pressed the telephone number, the mail address, the website or “Register” on the page, or "
        "opened the contact form. Whether a conversation came of it, we do not know."
    ),
    "phone",
    (Act.PHONE, Act.MAIL, Act.WEBSITE, Act.FORM),
)
BOOKMARKS = Measure(
    "gemerkt",
    _("Remembered"),
    _("How often somebody pressed the heart. Taking it off again is not subtracted."),
    "heart",
    (Act.BOOKMARK,),
)
CALENDAR = Measure(
    "kalender",
    _("Into the calendar"),
    _(
        "How often somebody took dates from a page of the portal into their own calendar. Calendars that load them "
        "again by themselves do not count."
    ),
    "calendar",
    (Act.CALENDAR,),
)
MEASURES = (VIEWS, CONTACTS, BOOKMARKS, CALENDAR)
WAYS = {Act.PHONE: _("by telephone"), Act.MAIL: _("by mail"), Act.WEBSITE: _("website"), Act.FORM: _("contact form")}
