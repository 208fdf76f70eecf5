"""What the appearance needs before a portal goes live."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.go_live import Check, Found, register
from theming.css import Look
from theming.services import current_theme

PAGE = "/redaktion/aussehen/"
FRAME = f"{PAGE}kopf-und-fuss/"


def _contact() -> Found:
    theme = current_theme()
    wanted = (
        (theme.organisation, _("organisation")),
        (theme.street, _("street and number")),
        (theme.postcode and theme.city, _("postcode and town")),
        (theme.email or theme.phone, _("e-mail or telephone")),
    )
    missing = [name for value, name in wanted if not value]
    if missing:
        return Found(False, _("At the bottom of each page is missing: %(what)s.") % {"what": ", ".join(missing)})
    return Found(True, _("“%(name)s”, with an address and a way to reach you.") % {"name": theme.portal_name})


def _look() -> Found:
    theme = current_theme()
    usual = Look()
    if theme.logo or (theme.brand_color, theme.accent_color) != (usual.brand, usual.accent):
        return Found(True, _("The portal has its own look."))
    return Found(False, _("The portal still has the look every portal begins with."))


register(
    Check(
        "kontakt",
        10,
        gettext_lazy("Name and contact"),
        gettext_lazy("Residents want to know whose portal it is; legal pages take the address from here."),
        FRAME,
        _contact,
        verb=gettext_lazy("Fill in"),
    ),
    Check(
        "aussehen",
        20,
        gettext_lazy("Logo and colours"),
        gettext_lazy("A portal that looks like its town is trusted."),
        PAGE,
        _look,
        verb=gettext_lazy("Choose"),
    ),
)
