"""Whom a reminder goes to: the providers with offers of a kind, less those reminded lately or without an address."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from portal.offers.models import Offer
from portal.providers.models import Membership, Provider
from portal.quality.lacks import Lack, lacks
from portal.quality.models import REST_DAYS, Reason, Reminder

FEW = 100
LACKS = {Reason.UNCHECKED: Lack.UNCHECKED, Reason.INCOMPLETE: Lack.INCOMPLETE, Reason.LINKS: Lack.LINKS}


class WhyNot(StrEnum):
    """Why somebody gets no mail."""

    LATELY = "lately"
    NO_ADDRESS = "no_address"


@dataclass(slots=True)
class Addressee:
    """A provider, how many of its offers are meant, and to whom it goes."""

    provider: Provider
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


def number_to_remind(reason: Reason) -> int:
    """How many providers have such offers and were not reminded of them lately. One statement, for the board."""
    rested = Reminder.objects.filter(reason=reason, day__gt=since()).order_by().values("provider_id")
    rows = offers_of(reason).exclude(provider_id__in=rested).order_by()
    return int(rows.aggregate(number=Count("provider_id", distinct=True))["number"])


def addressees(reason: Reason, only: Iterable[int] | None = None) -> list[Addressee]:
    """Everybody with such offers; `only` narrows it to some providers. A fixed number of statements.

    In the order of the names' slugs: sorting thousands by the German rules (`ByName`) would take longer than all else.
    """
    rows = offers_of(reason).order_by()
    if only is not None:
        rows = rows.filter(provider_id__in=list(only))
    numbers = dict(rows.values_list("provider_id").annotate(number=Count("pk")))
    providers = _narrowed(Provider.objects.public(), "pk", numbers).order_by("slug", "pk")
    shown = providers.only("name", "slug", "email", "contact_email")
    found = [Addressee(each, numbers[each.pk]) for each in shown if each.pk in numbers]
    addresses = addresses_of([each.provider for each in found])
    reminded = dict(
        Reminder.objects.filter(reason=reason, day__gt=since())
        .order_by()
        .values_list("provider_id")
        .annotate(last=Max("day"))
    )
    for each in found:
        each.to, each.reminded = addresses[each.provider.pk], reminded.get(each.provider.pk)
        if each.reminded:
            each.why_not = WhyNot.LATELY
        elif not each.to:
            each.why_not = WhyNot.NO_ADDRESS
    return found


def _narrowed(rows: QuerySet[Any], column: str, pks: Collection[int]) -> QuerySet[Any]:
    """Only these, where they are few; a list of thousands costs the database more than all rows."""
    return rows.filter(**{f"{column}__in": list(pks)}) if len(pks) <= FEW else rows


def addresses_of(providers: Sequence[Provider]) -> dict[int, list[str]]:
    """To whom mails to these providers go: administrators, else members, else the address of the profile."""
    people: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    active = Membership.objects.filter(user__is_active=True)
    members = _narrowed(active, "provider", [each.pk for each in providers])
    for provider, role, email in members.order_by("pk").values_list("provider_id", "role", "user__email"):
        people[provider][role].append(email)
    found = {}
    for each in providers:
        own = people[each.pk]
        written = [each.email or each.contact_email]
        found[each.pk] = (
            own[Membership.Role.ADMINISTRATOR] or own[Membership.Role.MEMBER] or [one for one in written if one]
        )
    return found
