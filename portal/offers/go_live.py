"""What this room wants done before a portal goes live: something to find."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.go_live import Check, Found, register
from portal.offers.models import Offer

LIST = "/redaktion/angebote/"
# With fewer, whoever searches finds nothing and does not come back.
GOOD_START = 20


def _offers() -> Found:
    number = Offer.objects.current().count()
    if not number:
        # One that was begun is gone on with, or approved, in the list.
        return Found(False, _("No offer is public yet."), url=LIST if Offer.objects.exists() else "")
    said = ngettext("%(number)d current offer.", "%(number)d current offers.", number) % {"number": number}
    return Found(True, said)


def _enough() -> Found:
    number = Offer.objects.current().count()
    if number >= GOOD_START:
        return Found(True, _("There is enough to find for a start."))
    said = _("%(number)d of %(good)d offers that make a good start.") % {"number": number, "good": GOOD_START}
    return Found(False, said)


register(
    Check(
        "angebot",
        90,
        gettext_lazy("First offer"),
        gettext_lazy("A portal without offers has nothing to say."),
        f"{LIST}neu/",
        _offers,
        verb=gettext_lazy("Enter"),
    ),
    Check(
        "angebote",
        95,
        gettext_lazy("A good start"),
        gettext_lazy("Invite providers, or read a table of theirs, before you tell the press."),
        LIST,
        _enough,
        must=False,
        verb=gettext_lazy("Enter more"),
    ),
)
