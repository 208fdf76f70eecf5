"""What the municipality's rules on reminders mean, in its own numbers."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.offers.ledger import ledger, number_among, numbers_of
from portal.offers.models import Offer
from portal.preferences.effects import register
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.upkeep.asking import Course, to_hide, to_note
from portal.upkeep.people import unreachable


def reminding_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many organisations have something to be asked of, and how many of them nobody reaches. One statement, and
    the ledger."""
    known, now = ledger("offers"), timezone.now()
    stale = known.current(now) & known.stale(timezone.localdate(now), wished.stale_after_months)
    # Of each organisation once, not of each of its offers.
    organisations = known.providers_of(stale)
    alone = number_among(organisations, numbers_of(Provider.objects.filter(unreachable())))
    found = {"all": len(organisations), "alone": alone}
    yield _("At present %(all)d providers have offers that nobody has checked for long; %(alone)d of them have no "
            "address, and wait among your tasks.") % found  # fmt: skip
    if not wished.remind_providers:
        yield _("Without reminders nothing is noted or hidden either, unless you remind providers yourselves.")


def noting_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many pages would say it today. One statement."""
    if not wished.note_after_days:
        yield _("Then no page says it, and notes that are there go.")
        return
    course = replace(Course.of(wished), months=kept.stale_after_months)
    # What is noted is not due; each half has its index.
    due = to_note(now=timezone.now(), course=course).values("pk")
    number = due.union(Offer.objects.filter(noted_at__isnull=False).order_by().values("pk"), all=True).count()
    sentence = ngettext("Today this would be %(number)d offer.", "Today these would be %(number)d offers.", number)
    yield sentence % {"number": number}


def hiding_means(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many offers nobody would find today. One statement."""
    if not wished.hide_after_days:
        number = Offer.objects.filter(hidden_at__isnull=False).count()
        sentence = ngettext("Then %(number)d hidden offer is there again.", "Then %(number)d hidden offers are there "
                            "again.", number)  # fmt: skip
        yield sentence % {"number": number}
        return
    # What is hidden is not due.
    due = to_hide(now=timezone.now(), course=Course.of(wished)).values("pk")
    number = due.union(Offer.objects.filter(hidden_at__isnull=False).order_by().values("pk"), all=True).count()
    sentence = ngettext("Today this would be %(number)d offer.", "Today these would be %(number)d offers.", number)
    yield sentence % {"number": number}


register("remind", reminding_means)
register("note", noting_means)
register("hide", hiding_means)
