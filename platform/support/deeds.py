"""What the logs of both sides say of this room, in sentences (the operator's reads those of portal.people too)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.people.deeds import DEEDS, DETAILS, KINDS

DEEDS.update(
    {
        "support.allowed": _("%(who)s allowed support access"),
        "support.asked": _("%(who)s asked for support access to %(thing)s"),
        "support.began": _("The support access of %(who)s to %(thing)s began"),
        "support.ended": _("%(who)s ended the support access to %(thing)s"),
        "support.lapsed": _("The support access of %(who)s to %(thing)s lapsed"),
        "support.refused": _("%(who)s refused support access"),
    }
)
KINDS["support.visit"] = _("Support access")
DETAILS.update({"minutes": _("Minutes"), "scope": pgettext_lazy("support access", "Scope")})
