"""What this room wants done before a portal goes live: topics by which offers are found."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.go_live import Check, Found, register
from portal.taxonomy.models import Category, District


def _topics() -> Found:
    number = Category.objects.count()
    said = ngettext("%(number)d topic.", "%(number)d topics.", number) % {"number": number}
    return Found(number > 0, said if number else _("There is no topic yet."))


def _districts() -> Found:
    number = District.objects.count()
    said = ngettext("%(number)d district.", "%(number)d districts.", number) % {"number": number}
    return Found(number > 0, said if number else _("There is no district yet."))


register(
    Check(
        "themen",
        60,
        gettext_lazy("Topics"),
        gettext_lazy("Offers are entered and found by topics: they come before the first offer."),
        "/redaktion/themen/",
        _topics,
        verb=gettext_lazy("Add"),
    ),
    Check(
        "ortsteile",
        65,
        gettext_lazy("Districts"),
        gettext_lazy("Many look for what is near them. Small towns do without."),
        "/redaktion/themen/ortsteile/",
        _districts,
        must=False,
        verb=gettext_lazy("Add"),
    ),
)
