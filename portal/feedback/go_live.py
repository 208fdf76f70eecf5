"""What this room wants done before a portal goes live: the accessibility statement."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.go_live import Check, Found, register
from portal.feedback.models.statement import AccessibilityStatement, Status


def _statement() -> Found:
    statement = AccessibilityStatement.load()
    if statement.is_out_of_date():
        return Found(False, _("The statement is missing or older than a year."))
    # Decision (EU) 2018/1523: what is not accessible, and who helps where the town does not.
    if not statement.body.name:
        return Found(False, _("The body that helps when you do not is missing."))
    if statement.status in {Status.PARTIAL, Status.NONE} and not statement.barriers.exists():
        return Found(False, _("It does not say yet what is not accessible."))
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
