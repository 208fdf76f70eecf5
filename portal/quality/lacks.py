"""What an offer or a provider lacks: the rules, each written once, in SQL.

Every number on the board and every row of the lists behind them comes from `with_lacks` and `with_silence`; that they
mean what they say is compared with an obvious reading in Python in `tests/quality`.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Exists, Func, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.offers.choices import REMOTE, Accessibility, CostKind, ScheduleKind
from portal.offers.freshness import long_unchecked
from portal.offers.models import Location, Offer, OfferImage
from portal.preferences.models import Preferences
from portal.providers.models import Membership, Provider
from portal.quality.models import Link, LinkPlace, Reading, Subject

A_YEAR = timedelta(days=365)


class Lack(StrEnum):
    """What is missing; the words stand in addresses."""

    UNCHECKED = "ungeprueft"
    INCOMPLETE = "unvollstaendig"
    NO_PICTURE = "ohne-bild"
    ACCESSIBILITY = "barrierefreiheit"
    HARD = "schwer"
    LINKS = "links"


LABELS = {
    Lack.UNCHECKED: _("Not checked for a long time"),
    Lack.INCOMPLETE: _("Incomplete"),
    Lack.NO_PICTURE: _("Without a described picture"),
    Lack.ACCESSIBILITY: _("Accessibility unknown"),
    Lack.HARD: _("Hard to read"),
    Lack.LINKS: _("Broken link"),
}


class Gap(StrEnum):
    """What makes an offer incomplete."""

    TEXT = "text"
    PLACE = "ort"
    DATE = "termin"
    CONTACT = "kontakt"
    COST = "kosten"


GAPS = {
    Gap.TEXT: _("text"),
    Gap.PLACE: _("place"),
    Gap.DATE: _("date"),
    Gap.CONTACT: _("contact"),
    Gap.COST: _("costs"),
}


# A telephone number or a mail address: of the offer's own, and of its provider's.
NO_OWN_CONTACT = Q(contact_email="", contact_phone="")
NO_CONTACT_AT_PROVIDER = Q(email="", phone="", contact_email="", contact_phone="")


def gaps() -> dict[Gap, Q]:
    """When each of them is there. Complete is an offer without any: with a short or a long text; a place, unless one
    takes part from anywhere; dates or a sentence on them; a telephone number or a mail address, its own or the
    provider's; and a word on the costs."""
    provider = Q(provider__email="", provider__phone="", provider__contact_email="", provider__contact_phone="")
    return {
        Gap.TEXT: Q(summary="", description=""),
        Gap.PLACE: ~Q(venue__in=REMOTE) & Q(~Exists(Location.objects.filter(offer=OuterRef("pk")))),
        Gap.DATE: Q(schedule_kind=ScheduleKind.NONE, schedule_note=""),
        Gap.CONTACT: NO_OWN_CONTACT & provider,
        Gap.COST: Q(cost_kind=CostKind.UNKNOWN),
    }


def _any(conditions: Any) -> Q:
    found = Q()
    for each in conditions:
        found |= each
    return found


def _unpictured() -> Q:
    shown = OfferImage.objects.filter(kind__in=[OfferImage.Kind.HERO, OfferImage.Kind.CONTENT])
    return Q(~Exists(shown.filter(offer=OuterRef("pk")).exclude(alt_text="")))


def by_offer() -> dict[Gap | Lack, Q]:
    """What an offer, its places and its pictures answer by themselves, whatever the time and whosever it is: of its
    contact only its own part."""
    found: dict[Gap | Lack, Q] = dict(gaps().items())
    return found | {
        Gap.CONTACT: NO_OWN_CONTACT,
        Lack.NO_PICTURE: _unpictured(),
        Lack.ACCESSIBILITY: Q(accessibility=Accessibility.UNKNOWN),
    }


def broken_places() -> QuerySet[LinkPlace]:
    """Where broken links stand in offers."""
    return LinkPlace.objects.filter(kind=Subject.OFFER, link__in=Link.objects.broken().order_by().values("pk"))


def lacks(*, now: datetime | None = None) -> dict[Lack, Q]:
    """When an offer that is public lacks something."""
    moment = now or timezone.now()
    months = Preferences.current().stale_after_months
    return {
        Lack.UNCHECKED: long_unchecked(today=timezone.localdate(moment), months=months),
        Lack.INCOMPLETE: _any(gaps().values()),
        Lack.NO_PICTURE: _unpictured(),
        Lack.ACCESSIBILITY: Q(accessibility=Accessibility.UNKNOWN),
        Lack.HARD: Q(Exists(Reading.objects.filter(offer_id=OuterRef("pk"), hard=True))),
        Lack.LINKS: Q(Exists(broken_places().filter(subject_id=OuterRef("pk")))),
    }


def _marked(rows: QuerySet[Any], name: str, conditions: dict[Any, Q]) -> QuerySet[Any]:
    """Add an array of the words whose condition holds."""
    whens = (
        Case(When(fits, then=Value(word.value)), default=None, output_field=CharField())
        for word, fits in conditions.items()
    )
    marks = Func(
        Func(*whens, template="ARRAY[%(expressions)s]::varchar[]"),
        Value(None, output_field=CharField()),
        function="array_remove",
        template="%(function)s(%(expressions)s::varchar)",
        output_field=ArrayField(CharField()),
    )
    found: QuerySet[Any] = rows.annotate(**{name: marks})
    return found


def with_lacks(*, now: datetime | None = None) -> QuerySet[Any]:
    """The offers residents find, with `lacks` (an array of `Lack`)."""
    return _marked(Offer.objects.current(), "lacks", lacks(now=now))


def with_gaps(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add `gaps` (an array of `Gap`); for the rows of a page."""
    return _marked(rows, "gaps", gaps())


def silent(*, now: datetime | None = None) -> Q:
    """Providers nobody heard of for a year: none of their people has signed in, and nobody has checked the profile."""
    since = (now or timezone.now()) - A_YEAR
    awake = Membership.objects.filter(user__is_active=True, user__last_login__gte=since).values("provider_id")
    return (
        Q(published_at__lt=since)
        & (Q(reviewed_at__isnull=True) | Q(reviewed_at__lt=timezone.localdate(since)))
        & ~Q(pk__in=awake)
    )


def public_providers() -> QuerySet[Any]:
    """Those whose silence is counted."""
    return Provider.objects.public()
