"""Whom a reminder goes to: the providers with offers of a kind, less those reminded lately or without an address."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from portal.offers.ledger import Numbers, ledger, number_among, numbers_of
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.quality.lacks import Lack, lacks
from portal.quality.models import REST_DAYS, Reason, Reminder
from portal.upkeep.models import Letter
from portal.upkeep.people import narrowed, responsible, unreachable

LACKS = {Reason.UNCHECKED: Lack.UNCHECKED, Reason.INCOMPLETE: Lack.INCOMPLETE, Reason.LINKS: Lack.LINKS}


class WhyNot(StrEnum):
    """Why somebody gets no mail."""

    LATELY = "lately"
    NO_ADDRESS = "no_address"


class Named(NamedTuple):
    """A provider by what a reminder has to know. No model: making thousands of them takes longer than asking."""

    pk: int
    name: str
    slug: str
    email: str
    contact_email: str

    @property
    def url(self) -> str:
        """Its public page."""
        return Provider(pk=self.pk, slug=self.slug).get_absolute_url()


@dataclass(slots=True)
class Addressee:
    """A provider, how many of its offers are meant, and to whom it goes."""

    provider: Named
    offers: int
    to: list[str] = field(default_factory=list)
    why_not: WhyNot | None = None
    reminded: Any = None


def offers_of(reason: Reason) -> QuerySet[Offer]:
    """The public offers a reminder is about."""
    return Offer.objects.current().filter(lacks()[LACKS[reason]])


def since() -> Any:
    """Whoever was reminded after this moment is left alone."""
    return timezone.now() - timedelta(days=REST_DAYS)


def with_unchecked() -> Numbers:
    """The numbers of providers with offers nobody has checked for long; from what is remembered of all offers."""
    known, now = ledger("offers"), timezone.now()
    months = Preferences.current().stale_after_months
    return known.providers_of(known.current(now) & known.stale(timezone.localdate(now), months))


def addressees(reason: Reason, only: Iterable[int] | None = None) -> list[Addressee]:
    """Everybody with such offers; `only` narrows it to some providers. A fixed number of statements.

    In the order of the names' slugs: sorting thousands by the German rules (`ByName`) would take longer than all else.
    """
    rows = offers_of(reason).order_by()
    if only is not None:
        rows = rows.filter(provider_id__in=list(only))
    numbers = dict(rows.values_list("provider_id").annotate(number=Count("pk")))
    providers = narrowed(Provider.objects.public(), "pk", numbers).order_by("slug", "pk")
    named = (Named(*each) for each in providers.values_list("pk", "name", "slug", "email", "contact_email"))
    found = [Addressee(each, numbers[each.pk]) for each in named if each.pk in numbers]
    people, lately = responsible([each.provider for each in found]), _letters()
    reminded = dict(
        Reminder.objects.filter(reason=reason, day__gt=since())
        .order_by()
        .values_list("provider_id")
        .annotate(last=Max("day"))
    )
    for each in found:
        each.to, each.reminded = [one.address for one in people[each.provider.pk]], reminded.get(each.provider.pk)
        if each.to and not each.reminded and all(address in lately for address in each.to):
            # By the portal, or by somebody else of something else: nobody gets two mails in a week.
            each.reminded = max(lately[address] for address in each.to)
        if each.reminded:
            each.why_not = WhyNot.LATELY
        elif not each.to:
            each.why_not = WhyNot.NO_ADDRESS
    return found


def _letters() -> dict[str, Any]:
    """Whoever was written to within the week, and when."""
    return dict(Letter.objects.lately(timezone.now()).order_by("written_at").values_list("address", "written_at"))


def number_nobody_reaches() -> int:
    """How many providers have unchecked offers and nobody who could be reminded. One statement."""
    return number_among(with_unchecked(), numbers_of(Provider.objects.filter(unreachable())))


def number_of_unchecked() -> int:
    """How many providers have unchecked offers and were not reminded of them lately. One statement."""
    wanted = with_unchecked()
    rested = numbers_of(Reminder.objects.filter(reason=Reason.UNCHECKED, day__gt=since()), "provider_id")
    return len(wanted) - number_among(wanted, rested)
