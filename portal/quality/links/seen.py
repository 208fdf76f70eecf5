"""What was seen behind a link, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "": _("It is there."),
    "not_found": _("Page not found (404)"),
    "gone": _("The page was taken away for good (410)"),
    "no_host": _("There is no server of this name"),
    "certificate": _("The certificate is not valid; browsers warn of this page"),
    "forbidden": _("The server does not let us look"),
    "fault": _("The server reports a fault"),
    "slow": _("The server takes too long"),
    "unreachable": _("The server does not answer"),
    "robots": _("The server does not want to be looked at by machines"),
    "not_public": _("The address does not lead into the public Internet"),
    "redirects": _("One is sent on again and again"),
    "busy": _("The server has too much to do and asks us to wait"),
    "strange": _("The server answers with something nobody expected"),
}
"""By the values of `Cause` (`portal.quality.links.asking`), which web processes do not load."""
NOT_YET = _("Not looked at yet")
