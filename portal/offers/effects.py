"""What the municipality's rules mean for its offers, in its own numbers."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Count, DateTimeField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gazetteer.free_days import public_holidays
from gazetteer.models import STATES
from portal.offers.choices import REMOTE
from portal.offers.ledger import ledger, number_in
from portal.offers.models import Offer, Schedule
from portal.offers.states import State
from portal.preferences.effects import register
from portal.preferences.models import ApprovalRule, Preferences
from portal.preferences.state import state_by
from portal.providers.models import Provider
from portal.revisions.models import Revision

LOOKED_BACK = timedelta(days=91)
OFFER, PROVIDER = "offer", "provider"
# What somebody handed in or published: its kind, whether it was the first, whether the provider is trusted.
Handed = Counter[tuple[str, bool, bool]]


def handed_in(*, now: datetime | None = None) -> Handed:
    """What providers' people handed in or published without approval in the last three months. One statement.

    Trust is as it is today; the first is what was not public before.
    """
    since = (now or timezone.now()) - LOOKED_BACK
    # Without their usual order, which is worked out from the name.
    offers = Offer.objects.filter(pk=OuterRef("subject_id")).order_by()
    providers = Provider.objects.filter(pk=OuterRef("subject_id")).order_by()
    first_public: Any = Case(
        When(kind=OFFER, then=Subquery(offers.values("published_at")[:1])),
        default=Subquery(providers.values("published_at")[:1]),
        output_field=DateTimeField(),
    )
    trusted: Any = Case(
        When(kind=OFFER, then=Subquery(offers.values("provider__trusted")[:1])),
        default=Subquery(providers.values("trusted")[:1]),
        output_field=BooleanField(),
    )
    rows = (
        Revision.objects.filter(kind__in=[OFFER, PROVIDER])
        .filter(Q(submitted_at__gte=since) | Q(submitted_at__isnull=True, informed=True, decided_at__gte=since))
        .annotate(moment=Coalesce("submitted_at", "decided_at"), public=first_public)
        .annotate(
            later=Case(When(public__lt=F("moment"), then=Value(True)), default=Value(False)),
            of_trusted=Coalesce(trusted, Value(False)),
        )
        .order_by()
        .values_list("kind", "later", "of_trusted")
        .annotate(number=Count("pk"))
    )
    return Counter({(kind, not later, bool(of_trusted)): number for kind, later, of_trusted, number in rows})


def tasks_under(handed: Handed, rules: Preferences) -> int:
    """How many of them would have come to the editors under some rules."""
    return sum(
        number
        for (kind, first, trusted), number in handed.items()
        if not (trusted and rules.trusted_exempt) and _asks(rules.approval_rule, kind, first=first)
    )


def _asks(rule: ApprovalRule, kind: str, *, first: bool) -> bool:
    if rule == ApprovalRule.CHANGES:
        return True
    return first and (kind == PROVIDER or rule == ApprovalRule.OFFERS)


def approval_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """The tasks of the last three months under this rule, and beside it under the one that is kept."""
    handed = handed_in()
    new, old = tasks_under(handed, wished), tasks_under(handed, kept)
    if new == old:
        sentence = ngettext("In the last three months, %(number)d task would have come to you.",
                            "In the last three months, %(number)d tasks would have come to you.", new)  # fmt: skip
        yield sentence % {"number": new}
    else:
        yield _("In the last three months, %(new)d instead of %(old)d tasks would have come to you.") % {
            "new": new,
            "old": old,
        }
    if new < old:
        sentence = ngettext(
            "%(number)d would have been public at once.", "%(number)d would have been public at once.", old - new
        )
        yield sentence % {"number": old - new}


def waiting_stays(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """What waits now goes on waiting."""
    yield _("What waits for you already goes on waiting; nothing becomes public by a change of this rule.")


def trusted_now(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """Who is exempt. One statement."""
    found = Provider.objects.filter(trusted=True).aggregate(
        providers=Count("pk", distinct=True), offers=Count("offers", filter=Q(offers__state=State.PUBLISHED))
    )
    yield _("At present you trust %(providers)d providers with %(offers)d public offers.") % found


def without_address(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """Which offers have none. One statement."""
    number = Offer.objects.current().filter(locations__isnull=True).exclude(venue__in=REMOTE).count()
    sentence = ngettext("At present %(number)d public offer has no address.",
                        "At present %(number)d public offers have no address.", number)  # fmt: skip
    yield sentence % {"number": number}
    if number and not wished.offers_without_address:
        yield _("They stay; at the next change their providers are asked for an address.")


def long_unchecked(months: int, *, now: datetime) -> dict[str, int]:
    """How many public offers count as long unchecked after so many months, and of how many providers."""
    known = ledger("offers")
    stale = known.current(now) & known.stale(timezone.localdate(now), months)
    return {"offers": number_in(stale), "providers": len(known.providers_of(stale))}


def stale_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many offers would count as long unchecked today."""
    found = long_unchecked(wished.stale_after_months, now=timezone.now())
    yield _("Today these would be %(offers)d offers of %(providers)d providers.") % found


def ends_soon_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many offers would end soon."""
    known, now = ledger("offers"), timezone.now()
    number = number_in(known.current(now) & known.ends_before(now + timedelta(weeks=wished.ends_soon_weeks)))
    sentence = ngettext("Today this would be %(number)d offer.", "Today these would be %(number)d offers.", number)
    yield sentence % {"number": number}


def gone_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many ended offers still have a page. One statement."""
    now = timezone.now()
    ended = Offer.objects.filter(state=State.PUBLISHED, ends_at__lt=now)
    number = ended.filter(ends_at__gte=now - timedelta(days=wished.gone_after_days)).count()
    sentence = ngettext("Today %(number)d ended offer would still have its page.",
                        "Today %(number)d ended offers would still have their page.", number)  # fmt: skip
    yield sentence % {"number": number}


def holidays_mean(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """Which state it is, its next holiday, and how many offers pause on holidays. One statement."""
    state, today = state_by(wished), timezone.localdate()
    if not state:
        yield _("Nobody knows a state: set the middle of the map, or choose one. Until then no holidays count.")
        return
    ahead = {**public_holidays(state, today.year), **public_holidays(state, today.year + 1)}
    coming = min((day for day in ahead if day >= today), default=None)
    if coming is not None:
        yield _("Then it is %(state)s. The next public holiday is %(name)s, %(day)s.") % {
            "state": STATES[state],
            "name": ahead[coming],
            "day": date_format(coming, "j. F Y"),
        }
    number = Schedule.objects.exclude(off=[]).values("offer").distinct().count()
    sentence = ngettext("%(number)d offer pauses on holidays; its dates are worked out anew.",
                        "%(number)d offers pause on holidays; their dates are worked out anew.", number)  # fmt: skip
    yield sentence % {"number": number}


register("approval", approval_means)
register("approval", waiting_stays)
register("trusted", approval_means)
register("trusted", trusted_now)
register("no_address", without_address)
register("stale", stale_means)
register("ends_soon", ends_soon_means)
register("gone", gone_means)
register("state", holidays_mean)
