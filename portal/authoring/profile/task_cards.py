"""The card and the tab of each of a person's organisations: its profile, and what is to be done there."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Role
from core.task_cards import TaskCard, register_maker
from portal.authoring import doors
from portal.providers.condition import Condition, condition_of, is_sparse, with_condition
from portal.providers.models import Membership, Provider
from portal.providers.states import State

ORGANISATIONS = "/konto/anbieter/"
_PROVIDERS = frozenset({Role.PROVIDER})


def profile_cards_of(person: User) -> Iterable[TaskCard]:
    """One for each organisation; for those who lead it, it says what is missing. One query."""
    mine = Membership.objects.filter(user=person, provider=OuterRef("pk"))
    own = list(with_condition(Provider.objects.kept_by(person)).annotate(role=Subquery(mine.values("role")[:1])))
    return [_card(provider, several=len(own) > 1) for provider in own if provider.state != State.TRASHED]


def _card(provider: Any, *, several: bool) -> TaskCard:
    leads = provider.role == Membership.Role.ADMINISTRATOR
    to_do = _to_do(provider) if leads else ""
    return TaskCard(
        doors.OWN.home(provider.pk),
        _("Profile: %(name)s") % {"name": provider} if several else _("Profile"),
        to_do or _sentence(provider),
        "building",
        _PROVIDERS,
        order=15,
        number=1 if to_do else None,
        landing=True,
        under=ORGANISATIONS if several else "",
    )


def _to_do(provider: Any) -> str:
    """What somebody who leads the organisation should do; empty where there is nothing."""
    found = condition_of(provider)
    if found == Condition.RETURNED:
        return _("The editorial team asks for something. Please look at your profile again.")
    if found == Condition.DRAFT:
        return _("Nobody finds your organisation yet. Complete the profile and hand it in.")
    if is_sparse(provider) and found in {Condition.PUBLIC, Condition.PAUSED, Condition.IN_REVIEW}:
        return _("Something important is missing: what you do, or how one reaches you.")
    return ""


def _sentence(provider: Any) -> str:
    if condition_of(provider) in {Condition.IN_REVIEW, Condition.CHANGE_IN_REVIEW}:
        return _("What you handed in is being checked by the editorial team.")
    return _("Name, contact, opening hours and pictures of your organisation.")


register_maker(_PROVIDERS, profile_cards_of)
