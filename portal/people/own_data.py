"""What this room keeps about a person: who acted as them and as whom they acted, and invitations for a role."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ActingSession, User
from audit.reading import deeds_of
from core.own_data import Part, Row, register, reword
from portal.people.log import BOOK
from portal.people.models import RoleInvitation


def gather(user: User) -> list[Row]:
    """Both sides of helping; and what the address was invited to."""
    helped = ActingSession.objects.filter(Q(person=user) | Q(helper=user)).select_related("person").order_by("pk")
    invited = RoleInvitation.objects.filter(email=user.email.lower()).order_by("pk")
    return [
        *(
            {
                _("Acted"): each.helper_name,
                _("As"): str(each.person),
                _("Reason"): each.reason,
                _("From"): each.started_at,
                _("Until"): each.over_at,
            }
            for each in helped
        ),
        *(
            {
                _("Invited as"): str(each.get_role_display()),
                _("On"): each.created_at,
                _("State"): str(each.get_state_display()),
            }
            for each in invited
        ),
    ]


def leaving(user: User) -> list[Any]:
    """Whom somebody helped may know who it was."""
    if ActingSession.objects.filter(helper=user).exists():
        return [_("Those as whom you signed in to help go on seeing your name there.")]
    return []


def released(user: User) -> None:
    """Invitations name the address; who helped whom goes with the account of whoever was helped."""
    RoleInvitation.objects.filter(email=user.email.lower()).delete()


register(
    Part("zugriffe", gettext_lazy("Signing in as somebody else"), gather, order=28, leaving=leaving, released=released)
)
reword("protokoll", lambda user: deeds_of(user, BOOK), in_municipality=True)
