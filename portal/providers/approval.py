"""Who may do what with profiles and offers, and what needs approval: the one place that decides it.

From the municipality's rule (`Preferences.approval_rule`), the provider (trusted, its members) and the person.
Services, views, forms and templates ask here. Which rows a person may touch is asked of the querysets (`editable_by`,
`decidable_by`, `visible_to`), which follow the same rules.
"""

from enum import StrEnum
from typing import Any

from django.db.models import Model

from core.access import is_editor
from core.programs import Program
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership, Provider
from portal.revisions.models import Desk, Revision


class Subject(StrEnum):
    """What somebody edits."""

    PROFILE = "profile"
    OFFER = "offer"


def acts_for_the_editors(by: Any) -> bool:
    """Editors, and what commands do in the operator's name (`by` is then neither an account nor a program)."""
    return is_editor(by) or not isinstance(by, Model | Program)


def account(by: Any) -> Any:
    """The account that acts, or None for a command and for a program."""
    return by if isinstance(by, Model) else None


def role_in(provider: Provider, by: Any) -> str:
    """The person's role in the organisation (`Membership.Role`), or "" for strangers and inactive accounts. A program
    acts as whoever is responsible there, and may edit offers only."""
    if isinstance(by, Program):
        return Membership.Role.ADMINISTRATOR if by.acts_for(provider.pk) else ""
    if not isinstance(by, Model) or not getattr(by, "is_active", False):
        return ""
    found = Membership.objects.filter(provider=provider, user_id=by.pk).values_list("role", flat=True).first()
    return found or ""


def may_edit(by: Any, provider: Provider, what: Subject) -> bool:
    """Offers: everybody of the organisation. The profile: its administrators. And the editors."""
    if acts_for_the_editors(by):
        return True
    if isinstance(by, Program) and what != Subject.OFFER:
        return False
    role = role_in(provider, by)
    return role == Membership.Role.ADMINISTRATOR or (what == Subject.OFFER and role == Membership.Role.MEMBER)


def may_submit(by: Any, provider: Provider, what: Subject) -> bool:
    """Whoever may edit may hand in; where it goes then is `desk_for`'s to say."""
    return may_edit(by, provider, what)


def may_decide(by: Any, provider: Provider, revision: Revision) -> bool:
    """The editors on everything; a provider's administrators on what their members handed in to them."""
    if acts_for_the_editors(by):
        return True
    if isinstance(by, Program):
        return False
    return revision.waits_for == Desk.PROVIDER and role_in(provider, by) == Membership.Role.ADMINISTRATOR


def desk_for(provider: Provider, *, by: Any, what: Subject, first: bool, blocked: bool = False) -> Desk:
    """Who must say yes to what this person wrote; NOBODY: it is public at once.

    `first`: it was never public. `blocked`: the editors took it down, so they look at it again whatever the rules say.
    """
    if acts_for_the_editors(by):
        return Desk.NOBODY
    if _hands_in(provider, by):
        return Desk.PROVIDER
    return Desk.EDITORS if _asks_editors(provider, what, first=first, blocked=blocked) else Desk.NOBODY


def needs_approval(provider: Provider, *, by: Any, what: Subject, first: bool, blocked: bool = False) -> bool:
    """Whether the editors must say yes before it is public, whoever else must."""
    return not acts_for_the_editors(by) and _asks_editors(provider, what, first=first, blocked=blocked)


def _hands_in(provider: Provider, by: Any) -> bool:
    """Members who may only draft, as long as there is an administrator to hand in to."""
    if provider.members_may_publish or role_in(provider, by) != Membership.Role.MEMBER:
        return False
    return Membership.objects.filter(
        provider=provider, role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).exists()


def _asks_editors(provider: Provider, what: Subject, *, first: bool, blocked: bool) -> bool:
    if blocked:
        return True
    preferences = Preferences.current()
    if provider.trusted and preferences.trusted_exempt:
        return False
    rule = preferences.approval_rule
    if rule == ApprovalRule.CHANGES:
        return True
    if what == Subject.PROFILE:
        return first
    return first and rule == ApprovalRule.OFFERS
