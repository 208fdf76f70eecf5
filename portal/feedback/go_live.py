"""What this room wants done before a portal goes live: the accessibility statement."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.go_live import Check, Found, register
from portal.feedback.models import AccessibilityStatement


def _statement() -> Found:
    if AccessibilityStatement.load().is_out_of_date():
        return Found(False, _("The statement is missing or older than a year."))
    return Found(True, _("The statement is there and up to date."))


register(
    Check(
        "barrierefreiheit",
        40,
        gettext_lazy("Accessibility statement"),
        gettext_lazy("Every public body must say how accessible its website is, and look again each year."),
        "/redaktion/barrierefreiheit/",
        _statement,
        verb=gettext_lazy("Fill in"),
    )
)
