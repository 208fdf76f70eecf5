"""What this room keeps about a person: what they registered, asked and were invited to."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.organisations.models import Invitation, JoinRequest, Registration


def gather(user: User) -> list[Row]:
    """Everything, in the order in which it happened; invitations by the person's address."""
    registered = Registration.objects.filter(user=user).select_related("provider")
    asked = JoinRequest.objects.filter(user=user).select_related("provider").order_by("pk")
    invited = Invitation.objects.to(user).select_related("provider").order_by("pk")
    return [
        *({_("Registered"): str(each), _("On"): each.created_at} for each in registered),
        *(_asked(each) for each in asked),
        *(
            {_("Invited to"): str(each.provider), _("On"): each.created_at, _("State"): _state(each)}
            for each in invited
        ),
    ]


def _asked(request: JoinRequest) -> Row:
    said: Row = {_("Asked to join"): str(request.provider), _("On"): request.created_at}
    said[_("State")] = _state(request)
    return {**said, _("Reason"): request.reason} if request.reason else said


def _state(row: Any) -> str:
    return str(row.get_state_display())


def released(user: User) -> None:
    """Invitations name the address; everything else goes with the account by itself."""
    Invitation.objects.to(user).delete()


register(Part("beitritte", gettext_lazy("Registration and requests to join"), gather, order=25, released=released))
