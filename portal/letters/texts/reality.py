"""Values for a preview that look like this municipality's mails: its own address, its newest offer, a provider."""

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from mail.kinds import Kind
from mail.look import portal_name
from portal.offers.models import Offer
from portal.providers.models import Provider
from tenants.urls import own_address

_EXAMPLE = "https://musterstadt.example/"
_OFFERS = frozenset({"title", "about"})
_PROVIDERS = frozenset({"organisation", "provider", "stays"})
_PEOPLE = frozenset({"who", "helper"})
_DAYS = frozenset({"day", "until", "due"})


def values_for(kind: Kind, person: User) -> dict[str, str]:
    """A value for each placeholder; three short statements at most."""
    own = own_address()
    found = {name: text.replace(_EXAMPLE, own) for name, text in kind.examples().items()}
    found.update(portal=portal_name(), address=own)
    for names, value in (
        (_OFFERS, _title),
        (_PROVIDERS, _provider),
        (_PEOPLE, lambda: person.name),
        (_DAYS, lambda: date_format(timezone.localdate(), "DATE_FORMAT")),
    ):
        wanted = names & found.keys()
        real = value() if wanted else ""
        if real:
            found.update(dict.fromkeys(wanted, real))
    return found


def _title() -> str:
    return Offer.objects.published().order_by("-pk").values_list("title", flat=True).first() or ""


def _provider() -> str:
    return Provider.objects.filter(state="published").order_by("-pk").values_list("name", flat=True).first() or ""
