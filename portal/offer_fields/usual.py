"""The usual details a municipality can do without, by the names they have in an offer."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OPTIONAL: dict[str, Promise] = {
    "registration_url": _("Link for registering"),
    "accessibility_note": _("On accessibility"),
    "speaker": _("Who leads it"),
    "capacity": _("Number of participants"),
    "course_number": _("Course number"),
    "format": _("Kind of event"),
    "cooperation": _("In cooperation with"),
    "video_url": _("Link to a video"),
    "languages": _("Languages of the offer"),
    "volunteering": _("Volunteering, and how one can help"),
    "donate_note": _("How one can donate"),
}
# What goes along with another detail.
TOGETHER: dict[str, tuple[str, ...]] = {
    "volunteering": ("volunteering", "participate_note"),
}


def names_of(key: str) -> tuple[str, ...]:
    """The fields of an offer that one of the details stands for."""
    return TOGETHER.get(key, (key,))
