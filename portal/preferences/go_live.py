"""What this room wants done before a portal goes live: that it may be found."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.go_live import Check, Found, register
from portal.preferences.models import Preferences


def _found() -> Found:
    if Preferences.current().search_engines:
        return Found(True, _("Search engines may show the portal."))
    return Found(False, _("Search engines may not show the portal yet."))


register(
    Check(
        "suchmaschinen",
        120,
        gettext_lazy("To be found"),
        gettext_lazy("Last of all: most people come by a search engine."),
        "/redaktion/einstellungen/suchmaschinen/",
        _found,
        verb=gettext_lazy("Allow it"),
    )
)
