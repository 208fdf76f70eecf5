"""Who is asked to work for the town hall. What somebody holds stands in `accounts.User.roles`."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.administering import TOWN_ROLES
from accounts.models import ROLE_NAMES
from core import fields
from portal.organisations.models import ByLink


class RoleInvitationQuerySet(models.QuerySet["RoleInvitation"]):
    """Which invitations."""

    def open(self, now: datetime) -> "RoleInvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(state=RoleInvitation.State.OPEN, expires_at__gt=now)


class RoleInvitation(ByLink):
    """Somebody is asked to work here in a role."""

    role = fields.CharField(_("role"), max_length=10, choices=[(each.value, ROLE_NAMES[each]) for each in TOWN_ROLES])

    objects: ClassVar[RoleInvitationQuerySet] = RoleInvitationQuerySet.as_manager()  # type: ignore[assignment]  # made at run time

    class Meta:
        verbose_name = _("invitation for a role")
        verbose_name_plural = _("invitations for roles")
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("email",), condition=Q(state="open"), name="role_invitation_open_once"),
            models.CheckConstraint(
                name="role_invitation_state_known", condition=Q(state__in=["open", "accepted", "withdrawn"])
            ),
            models.CheckConstraint(
                name="role_invitation_role_known", condition=Q(role__in=[each.value for each in TOWN_ROLES])
            ),
        )

    def __str__(self) -> str:
        return self.email
