"""Addresses of an organisation that mail comes back from, for those who can do something about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from mail.models import Unreachable
from portal.authoring.profile.steps import home
from portal.providers.models import Membership, Provider


@dataclass(frozen=True, slots=True)
class Unreached:
    """What to say of one address, and the page to change it."""

    title: str
    sentence: str
    label: str
    url: str


def unreached(person: User, providers: Sequence[Provider]) -> list[Unreached]:
    """Somebody's own address, that of a profile, those of others whom this person is responsible for.

    One statement where all is well. Others are named, not their addresses.
    """
    led = Membership.objects.filter(user=person, role=Membership.Role.ADMINISTRATOR, provider__in=providers).values(
        "provider"
    )
    members = Membership.objects.filter(provider__in=led, user__is_active=True).values("user__email")
    profiles = [each.email.lower() for each in providers if each.email]
    gone = set(
        Unreachable.objects.filter(
            Q(address=person.email) | Q(address__in=profiles) | Q(address__in=members)
        ).values_list("address", flat=True)
    )
    return _said(person, providers, gone) if gone else []


def _said(person: User, providers: Sequence[Provider], gone: set[str]) -> list[Unreached]:
    found = []
    if person.email in gone:
        found.append(
            Unreached(
                _("Mails to your address come back"),
                _("We write to %(address)s, and there is no such mailbox. Reminders do not reach you.")
                % {"address": person.email},
                _("Change my address"),
                reverse("account_email"),
            )
        )
    found += [
        Unreached(
            _("Mails to %(name)s come back") % {"name": each.name},
            _("There is no mailbox of the address in the profile, so messages of residents do not arrive."),
            _("Change the profile"),
            home(each.pk),
        )
        for each in providers
        if each.email.lower() in gone
    ]
    others = (
        Membership.objects.filter(provider__in=providers, user__is_active=True)
        .exclude(user=person)
        .annotate(address=Lower(F("user__email")))
        .filter(address__in=gone)
        .select_related("user", "provider")
        .order_by("pk")
    )
    return found + [
        Unreached(
            _("Mails to %(person)s come back") % {"person": each.user},
            _("Whoever writes for %(name)s should be reachable. Please ask for an address that works.")
            % {"name": each.provider.name},
            _("See the people"),
            reverse("organisations:people", args=[each.provider_id]),
        )
        for each in others
    ]
