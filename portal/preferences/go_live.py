"""What this room wants done before a portal goes live: that somebody has looked at its rules, and that it may be
found."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Entry
from core.go_live import Check, Found, register
from portal.preferences.models import Preferences
from portal.preferences.services import RULES_KEPT
from tenants.models import Municipality, State
from tenants.running.context import current_schema, inside_public


def decided() -> bool:
    """Whether somebody changed a rule, or said that the rules may stay as they are."""
    return Entry.objects.filter(action__in=("preferences.change", RULES_KEPT)).exists()


def _rules() -> Found | None:
    """Only while a portal is being set up: those that are live have lived with their rules."""
    slug = current_schema()
    with inside_public():
        if not Municipality.objects.filter(slug=slug, state=State.DRAFT).exists():
            return None
    if decided():
        return Found(True, _("You have decided which rules hold."))
    return Found(False, _("Nobody has looked at the rules yet: change one, or say that they may stay as they are."))


def _found() -> Found:
    if Preferences.current().search_engines:
        return Found(True, _("Search engines may show the portal."))
    return Found(False, _("Search engines may not show the portal yet."))


register(
    Check(
        "freigabe",
        70,
        gettext_lazy("Rules of approval"),
        gettext_lazy("Who may publish what without being asked is for you to decide, not for us."),
        "/redaktion/einstellungen/",
        _rules,
        verb=gettext_lazy("Decide"),
    ),
    Check(
        "suchmaschinen",
        120,
        gettext_lazy("To be found"),
        gettext_lazy("Last of all: most people come by a search engine."),
        "/redaktion/einstellungen/suchmaschinen/",
        _found,
        verb=gettext_lazy("Allow it"),
    ),
)
