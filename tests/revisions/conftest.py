"""A provider with its people, and the editors, in Ahausen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from accounts.models import User
from core.access import Role
from portal.offers import editing
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership, Provider
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer


@dataclass
class Cast:
    """Everybody who touches an offer."""

    club: Provider
    other_club: Provider
    administrator: User
    member: User
    stranger: User
    editor: User
    sport: Category

    def rule(self, rule: ApprovalRule) -> None:
        Preferences.objects.update(approval=rule)

    def public(self, **fields: Any) -> Offer:
        given = {"title": "Töpfern", "summary": "Für alle.", "provider": self.club, "categories": [self.sport]}
        return an_offer(**{**given, **fields})

    def draft(self, **content: Any) -> Offer:
        """A draft of the member's, ready to be submitted."""
        offer = editing.start(self.club, by=self.member)
        given = {"title": "Neu", "summary": "Ganz neu.", "categories": [self.sport.pk]}
        editing.autosave(offer, {**given, **content}, by=self.member, base=editing.begin(offer, by=self.member).base)
        offer.refresh_from_db()
        return offer


def change(offer: Offer, by: User, **content: Any) -> Any:
    """Somebody opens the form, changes something and saves."""
    return editing.autosave(offer, content, by=by, base=editing.begin(offer, by=by).base)


@pytest.fixture
def cast(ahausen: Any, person: Callable[..., User]) -> Iterator[Cast]:
    people = {name: person(ahausen, email=f"{name}@verein.example") for name in ("administrator", "member", "stranger")}
    editor = person(ahausen, Role.EDITOR)
    with inside(ahausen):
        Preferences.load()
        club, other = a_provider(name="Turnverein"), a_provider(name="Anderer Verein")
        role = Membership.Role
        Membership.objects.create(provider=club, user=people["administrator"], role=role.ADMINISTRATOR)
        Membership.objects.create(provider=club, user=people["member"], role=role.MEMBER)
        Membership.objects.create(provider=other, user=people["stranger"], role=role.ADMINISTRATOR)
        sport = Category.objects.create(name="Sport")
        yield Cast(club, other, editor=editor, sport=sport, **people)
