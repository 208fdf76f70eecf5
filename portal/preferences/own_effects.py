"""The effects this room can tell by itself: how names read in a sentence, and whom a second factor would stop."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.access import Role
from mail.answering import Sender, sender_line
from portal.preferences.effects import register
from portal.preferences.models import Preferences, SecondFactorRule

_SIDES = {
    SecondFactorRule.NOBODY: frozenset(),
    SecondFactorRule.EDITORS: frozenset({Role.EDITOR, Role.ADMIN}),
    SecondFactorRule.TOWN_HALL: frozenset({Role.EDITOR, Role.ADMIN, Role.PLANNER}),
}


def offers_read(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """The sentences residents meet most."""
    yield _("So it reads: “1 %(one)s found” · “12 %(several)s found” · “All %(several)s” · “Find %(several)s”") % {
        "one": wished.offer_name,
        "several": wished.offers_name,
    }


def sender_read(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How it stands in a mailbox."""
    yield _("So it stands in the mailbox: %(sender)s") % {
        "sender": sender_line(Sender(wished.mail_sender_name, wished.mail_from)).replace('"', "")
    }


def providers_read(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """The same for providers."""
    yield _("So it reads: “1 %(one)s found” · “12 %(several)s found” · “%(several)s in your area”") % {
        "one": wished.provider_name,
        "several": wished.providers_name,
    }


def districts_read(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """The same for districts."""
    yield _("So it reads: “%(one)s” · “Choose %(several)s” · “Takes place in: %(whole)s”") % {
        "one": wished.district_name,
        "several": wished.districts_name,
        "whole": wished.whole_area_name,
    }


def without_factor(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """How many people would have to set one up at their next click."""
    rule = SecondFactorRule(wished.second_factor)
    people = User.objects.filter(is_active=True)
    if rule in _SIDES:
        people = people.filter(roles__overlap=[role.value for role in _SIDES[rule]])
    number = (
        people.exclude(Exists(Authenticator.objects.filter(user=OuterRef("pk")))).count()
        if rule != SecondFactorRule.NOBODY
        else 0
    )
    sentence = ngettext("%(number)d person has none yet and would set it up at the next click.",
                        "%(number)d people have none yet and would set it up at the next click.", number)  # fmt: skip
    yield sentence % {"number": number} if number else _("Nobody would have to set one up.")


register("mail_sender", sender_read)
register("offers", offers_read)
register("providers", providers_read)
register("districts", districts_read)
register("second_factor", without_factor)
